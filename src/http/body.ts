import { paramsInJson } from '../operation/read-params.ts';
import { type Refusal, refuse } from '../operation/refusal.ts';

/** Maximum length of a request's body: ten times the longest document. */
export const maxBodyBytes = 1_000_000;

/** The media type of a body, in lower case: its case has no meaning (RFC 9110, 8.3.1). Some clients send a list; the first counts. */
export const bodyType = (headers: Headers): string | undefined =>
  headers.get('content-type')?.split(/[;,]/)[0]?.trim().toLowerCase();

/** Reads the GraphQL-over-HTTP parameters from a request's URL or body. Nothing reads the body before this. */
export async function paramsIn(request: Request): Promise<unknown> {
  if (request.method === 'GET') return paramsInUrl(request.url);
  const text = await textIn(request);
  return bodyType(request.headers) === 'application/graphql' ? { query: text } : paramsInJson(text);
}

/** Reads the parameters from the query string. Throws a Refusal. */
export function paramsInUrl(url: string): unknown {
  const params = new URLSearchParams(url.split('?').slice(1).join('?'));
  const json = (name: string) => {
    const text = params.get(name);
    try {
      return text ? JSON.parse(text) : undefined;
    } catch {
      throw refuse('BAD_REQUEST', `The parameter "${name}" in the URL is not JSON.`);
    }
  };
  return {
    query: params.get('query') || undefined,
    documentId: params.get('documentId') || undefined,
    operationName: params.get('operationName') || undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

async function textIn({ body, headers }: Request): Promise<string> {
  const length = headers.get('content-length');
  if (length !== null && !/^\d+$/.test(length)) {
    throw refuse('BAD_REQUEST', 'Content-Length header is invalid.');
  }
  if (Number(length) > maxBodyBytes) throw tooLarge();
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    chunks.push(chunk.value);
    bytes += chunk.value.byteLength;
    if (bytes > maxBodyBytes) throw tooLarge();
  }
  return Buffer.concat(chunks).toString('utf8');
}

export const tooLarge = (): Refusal => refuse('REQUEST_ENTITY_TOO_LARGE', 'Request body too large');

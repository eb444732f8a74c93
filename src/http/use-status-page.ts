import type { Plugin } from 'graphql-yoga';
import type { Authenticator } from '../auth/authenticator.ts';
import type { Caller } from '../auth/caller.ts';
import { scopesMissing } from '../auth/scope-check.ts';
import type { Log } from '../log.ts';
import { authenticationRefusal } from '../operation/authenticate.ts';
import type { Operation } from '../operation/operation.ts';
import type { Refusal } from '../operation/refusal.ts';
import { statusPage, statusPolicy } from '../status/status-page.ts';
import type { ReadStatus } from '../status/status-report.ts';
import type { YogaRequest } from './use-pipeline.ts';

export interface StatusPageOptions {
  readonly readStatus: ReadStatus;
  readonly authenticate: Authenticator;
  readonly log: Log;
}

/** Makes a browser show a login dialog. Chromium does not show it if the header has another scheme too. */
const basicChallenge = 'Basic realm="halo-graph status: an API key as the password", charset="UTF-8"';

/**
 * Answers `GET /status` to callers with the scope `operator`: a page for browsers, JSON for other clients. A browser sends
 * the API key or token as the password of HTTP Basic.
 */
export function useStatusPage({
  readStatus,
  authenticate,
  log,
}: StatusPageOptions): Plugin<object, YogaRequest> {
  /** The caller, or why the request is refused. */
  async function identify(headers: Headers, operation: Operation): Promise<Caller | Refused> {
    try {
      const authorization = bearerOf(headers.get('authorization'));
      const get = (name: string) => (name === 'authorization' ? authorization : headers.get(name));
      return await authenticate({ headers: { get } });
    } catch (error) {
      const refusal = authenticationRefusal(error, operation, log);
      if (!refusal) throw error;
      const { status, headers } = refusalHttp(refusal);
      return { status, headers, message: refusal.errors[0]?.message ?? '' };
    }
  }

  return {
    async onRequest({ request, url, fetchAPI, endResponse, serverContext: { operation } }) {
      if (url.pathname !== '/status' || (request.method !== 'GET' && request.method !== 'HEAD')) return;
      const respond = (
        status: number,
        mediaType: string,
        text: string,
        headers: Record<string, string> = {},
      ) =>
        endResponse(
          new fetchAPI.Response(request.method === 'HEAD' ? null : text, {
            status,
            headers: { 'content-type': `${mediaType}; charset=utf-8`, ...headers },
          }),
        );
      const wantsPage = request.headers.get('accept')?.includes('text/html');
      const caller = await identify(request.headers, operation);
      if ('status' in caller) {
        const { status, headers, message } = caller;
        const challenge = wantsPage && status === 401 && { 'www-authenticate': basicChallenge };
        return respond(status, 'text/plain', `${message}\n`, { ...headers, ...challenge });
      }
      if (!caller.scopes.includes('operator')) {
        return respond(403, 'text/plain', `${scopesMissing(caller, ['operator']).message}\n`);
      }
      const report = readStatus(caller);
      if (wantsPage)
        respond(200, 'text/html', statusPage(report), { 'content-security-policy': statusPolicy });
      else respond(200, 'application/json', `${JSON.stringify(report, null, 1)}\n`);
    },
  };
}

interface Refused {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly message: string;
}

function refusalHttp({ errors }: Refusal): Pick<Refused, 'status' | 'headers'> {
  const http = errors[0]?.extensions.http as Partial<Refused> | undefined;
  return { status: http?.status ?? 401, headers: http?.headers ?? {} };
}

/** The password of HTTP Basic as a Bearer credential. Any other header as it is. */
function bearerOf(authorization: string | null): string | null {
  const [, encoded] = /^basic +([\w+/]+=*)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return authorization;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return `Bearer ${text.slice(text.indexOf(':') + 1)}`;
}

import { asText } from '../../../lib/as-text.ts';
import { asAbortSignal } from '../../../lib/stop.ts';
import type { Exchange } from './exchange.ts';
import { readBody } from './read-body.ts';
import type { UpstreamRead } from './upstream-call.ts';

export interface ParsedBody {
  readonly json: unknown;
  /** Empty when the call parsed the body while it arrived. */
  readonly text: Buffer;
  readonly fault?: string;
}

type Parse = NonNullable<UpstreamRead<unknown>['parse']>;

export const noText: Buffer = Buffer.alloc(0);

/** Sends a request whose body is parsed while it arrives. Throws like `exchange`. */
export async function parseStream(parse: Parse, sending: Exchange): Promise<ParsedBody> {
  const { dispatcher, request, signal, maxBytes, connected, begun } = sending;
  connected();
  const { statusCode, headers, body } = await dispatcher.request({
    ...request,
    signal: asAbortSignal(signal),
  });
  begun(statusCode, headers);
  if (statusCode === 200) return { json: await parse(body), text: noText };
  return parseBody(await readBody(body, maxBytes), statusCode);
}

/** The error of JSON.parse is dropped, because its message quotes the text. */
export function parseBody(body: Buffer, status: number, decode = parseText): ParsedBody {
  try {
    return { json: decode(body), text: body };
  } catch {
    if (asText(body) !== '') return { json: undefined, text: body, fault: 'not JSON' };
    return status === 204 ? { json: undefined, text: body } : { json: undefined, text: body, fault: 'empty' };
  }
}

const parseText = (body: Buffer): unknown => JSON.parse(asText(body));

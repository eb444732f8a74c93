/** The format of a stream of results of one operation. */
export interface StreamFormat {
  readonly contentType: string;
  /** Written at once, so that proxies and clients see the response begin. `retryMs`: delay before the client reconnects. */
  begin(retryMs: number): string;
  /** @param fatal whether the operation ends with this result, which has errors and no data */
  result(json: string, fatal: boolean): string;
  /** Written after some seconds without other output. */
  readonly heartbeat: string;
  readonly end: string;
}

/** Server-sent events of the GraphQL over SSE protocol, one operation on one connection. */
export const eventStream: StreamFormat = {
  contentType: 'text/event-stream; charset=utf-8',
  begin: (retryMs) => `retry: ${retryMs}\n\n`,
  result: (json) => `event: next\ndata: ${json}\n\n`,
  heartbeat: ':\n\n',
  // EventSource ignores events without data.
  end: 'event: complete\ndata:\n\n',
};

const boundary = 'graphql';

/**
 * Apollo's protocol for subscriptions in multipart/mixed. The delimiter follows each part at once, because clients process a
 * part only after the next delimiter.
 */
export const multipart: StreamFormat = {
  contentType: `multipart/mixed;boundary="${boundary}";subscriptionSpec=1.0`,
  begin: () => `\r\n--${boundary}`,
  result: (json, fatal) => part(fatal ? `{"payload":null,${json.slice(1)}` : `{"payload":${json}}`),
  heartbeat: part('{}'),
  end: '--\r\n',
};

function part(json: string): string {
  return `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${json}\r\n--${boundary}`;
}

/**
 * The first stream format in an Accept header, and whether it is the first of all its media types. Undefined: the client
 * accepts no stream.
 */
export function acceptedStream(
  accept: string | null,
): { readonly format: StreamFormat; readonly first: boolean } | undefined {
  if (accept === null || accept === '*/*' || accept === 'application/json') return undefined;
  // A parameter's value may be quoted, but no known client quotes a comma.
  const types = accept.replace(/[\s"]/g, '').toLowerCase().split(',');
  for (const [place, each] of types.entries()) {
    const [type, ...parameters] = each.split(';');
    if (type === 'text/event-stream') return { format: eventStream, first: place === 0 };
    if (type === 'multipart/mixed' && parameters.includes('subscriptionspec=1.0'))
      return { format: multipart, first: place === 0 };
  }
  return undefined;
}

/** How the results of one operation are written as they come. */
export interface StreamFormat {
  readonly contentType: string;
  /** Written at once, so that proxies and clients see the response begin. `retryMs`: when to connect again after a break. */
  begin(retryMs: number): string;
  /** @param fatal whether the operation ends with this result, which has errors and no data */
  result(json: string, fatal: boolean): string;
  /** Written when nothing else was for some seconds. */
  readonly heartbeat: string;
  readonly end: string;
}

/** Server-sent events as the GraphQL over SSE protocol has them, one operation on one connection. */
export const eventStream: StreamFormat = {
  contentType: 'text/event-stream; charset=utf-8',
  begin: (retryMs) => `retry: ${retryMs}\n\n`,
  result: (json) => `event: next\ndata: ${json}\n\n`,
  heartbeat: ':\n\n',
  // An EventSource passes no event on that has no data.
  end: 'event: complete\ndata:\n\n',
};

const boundary = 'graphql';

/**
 * Apollo's protocol for subscriptions in multipart/mixed. The delimiter follows each part at once, since clients read a part
 * only when they have seen the next delimiter.
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
 * The first format that an Accept header names, and whether it is the first of all media types in it. Undefined: the
 * client takes no stream.
 */
export function acceptedStream(
  accept: string | null,
): { readonly format: StreamFormat; readonly first: boolean } | undefined {
  // Quotation marks may surround a parameter's value, but hold no comma in any client's header.
  const types = (accept ?? '').replace(/[\s"]/g, '').toLowerCase().split(',');
  for (const [place, each] of types.entries()) {
    const [type, ...parameters] = each.split(';');
    if (type === 'text/event-stream') return { format: eventStream, first: place === 0 };
    if (type === 'multipart/mixed' && parameters.includes('subscriptionspec=1.0'))
      return { format: multipart, first: place === 0 };
  }
  return undefined;
}

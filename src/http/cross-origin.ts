import type { RequestHeaders } from '../lib/request-headers.ts';

/** The headers that let a page of an allowed origin read the response. Null: the origin is not allowed. */
export type CrossOrigin = (headers: RequestHeaders) => Readonly<Record<string, string>> | null;

export const noHeaders: Readonly<Record<string, string>> = {};

export function crossOrigin(allowedOrigins: readonly string[], exposed: readonly string[]): CrossOrigin {
  const allowed = new Set(allowedOrigins);
  return (headers) => {
    const origin = headers.get('origin');
    if (origin !== null && allowed.has(origin)) {
      return {
        'access-control-allow-origin': origin,
        'access-control-expose-headers': exposed.join(', '),
        vary: 'Origin',
      };
    }
    const site = headers.get('sec-fetch-site');
    // A page of this server, such as GraphiQL, names its origin too. No page can set this header.
    if (site === 'same-origin') return noHeaders;
    const foreign = site === 'cross-site' || (origin !== null && allowed.size > 0);
    return foreign ? null : noHeaders;
  };
}

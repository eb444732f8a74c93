import type { IncomingMessage, RequestListener } from 'node:http';
import { refusalStatus } from '../error-codes.ts';
import { refusalText } from './refusal-text.ts';

const badTarget = refusalText(
  'BAD_REQUEST',
  'The target and the Host header of the request do not form a valid URL.',
);

/**
 * Passes requests to `next` if their target and Host header form a URL, and answers the others 400. It reduces a target in
 * absolute form (`POST http://host/graphql HTTP/1.1`, as to a proxy) to its path: RFC 9112, 3.2.2.
 */
export function withSaneTarget(next: RequestListener): RequestListener {
  let saneHost: string | undefined;
  return (request, response) => {
    request.url = pathOf(request.url ?? '/');
    const { host } = request.headers;
    // Fast path: nearly all requests have the same host and a plain path.
    if (host !== undefined && host === saneHost && plainPath.test(request.url))
      return next(request, response);
    if (isSane(request)) {
      saneHost = host;
      return next(request, response);
    }
    response
      .writeHead(refusalStatus.BAD_REQUEST, {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        connection: 'close',
      })
      .end(badTarget);
  };
}

/** This path forms a valid URL with every valid host. */
const plainPath = /^\/[\w/-]*$/;

function pathOf(target: string): string {
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return target;
  const { pathname, search } = new URL(target);
  return pathname + search;
}

const isSane = ({ url = '', headers: { host = 'localhost' } }: IncomingMessage): boolean =>
  url.startsWith('/') && /^[^\s/?#@\\]*$/.test(host) && URL.canParse(`http://${host || 'localhost'}${url}`);

import { Stop } from '../lib/stop.ts';
import type { FastPath, PassedOn } from '../operation/fast-path.ts';

export type Fetch = (url: string | URL, init?: RequestInit) => Response | Promise<Response>;

/** The fast path in front of `next`, for requests whose body is a text of at most so many bytes. */
export function fastFetch(
  fastPath: FastPath,
  next: (url: string | URL, init: RequestInit, passedOn: PassedOn) => Response | Promise<Response>,
  { mostBodyBytes, Answer }: { readonly mostBodyBytes: number; readonly Answer: typeof Response },
): Fetch {
  return async (url, init = {}) => {
    const { body, signal } = init;
    if (typeof body !== 'string' || Buffer.byteLength(body) > mostBodyBytes) return next(url, init, {});
    const { pathname, search } = new URL(url);
    const outcome = await fastPath({
      method: init.method ?? 'GET',
      target: pathname + search,
      headers: new Headers(init.headers),
      signal: signal ?? new Stop(),
      text: async () => body,
    });
    if (!('headers' in outcome)) return next(url, init, outcome);
    const { status, headers } = outcome;
    outcome.tell();
    return new Answer(Buffer.concat(outcome.body.map(bytesOf)), { status, headers });
  };
}

const bytesOf = (piece: string | Buffer): Buffer => (typeof piece === 'string' ? Buffer.from(piece) : piece);

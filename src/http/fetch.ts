import { Stop } from '../lib/stop.ts';
import type { Operation } from '../operation/operation.ts';
import type { Pipeline } from '../operation/pipeline.ts';
import { paramsInJson } from '../operation/read-params.ts';
import type { AnswerPlain } from './answer-plain.ts';
import { maxBodyBytes } from './body.ts';

export type Fetch = (url: string | URL, init?: RequestInit) => Response | Promise<Response>;

export interface FetchOptions {
  readonly pipeline: Pipeline;
  readonly plain: AnswerPlain | undefined;
  readonly next: (url: string, init: RequestInit, operation: Operation) => Response | Promise<Response>;
  /** The class of responses that `next` makes. */
  readonly Response: typeof Response;
}

/** The listener in memory. What a request holds is released before its response is handed over, but a stream's when it ends. */
export function createFetch({ pipeline, plain, next, Response }: FetchOptions): Fetch {
  return async (url, init = {}) => {
    const { method = 'GET', body, signal } = init;
    const operation = pipeline.open({
      method,
      headers: new Headers(init.headers),
      signal: signal ?? new Stop(),
    });
    try {
      const { pathname, search } = new URL(url);
      const answered =
        typeof body === 'string' && Buffer.byteLength(body) <= maxBodyBytes
          ? plain?.(operation, pathname + search, async () => paramsInJson(body))
          : undefined;
      if (!answered) return await next(String(url), init, operation);
      const { status, headers, body: pieces } = await answered;
      return new Response(Buffer.concat(pieces.map(bytesOf)), { status, headers });
    } finally {
      if (!operation.streams) operation.release();
      pipeline.close(operation);
    }
  };
}

const bytesOf = (piece: string | Buffer): Buffer => (typeof piece === 'string' ? Buffer.from(piece) : piece);

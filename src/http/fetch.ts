import { Stop } from '../lib/stop.ts';
import type { Operation } from '../operation/operation.ts';
import type { Pipeline } from '../operation/pipeline.ts';
import { paramsInJson } from '../operation/read-params.ts';
import type { AnswerPlain } from './answer-plain.ts';
import { maxBodyBytes } from './body.ts';
import type { AnswerStream } from './streams/answer-stream.ts';
import { resultIn, retryMs, type StreamResponse } from './streams/stream-response.ts';

export type Fetch = (url: string | URL, init?: RequestInit) => Response | Promise<Response>;

export interface FetchOptions {
  readonly pipeline: Pipeline;
  readonly plain: AnswerPlain | undefined;
  readonly stream: AnswerStream;
  readonly next: (url: string, init: RequestInit, operation: Operation) => Response | Promise<Response>;
  /** The class of responses that `next` makes. */
  readonly Response: () => Promise<typeof Response>;
}

/** The listener in memory. A request's resources are released before its response is returned, a stream's when it ends. */
export function createFetch({ pipeline, plain, stream, next, Response: responseClass }: FetchOptions): Fetch {
  return async (url, init = {}) => {
    const { method = 'GET', body, signal } = init;
    const operation = pipeline.open({
      method,
      headers: new Headers(init.headers),
      signal: signal ?? new Stop(),
    });
    try {
      const { pathname, search } = new URL(url);
      const read =
        typeof body === 'string' && Buffer.byteLength(body) <= maxBodyBytes
          ? async () => paramsInJson(body)
          : undefined;
      const target = pathname + search;
      const answer = await (stream(operation, target, read) ?? (read && plain?.(operation, target, read)));
      if (answer === undefined) return await next(String(url), init, operation);
      const { status, headers } = answer;
      const Response = await responseClass();
      if ('results' in answer) return new Response(streamBody(answer, operation), { status, headers });
      return new Response(Buffer.concat(answer.body.map(bytesOf)), { status, headers });
    } finally {
      if (!operation.streams) operation.release();
      pipeline.close(operation);
    }
  };
}

/** Reads the next result only when the body is read. */
function streamBody({ format, results }: StreamResponse, operation: Operation): ReadableStream<Uint8Array> {
  const source = results[Symbol.asyncIterator]();
  operation.request.signal.addEventListener('abort', () => operation.release());
  return new ReadableStream(
    {
      start: (controller) => controller.enqueue(Buffer.from(format.begin(retryMs()))),
      async pull(controller) {
        const { done, value } = await source.next();
        controller.enqueue(Buffer.from(done ? format.end : resultIn(format, value)));
        if (done) controller.close();
      },
      cancel: () => operation.release(),
    },
    { highWaterMark: 0 },
  );
}

const bytesOf = (piece: string | Buffer): Buffer => (typeof piece === 'string' ? Buffer.from(piece) : piece);

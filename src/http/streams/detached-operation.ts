import type { ExecutionResult } from 'graphql';
import type { RequestHeaders } from '../../lib/request-headers.ts';
import { Stop } from '../../lib/stop.ts';
import type { Pipeline } from '../../operation/pipeline.ts';
import { isStream } from '../../operation/stream-results.ts';

/** An operation whose results go to a connection that other operations share. */
export interface RunningOperation {
  /** A result, or a stream of them, whose `return` ends it at once. */
  readonly result: Promise<ExecutionResult | AsyncIterable<ExecutionResult>>;
  /** Releases everything that it holds. */
  end(): void;
}

/** @param onEnd called once, when it has ended */
export function runDetached(
  pipeline: Pipeline,
  headers: RequestHeaders,
  params: unknown,
  onEnd: () => void,
): RunningOperation {
  const signal = new Stop();
  const operation = pipeline.open({ method: 'POST', headers, signal });
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    signal.abort(new DOMException('The caller has gone.', 'AbortError'));
    operation.release();
    pipeline.close(operation);
    onEnd();
  };

  /** A generator would wait for its next result before it returns. */
  function endable(results: AsyncIterable<ExecutionResult>): AsyncIterableIterator<ExecutionResult> {
    const source = results[Symbol.asyncIterator]();
    return {
      async next() {
        const next = await source.next();
        if (next.done) end();
        return next;
      },
      async return() {
        end();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  const result = pipeline.run(operation, { read: async () => params }).then((each) => {
    if (isStream(each)) return endable(each);
    end();
    return each;
  });
  return { result, end };
}

import type { ExecutionResult } from 'graphql';
import type { RequestHeaders } from '../../lib/request-headers.ts';
import { Stop } from '../../lib/stop.ts';
import type { Pipeline } from '../../operation/pipeline.ts';
import { isStream } from '../../operation/stream-results.ts';
import { only } from './stream-response.ts';

/** An operation whose results go to a connection that other operations share. */
export interface RunningOperation {
  /**
   * One result or many. The operation holds its place among those of its caller until the reader asks for one more, so that a
   * connection that is not read cannot collect results. `return` ends the operation at once, also before its first result.
   */
  readonly results: AsyncIterableIterator<ExecutionResult>;
  /** Releases everything that it holds. */
  end(): void;
}

const done = { done: true, value: undefined } as const;

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

  const source = pipeline
    .run(operation, { read: async () => params })
    .then((each) => (isStream(each) ? each : only(each))[Symbol.asyncIterator]());

  // A generator would wait for its next result before it returns.
  const results: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const next = await (await source).next();
      // What it was stopped with is for nobody.
      if (ended) return done;
      if (next.done) end();
      return next;
    },
    async return() {
      end();
      return done;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
  return { results, end };
}

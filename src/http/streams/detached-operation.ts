import type { ExecutionResult } from 'graphql';
import type { RequestHeaders } from '../../lib/request-headers.ts';
import { Stop } from '../../lib/stop.ts';
import type { Pipeline } from '../../operation/pipeline.ts';
import { isStream } from '../../operation/stream-results.ts';
import { only } from './stream-response.ts';

/** An operation whose results go to a connection that it shares with other operations. */
export interface RunningOperation {
  /**
   * One or more results. The operation counts against its caller's limit until the reader requests the next result, so
   * results cannot pile up on a connection that is not read. `return` ends the operation at once, also before its first result.
   */
  readonly results: AsyncIterableIterator<ExecutionResult>;
  /** Releases all its resources. */
  end(): void;
}

const done = { done: true, value: undefined } as const;

/** @param onEnd called once, when the operation has ended */
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
    signal.abort(new DOMException('The connection was closed.', 'AbortError'));
    operation.release();
    pipeline.close(operation);
    onEnd();
  };

  const source = pipeline
    .run(operation, { read: async () => params })
    .then((each) => (isStream(each) ? each : only(each))[Symbol.asyncIterator]());

  // This is not a generator, because `return` of a generator waits for the next result.
  const results: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const next = await (await source).next();
      // No one reads the last result of a stopped operation.
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

import type { ExecutionResult } from 'graphql';
import type { Operation } from './operation.ts';

export function isStream(
  result: ExecutionResult | AsyncIterable<ExecutionResult>,
): result is AsyncIterable<ExecutionResult> {
  return Symbol.asyncIterator in result;
}

/**
 * Each result, after `finish`. The source ends, and everything that the operation holds is released, when the stream ends
 * or its response does, also when nobody has read from it.
 */
export function streamResults(
  operation: Operation,
  results: AsyncIterable<ExecutionResult>,
  finish: (result: ExecutionResult) => Promise<ExecutionResult>,
): AsyncGenerator<ExecutionResult> {
  const source = results[Symbol.asyncIterator]();
  operation.streams = true;
  operation.hold(() => {
    operation.context?.close();
    // What it throws in its end nobody waits for.
    source.return?.().catch(() => {});
  });
  async function* finished() {
    try {
      for (let next = await source.next(); !next.done; next = await source.next())
        yield await finish(next.value);
    } finally {
      operation.release();
    }
  }
  return finished();
}

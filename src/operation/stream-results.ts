import type { ExecutionResult } from 'graphql';

export function isStream(
  result: ExecutionResult | AsyncIterable<unknown>,
): result is AsyncIterable<ExecutionResult> {
  return Symbol.asyncIterator in result;
}

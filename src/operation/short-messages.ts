import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Longer than any message that somebody wrote. */
const longestMessage = 2_000;

/** GraphQL quotes what was sent, in each of up to a hundred errors: no answer is many times as long as its question. */
export function useShortMessages(): Plugin {
  return {
    onResultProcess({ result }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return;
      shortenMessages(result);
    },
  };
}

export function shortenMessages({ errors = [] }: ExecutionResult): void {
  for (const error of errors) {
    if (error.message.length > longestMessage) error.message = `${error.message.slice(0, longestMessage)}…`;
  }
}

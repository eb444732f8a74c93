import type { ExecutionResult } from 'graphql';

/** Longer than any message that somebody wrote. */
const maxMessage = 2_000;

/** GraphQL quotes what was sent, in each of up to a hundred errors: no answer is many times as long as its question. */
export function shortenMessages({ errors = [] }: ExecutionResult): void {
  for (const error of errors) {
    if (error.message.length > maxMessage) error.message = `${error.message.slice(0, maxMessage)}…`;
  }
}

import type { ExecutionResult } from 'graphql';

/** Longer than any message of this project. */
const maxMessage = 2_000;

/** GraphQL quotes the request in up to a hundred errors. The limit keeps the response from being many times as long. */
export function shortenMessages({ errors = [] }: ExecutionResult): void {
  for (const error of errors) {
    if (error.message.length > maxMessage) error.message = `${error.message.slice(0, maxMessage)}…`;
  }
}

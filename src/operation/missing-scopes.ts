import type { GraphQLError } from 'graphql';
import { AccessDenied } from '../errors.ts';
import { originalOf } from './mask-error.ts';

/**
 * A field whose scope the caller lacks fails in each row of a list, always for the same reason. One error stands for all of
 * them: its path is that of the first, its `extensions.count` says how many there are.
 */
export class MissingScopes {
  readonly #first = new Map<string, GraphQLError>();

  /** Counts an error for which another one stands already. */
  hasAlready(error: GraphQLError): boolean {
    const first = isMissingScope(error) && this.#first.get(keyOf(error));
    if (!first) return false;
    first.extensions.count = Number(first.extensions.count) + 1;
    return true;
  }

  /** @param masked as the caller gets it */
  add(error: GraphQLError, masked: GraphQLError): void {
    if (!isMissingScope(error)) return;
    masked.extensions.count = 1;
    this.#first.set(keyOf(error), masked);
  }
}

function isMissingScope(error: GraphQLError): boolean {
  const original = originalOf(error);
  return original instanceof AccessDenied && original.reason === 'SCOPE_MISSING';
}

/** The field, wherever in its lists, and the scopes, which the message names. */
function keyOf({ path = [], message }: GraphQLError): string {
  return [message, ...path.filter((step) => typeof step === 'string')].join('\n');
}

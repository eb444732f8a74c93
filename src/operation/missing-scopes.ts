import type { GraphQLError } from 'graphql';
import { AccessDenied } from '../errors.ts';
import { originalOf } from './mask-error.ts';

/**
 * A field whose scope the caller lacks fails in each row of a list. One error represents all of them: it has the path of the
 * first one, and `extensions.count` is their number.
 */
export class MissingScopes {
  readonly #first = new Map<string, GraphQLError>();

  /** Counts an error that an earlier one already represents. */
  hasAlready(error: GraphQLError): boolean {
    const first = isMissingScope(error) && this.#first.get(keyOf(error));
    if (!first) return false;
    first.extensions.count = Number(first.extensions.count) + 1;
    return true;
  }

  /** @param masked the error for the caller */
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

/** The path without list indexes, and the message, which names the scopes. */
function keyOf({ path = [], message }: GraphQLError): string {
  return [message, ...path.filter((step) => typeof step === 'string')].join('\n');
}

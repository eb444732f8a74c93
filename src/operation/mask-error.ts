import { GraphQLError, Kind } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import { HaloError } from '../errors.ts';
import { errorExtensions } from './error-extensions.ts';

/** What the caller may read of an error: what the type of a HaloError holds, GraphQL's own errors, nothing else. */
export function maskError(error: unknown, caller?: Pick<Caller, 'practices'>): GraphQLError {
  const located = error instanceof GraphQLError ? error : undefined;
  const original = originalOf(error);
  const place = located && { nodes: located.nodes, path: located.path };
  if (original instanceof HaloError) {
    return new GraphQLError(original.message, {
      ...place,
      extensions: errorExtensions(original, caller),
    });
  }
  if (located && original === undefined) {
    located.extensions.code ??= codeOfGraphQL(located);
    return located;
  }
  return new GraphQLError('Unexpected error.', {
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', unexpected: true },
  });
}

/** The error that a resolver threw, however often GraphQL located it; undefined for an error of GraphQL's own. */
export function originalOf(error: unknown): unknown {
  if (!(error instanceof GraphQLError)) return error;
  return error.originalError === undefined || error.originalError === null
    ? undefined
    : originalOf(error.originalError);
}

/** GraphQL's own errors have no codes. One at a field is about its value, which is ours; any other about what was sent. */
const codeOfGraphQL = ({ nodes }: GraphQLError): string =>
  nodes?.[0]?.kind === Kind.FIELD ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT';

import { GraphQLError, Kind } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { RefusalCode } from '../error-codes.ts';
import { HaloError } from '../errors.ts';
import { errorExtensions } from './error-extensions.ts';

/** The part of an error that the caller may read: the fields of a HaloError's type, or an error of GraphQL itself. */
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

/** The error that a resolver threw, without the GraphQLErrors around it. Undefined for an error of GraphQL itself. */
export function originalOf(error: unknown): unknown {
  if (!(error instanceof GraphQLError)) return error;
  return error.originalError === undefined || error.originalError === null
    ? undefined
    : originalOf(error.originalError);
}

/** Errors of GraphQL itself have no codes. One with a path is about a resolved value, any other about the request. */
const codeOfGraphQL = ({ nodes }: GraphQLError): RefusalCode =>
  nodes?.[0]?.kind === Kind.FIELD ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT';

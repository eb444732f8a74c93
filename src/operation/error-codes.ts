import type { GraphQLError } from 'graphql';
import { maskError } from './mask-error.ts';

/** The codes in a result's `errors`, each once: of a thousand rows that failed alike, one is enough. */
export function codesIn(result: object): readonly string[] {
  const { errors = [] } = result as { readonly errors?: readonly GraphQLError[] };
  return [...new Set(errors.map(codeOf))];
}

function codeOf(error: GraphQLError): string {
  const { code } = maskError(error).extensions;
  return typeof code === 'string' ? code : 'GRAPHQL';
}

/** Handlers for Mock Service Worker: tests of a front end without a server. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { DocumentNode } from 'graphql';
import { type GraphQLHandler, graphql, HttpResponse } from 'msw';
import { type HaloErrorDetails, haloErrorTypes } from './generated/errors.ts';

/** The fields of an error in a test. Omitted fields are null, and `retryable` is false. */
export type ErrorToAnswer = Partial<HaloErrorDetails> & Pick<HaloErrorDetails, 'code'>;

const cost = {
  calls: 0,
  charged: 0,
  retries: 0,
  saved: { batched: 0, coalesced: 0, cached: 0 },
  bySite: [],
  reference: [],
};
const extensions = { halo: { requestId: 'msw', cost, notices: [] } };

/** Responds to the operation of this document with this data, or with the result of a function of its variables. */
export function answerWith<Data extends object, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  data: Data | ((variables: Variables) => Data),
): GraphQLHandler {
  return handlerOf(document, ({ variables }) =>
    HttpResponse.json({
      data: typeof data === 'function' ? data(variables as Variables) : data,
      extensions,
    }),
  );
}

/**
 * Answers the operation of this document with an error of a flat field.
 * @param path response names that lead to the field: `['viewer', 'practice', 'appointmentsConnection']`
 */
export function failWith(
  document: DocumentNode,
  path: readonly string[],
  error: ErrorToAnswer,
): GraphQLHandler {
  const { code } = error;
  const entry = {
    message: code,
    path,
    extensions: { retryable: false, ...error, code, type: haloErrorTypes[code] },
  };
  const data = path.reduceRight<object | null>((below, name) => ({ [name]: below }), null);
  return handlerOf(document, () => HttpResponse.json({ data, errors: [entry], extensions }));
}

type Resolver = Parameters<typeof graphql.query>[1];

function handlerOf(document: DocumentNode, resolver: Resolver): GraphQLHandler {
  const operation = document.definitions.find((each) => each.kind === 'OperationDefinition');
  const name = operation?.name?.value;
  if (!operation || name === undefined) throw new Error('The document has no operation with a name.');
  return operation.operation === 'mutation'
    ? graphql.mutation(name, resolver)
    : graphql.query(name, resolver);
}

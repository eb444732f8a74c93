import { GraphQLError } from 'graphql';
import type { Documents, KnownDocument } from './documents.ts';
import { type KnownOperations, sentDocument } from './persisted-operations.ts';
import type { Params } from './read-params.ts';
import { documentErrors, refuse } from './refusal.ts';
import type { RunnableOperation } from './subscription-operation.ts';

/** Returns the operation to execute: parsed, within the document limits, and valid. */
export function resolveDocument(
  params: Params,
  { documents, known }: { readonly documents: Documents; readonly known: KnownOperations | undefined },
): RunnableOperation {
  const document = parse(sentDocument(params, known), documents);
  if (document.faults.length > 0) throw documentErrors('GRAPHQL_VALIDATION_FAILED', document.faults);
  const prepared = document.operation(params.operationName);
  if (prepared) return prepared;
  const message = 'Could not determine what operation to execute.';
  throw refuse('OPERATION_RESOLUTION_FAILURE', message);
}

function parse(text: string, documents: Documents): KnownDocument {
  try {
    return documents.read(text);
  } catch (error) {
    throw error instanceof GraphQLError ? documentErrors('GRAPHQL_PARSE_FAILED', [error]) : error;
  }
}

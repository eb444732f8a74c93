import { BREAK, type DocumentNode, Kind, OperationTypeNode, visit } from 'graphql';
import type { Operation } from './operation.ts';
import { idOf, type KnownOperations } from './persisted-operations.ts';
import type { Params } from './read-params.ts';
import { refuse } from './refusal.ts';
import type { RunnableOperation } from './subscription-operation.ts';

const postOnly = { status: 405, headers: { allow: 'POST' } };

/**
 * A GET must not change anything, and its URL must not hold values. Proxies, browser histories and logs keep URLs, and a
 * patient search contains the patient's name. Only a persisted operation that the operator marked as safe may have values
 * in its URL.
 */
export function checkGet(
  { request }: Operation,
  params: Params,
  { document, operation }: RunnableOperation,
  known: KnownOperations | undefined,
): void {
  if (request.method !== 'GET') return;
  if (operation.operation === OperationTypeNode.MUTATION) {
    throw refuse('BAD_REQUEST', 'Can only perform a mutation operation from a POST request.', postOnly);
  }
  const id = params.query === undefined ? idOf(params) : undefined;
  if (id !== undefined && known?.safeForGet?.has(id)) return;
  const hasVariables = Object.keys(params.variables ?? {}).length > 0;
  if (hasVariables || (params.query !== undefined && hasInputObject(document))) {
    throw refuse(
      'METHOD_NOT_ALLOWED',
      'Values do not belong in a URL, which proxies and logs keep: send this operation by POST. Apollo Client: `useGETForQueries: false`; urql: `preferGetMethod: false`.',
      postOnly,
    );
  }
}

/** Only input objects can hold patient data (a patient search). The other arguments are ids, dates and numbers. */
function hasInputObject(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.OBJECT_FIELD]() {
      found = true;
      return BREAK;
    },
  });
  return found;
}

import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import type { Plugin } from 'graphql-yoga';
import { bareId } from '../persisted-operations.ts';

export interface KnownOperations {
  /** Documents by the id that a request may send in place of them. */
  readonly byId: ReadonlyMap<string, string>;
  /** Whether anything else is refused. */
  readonly only: boolean;
}

/**
 * A request may name an operation instead of sending it: `documentId` (GraphQL over HTTP), or
 * `extensions.persistedQuery.sha256Hash` (Apollo's clients).
 */
export function useKnownOperations({ byId, only }: KnownOperations): Plugin {
  const http = { status: 400 };
  return usePersistedOperations({
    getPersistedOperation: (id) => byId.get(bareId(id)) ?? null,
    allowArbitraryOperations: !only,
    extractPersistedOperationId: (params) => idOf(params as Readonly<Record<string, unknown>>),
    customErrors: {
      notFound: {
        message:
          'This server does not know that operation. Was it deployed with the operations of this version?',
        extensions: { code: 'PERSISTED_OPERATION_UNKNOWN', http },
      },
      keyNotFound: {
        message: 'Send a `query`, or the `documentId` of an operation that this server knows.',
        extensions: { code: 'BAD_REQUEST', http },
      },
      persistedQueryOnly: {
        message:
          'This server answers operations that it knows only: send the `documentId` in place of the `query`.',
        extensions: { code: 'PERSISTED_OPERATIONS_ONLY', http },
      },
    },
  });
}

function idOf({ documentId, extensions }: Readonly<Record<string, unknown>>): string | null {
  if (typeof documentId === 'string') return documentId;
  const { sha256Hash } =
    ((extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } }).persistedQuery ?? {};
  return typeof sha256Hash === 'string' ? sha256Hash : null;
}

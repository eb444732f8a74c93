import { type DocumentNode, type GraphQLError, Kind } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Log } from '../log.ts';
import { maskError } from './mask-error.ts';
import { stateOf } from './request-state.ts';

/** One line an operation: its name, how long it took, how it failed, what it cost. Never its variables or its answer. */
export function useOperationLog(log: Log): Plugin {
  return {
    onExecute: () => ({
      onExecuteDone({ result, args }) {
        if (Symbol.asyncIterator in result) return;
        const { requestId, startedAt, context } = stateOf(args.contextValue.request);
        log.info(
          {
            requestId,
            operation: args.operationName ?? firstName(args.document),
            ms: Math.round(performance.now() - startedAt),
            errors: result.errors?.map(codeOf) ?? [],
            cost: context?.cost(),
          },
          'operation',
        );
      },
    }),
  };
}

function firstName(document: DocumentNode): string | null {
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return (operation?.kind === Kind.OPERATION_DEFINITION && operation.name?.value) || null;
}

const codeOf = (error: GraphQLError): unknown => maskError(error).extensions.code ?? 'GRAPHQL';

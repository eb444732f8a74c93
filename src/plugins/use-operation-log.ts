import { type DocumentNode, type ExecutionResult, type GraphQLError, Kind } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Log } from '../log.ts';
import { maskError } from './mask-error.ts';
import { stateOf } from './request-state.ts';

/**
 * One line an operation, also one that was turned away: its name, how long it took, how it failed, what it cost. Never its
 * variables or its answer.
 */
export function useOperationLog(log: Log): Plugin {
  return {
    onExecute({ args }) {
      stateOf(args.contextValue.request).operation = args.operationName ?? firstName(args.document);
    },
    onResultProcess({ request, result }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return;
      const { requestId, startedAt, operation, context } = stateOf(request);
      const { errors = [] } = result as ExecutionResult;
      log.info(
        {
          requestId,
          operation,
          ms: Math.round(performance.now() - startedAt),
          // Of a thousand rows that failed alike, one code is enough.
          errors: [...new Set(errors.map(codeOf))],
          cost: context?.cost(),
        },
        'operation',
      );
    },
  };
}

function firstName(document: DocumentNode): string | null {
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return (operation?.kind === Kind.OPERATION_DEFINITION && operation.name?.value) || null;
}

const codeOf = (error: GraphQLError): unknown => maskError(error).extensions.code ?? 'GRAPHQL';

import { type ExecutionArgs, getOperationAST, type OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { codesIn } from './error-codes.ts';
import { type RequestState, stateOf } from './request-state.ts';

/** Notes what was executed and how it ended, for the plugins that tell somebody. */
export function useOperationRecord(): Plugin {
  return {
    onExecute: ({ args }) => note(args),
    onSubscribe: ({ args }) => note(args),
    onResultProcess({ request, result }) {
      const state = stateOf(request);
      if (!Array.isArray(result)) state.codes = codesIn(result);
      if (!(Symbol.asyncIterator in result)) state.context?.answered();
    },
  };
}

function note({ document, operationName, contextValue }: ExecutionArgs): void {
  const state = stateOf((contextValue as { readonly request: Request }).request);
  noteOperation(state, getOperationAST(document, operationName));
}

export function noteOperation(
  state: RequestState,
  operation: OperationDefinitionNode | null | undefined,
): void {
  state.operation = operation?.name?.value ?? null;
  state.operationType = operation?.operation;
}

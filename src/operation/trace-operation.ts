import { context } from '@opentelemetry/api';
import { type ExecutionArgs, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { endOperationSpan, operationSpan } from '../telemetry/traces.ts';
import { codesIn } from './error-codes.ts';
import { stateOf } from './request-state.ts';

/** A span for each query and mutation, while an OpenTelemetry SDK is loaded; calls of Halo Cloud are its children. */
export function useTracing(): Plugin {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { document, operationName, contextValue } = args;
      const operation = getOperationAST(document, operationName);
      const { requestId, caller } = stateOf(contextValue.request);
      const { span, inside } = operationSpan(operation?.operation ?? 'query', {
        'halo_graph.request_id': requestId,
        ...(caller && { 'halo_graph.caller': caller.name }),
        ...(operation?.name && { 'graphql.operation.name': operation.name.value }),
      });
      setExecuteFn((asked: ExecutionArgs) => context.with(inside, () => executeFn(asked)));
      return {
        onExecuteDone: ({ result }) => endOperationSpan(span, codesIn(result)),
      };
    },
  };
}

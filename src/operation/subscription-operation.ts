import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
  subscribe,
} from 'graphql';
import { coerceVariables, type Variables } from '../engine/executor/coerce-variables.ts';
import type { PreparedOperation } from '../engine/executor/prepare-operation.ts';

/** What the steps need of an operation that is prepared. A subscription is executed to a stream of results, or to one with errors. */
export interface RunnableOperation extends Pick<PreparedOperation, 'document' | 'operation' | 'coerce'> {
  execute(
    ...args: Parameters<PreparedOperation['execute']>
  ): ReturnType<PreparedOperation['execute']> | Promise<ExecutionResult | AsyncIterable<ExecutionResult>>;
  readonly takeBytes?: PreparedOperation['takeBytes'];
}

/** graphql-js runs subscriptions: each event is a result of its own. */
export function subscriptionOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): RunnableOperation {
  return {
    document,
    operation,
    coerce: (variables) => coerceVariables(schema, operation, variables),
    execute: (contextValue: unknown, variableValues: Variables) =>
      subscribe({
        schema,
        document,
        contextValue,
        variableValues,
        operationName: operation.name?.value,
      }),
  };
}

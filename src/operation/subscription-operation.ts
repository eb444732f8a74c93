import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import type { PreparedOperation } from '../engine/executor.ts';
import { type Variables, variableCoercion } from '../lib/coerce-variables.ts';

/** A prepared subscription. Its events are executed one by one. */
export interface PreparedSubscription extends Pick<PreparedOperation, 'document' | 'operation' | 'coerce'> {
  /** The events, or a result with errors. */
  open(context: unknown, variables: Variables): Promise<AsyncIterable<unknown> | ExecutionResult>;
  /** The result of one event. */
  execute(event: unknown, context: unknown, variables: Variables): Promise<ExecutionResult>;
  /** Variables that set where the events begin, not what they contain. */
  readonly positions: ReadonlySet<string>;
}

/** The parts of a prepared operation that the steps need. */
export type RunnableOperation = PreparedOperation | PreparedSubscription;

export function isSubscription(prepared: RunnableOperation): prepared is PreparedSubscription {
  return 'open' in prepared;
}

/** Prepares a subscription for graphql-js, which executes it. */
export function subscriptionOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): PreparedSubscription {
  const operationName = operation.name?.value;
  return {
    document,
    operation,
    coerce: variableCoercion(schema, operation),
    open: (contextValue, variableValues) =>
      createSourceEventStream({ schema, document, contextValue, variableValues, operationName }),
    execute: async (rootValue, contextValue, variableValues) =>
      execute({ schema, document, rootValue, contextValue, variableValues, operationName }),
    positions: positionsOf(document),
  };
}

/** The variables that are used only for arguments with the name `after`. */
function positionsOf(document: DocumentNode): ReadonlySet<string> {
  const uses = new Map<string, number>();
  const after = new Map<string, number>();
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void count(uses, name.value),
    Argument: ({ name, value }) => {
      if (name.value === 'after' && value.kind === 'Variable') count(after, value.name.value);
    },
  });
  return new Set([...after].flatMap(([name, times]) => (uses.get(name) === times ? [name] : [])));
}

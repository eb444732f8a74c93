import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { CoercedVariables, Variables } from '../../lib/coerce-variables.ts';
import type { WrapResolver } from './plan.ts';

/** Reserves memory for something that is stored with the document. False: the limit is reached, so it must not be stored. */
export type TakeBytes = (bytes: number) => boolean;

/** An operation of a valid document. It can run any number of times. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerces the variables, or returns their errors. Called once for each request, before its price is checked. */
  coerce(variables: Readonly<Variables> | null | undefined): CoercedVariables;
  /** Returns the same result as `execute` of graphql-js, for coerced variables. Never throws or rejects. */
  execute(
    context: unknown,
    variables: Variables,
    options?: ExecuteOptions,
  ): ExecutionResult | Promise<ExecutionResult>;
  /** For other data that is stored with the operation. */
  readonly takeBytes: TakeBytes;
}

export interface ExecuteOptions {
  /** Whether only `jsonPieces` reads the result. Then parts of it are serialised as soon as they are complete. */
  readonly asBytes?: boolean;
  /** Wraps the resolvers of this execution only. It is interpreted. */
  readonly wrap?: WrapResolver | undefined;
}

export interface PrepareOptions {
  /** Number of interpreted executions before the operation is compiled. A single request causes no compilation. @default 2 */
  readonly compileAfter?: number;
  /** @default no limit */
  readonly takeBytes?: TakeBytes;
}

/** `document` is valid for `schema`. Undefined: it has no such operation, or it is a subscription. */
export type PrepareOperation = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  options?: PrepareOptions,
) => PreparedOperation | undefined;

export function operationIn(
  document: DocumentNode,
  operationName: string | null | undefined,
): OperationDefinitionNode | undefined {
  const operation = getOperationAST(document, operationName);
  return operation && operation.operation !== OperationTypeNode.SUBSCRIPTION ? operation : undefined;
}

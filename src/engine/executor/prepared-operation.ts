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

/** Takes bytes for something that is to be remembered with the document. False: there is no room for it. */
export type TakeBytes = (bytes: number) => boolean;

/** An operation that was parsed and found valid, ready to run any number of times. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Its variables as resolvers get them, or what is wrong with them: done once for each request, before it is priced. */
  coerce(variables: Readonly<Variables> | null | undefined): CoercedVariables;
  /** What graphql-js' `execute` answers for variables that were coerced. Never throws, never rejects. */
  execute(
    context: unknown,
    variables: Variables,
    options?: ExecuteOptions,
  ): ExecutionResult | Promise<ExecutionResult>;
  /** For whatever else is remembered of the operation. */
  readonly takeBytes: TakeBytes;
}

export interface ExecuteOptions {
  /** Whether the answer is for `jsonPieces` alone: parts of it are made JSON as soon as they are there. */
  readonly asBytes?: boolean;
  /** Wraps the resolvers of this execution alone, which is interpreted. */
  readonly wrap?: WrapResolver | undefined;
}

export interface PrepareOptions {
  /** How often the operation is interpreted before it is compiled, so that a single request pays for no compilation. @default 2 */
  readonly compileAfter?: number;
  /** @default there is always room */
  readonly takeBytes?: TakeBytes;
}

/** `document` was found valid for `schema`. Undefined: it has no such operation, or that is a subscription. */
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

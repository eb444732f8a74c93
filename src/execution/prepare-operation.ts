import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { conditionsOf } from './compilable.ts';
import { compileOperation, type RunOperation } from './compile-operation.ts';

/** An operation that was parsed and found valid, ready to run any number of times. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Its variables as resolvers get them, or what is wrong with them. */
  coerce(variables: Variables | undefined): CoercedVariables;
  /** What graphql-js' `execute` answers, invalid variables included. Never throws, never rejects. */
  execute(
    context: unknown,
    variables: Variables | undefined,
    options?: ExecuteOptions,
  ): ExecutionResult | Promise<ExecutionResult>;
}

export interface ExecuteOptions {
  /** What `coerce` made of these variables, where it was asked before. */
  readonly coerced?: CoercedVariables;
  /** Whether the answer is for `jsonPieces` alone: parts of it are made JSON as soon as they are there. */
  readonly asBytes?: boolean;
}

type Variables = Readonly<Record<string, unknown>>;
type CoercedVariables = ReturnType<typeof getVariableValues>;

export interface PrepareOptions {
  /** How often graphql-js runs the operation before it is compiled, so that what is asked once costs nothing more. @default 2 */
  readonly compileAfter?: number;
}

/** The two sides of each condition, a few times over: who asks in all ways that there are is not worth the memory. */
const mostVariants = 8;

/** `document` was found valid for `schema`. Undefined: it has no such operation, or that is a subscription. */
export function prepareOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  { compileAfter = 2 }: PrepareOptions = {},
): PreparedOperation | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined;
  const variants = new Map<string, RunOperation>();
  let conditions: readonly string[] | undefined;
  let executed = 0;

  const coerce = (variables: Variables = {}): CoercedVariables =>
    getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 50 });

  /** The compiled operation for these values of its conditions. */
  function variantFor(values: { readonly [variable: string]: unknown }): RunOperation | undefined {
    if (executed === compileAfter) conditions = conditionsOf(document, operation as OperationDefinitionNode);
    executed += 1;
    if (!conditions?.every((name) => typeof values[name] === 'boolean')) return undefined;
    const key = conditions.map((name) => (values[name] ? '1' : '0')).join('');
    let variant = variants.get(key);
    if (!variant && variants.size < mostVariants) {
      const decided = Object.fromEntries(conditions.map((name) => [name, values[name]]));
      variant = compiled(decided);
      if (variant) variants.set(key, variant);
      else conditions = undefined;
    }
    return variant;
  }

  /** Undefined where Node was told to make no code of texts: graphql-js goes on. */
  function compiled(decided: { [variable: string]: unknown }): RunOperation | undefined {
    try {
      return compileOperation(schema, document, operation as OperationDefinitionNode, decided);
    } catch (error) {
      if (error instanceof EvalError) return undefined;
      throw error;
    }
  }

  return {
    document,
    operation,
    coerce,
    execute(context, variables, options = {}) {
      const { coerced, errors } = options.coerced ?? coerce(variables);
      if (!coerced) return { errors };
      const variant = variantFor(coerced);
      if (variant) return variant(context, coerced, options.asBytes === true);
      return execute({
        schema,
        document,
        contextValue: context,
        variableValues: variables,
        operationName: operation.name?.value,
      });
    },
  };
}

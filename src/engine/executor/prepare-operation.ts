import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { measure } from '../../lib/document-size.ts';
import { type CoercedVariables, coerceVariables, type Variables } from './coerce-variables.ts';
import { conditionsOf } from './compilable.ts';
import { compileOperation, type RunOperation } from './compile-operation.ts';
import { compileSelection } from './compile-selection.ts';
import { interpretSelection } from './interpret-selection.ts';
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

/** The two sides of each condition, a few times over: who asks in all ways that there are is not worth the memory. */
const maxVariants = 8;
/** Compiled, with its code and closures. Measured: 3 to 4 kB. */
const bytesPerField = 6_000;

/** `document` was found valid for `schema`. Undefined: it has no such operation, or that is a subscription. */
export function prepareOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  { compileAfter = 2, takeBytes = () => true }: PrepareOptions = {},
): PreparedOperation | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined;
  const { fields } = measure(document)(operation);
  const variants = new Map<string, RunOperation>();
  let conditions: readonly string[] | undefined;
  let executed = 0;

  /** The compiled operation for these values of its conditions. */
  function variantFor(values: Readonly<Variables>): RunOperation | undefined {
    if (executed === compileAfter) conditions = conditionsOf(document, fields);
    executed += 1;
    if (!conditions?.every((name) => typeof values[name] === 'boolean')) return undefined;
    const key = conditions.map((name) => (values[name] ? '1' : '0')).join('');
    let variant = variants.get(key);
    if (!variant && variants.size < maxVariants && takeBytes(fields * bytesPerField)) {
      const decided = Object.fromEntries(conditions.map((name) => [name, values[name]]));
      variant = compiled(decided);
      if (variant) variants.set(key, variant);
      else conditions = undefined;
    }
    return variant;
  }

  /** Undefined where Node was told to make no code of texts. */
  function compiled(decided: Variables): RunOperation | undefined {
    try {
      return compileOperation(compileSelection, { schema, document, operation: prepared.operation }, decided);
    } catch (error) {
      if (error instanceof EvalError) return undefined;
      throw error;
    }
  }

  const prepared: PreparedOperation = {
    document,
    operation,
    takeBytes,
    coerce: (variables) => coerceVariables(schema, operation, variables),
    execute(context, variables, { asBytes = false, wrap } = {}) {
      const run =
        (wrap ? undefined : variantFor(variables)) ??
        compileOperation(interpretSelection, { schema, document, operation, wrap }, variables);
      return run(context, variables, asBytes);
    },
  };
  return prepared;
}

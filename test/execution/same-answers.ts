import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { expect } from 'vitest';
import { jsonPieces } from '../../src/engine/executor/json-bytes.ts';
import { prepareOperation } from '../../src/engine/executor/prepare-operation.ts';
import type { PreparedOperation } from '../../src/engine/executor/prepared-operation.ts';
import { maxVariableErrors } from '../../src/lib/coerce-variables.ts';

export interface TestOperation {
  readonly schema: GraphQLSchema;
  readonly text: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
  readonly context?: () => unknown;
}

/** graphql-js stops at the same number of errors. */
const options = { maxCoercionErrors: maxVariableErrors };

/**
 * Runs an operation with graphql-js, interpreted and compiled, for values and for text. Expects the same response
 * from all, and returns it.
 */
export async function expectSameAnswers(operation: TestOperation): Promise<ExecutionResult> {
  const { schema, text, operationName, variables, context = () => ({ who: 'somebody' }) } = operation;
  const document: DocumentNode = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const expected = await execute({
    schema,
    document,
    operationName,
    contextValue: context(),
    variableValues: variables,
    options,
  });
  for (const compileAfter of [0, Number.POSITIVE_INFINITY]) {
    const prepared = prepareOperation(schema, document, operationName, { compileAfter }) as PreparedOperation;
    const { coerced, errors } = prepared.coerce(variables);
    if (errors) {
      expect(comparable({ errors })).toEqual(
        comparable({ errors: expected.errors?.slice(0, maxVariableErrors) ?? [] }),
      );
      continue;
    }
    for (const asBytes of [false, true]) {
      const got = await prepared.execute(context(), coerced, { asBytes });
      expect(comparable(got)).toEqual(comparable(expected));
      if (!got.errors) expect(jsonPieces(got).join('')).toBe(JSON.stringify(expected));
    }
  }
  return expected;
}

/** A response with sorted errors, for comparison. */
function comparable({ data, errors }: ExecutionResult) {
  return {
    data: data === undefined ? 'none' : JSON.parse(jsonPieces({ data }).join('')).data,
    errors: errors
      ?.map((error) =>
        JSON.stringify({
          ...error.toJSON(),
          places: error.nodes?.map(({ loc }) => loc?.start),
          of: error.originalError?.message,
        }),
      )
      .sort(),
  };
}

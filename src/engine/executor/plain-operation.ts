import { execute, type GraphQLSchema } from 'graphql';
import { type Variables, variableCoercion } from '../../lib/coerce-variables.ts';
import { compileOperation } from './compile-operation.ts';
import { interpretSelection } from './interpret-selection.ts';
import { operationIn, type PreparedOperation, type PrepareOperation } from './prepared-operation.ts';

/** With `ENGINE=off`: graphql-js executes the operation. */
export const preparePlainOperation: PrepareOperation = (
  schema,
  document,
  operationName,
  { takeBytes = () => true } = {},
) => {
  const operation = operationIn(document, operationName);
  return operation && plainOperation(schema, { document, operation, takeBytes });
};

function plainOperation(
  schema: GraphQLSchema,
  parts: Pick<PreparedOperation, 'document' | 'operation' | 'takeBytes'>,
): PreparedOperation {
  const { document, operation } = parts;
  const coerceVariables = variableCoercion(schema, operation);
  /** As the caller sent them, because graphql-js coerces them itself. */
  const sent = new WeakMap<Variables, Readonly<Variables>>();
  return {
    ...parts,
    coerce(variables) {
      const result = coerceVariables(variables);
      if (result.coerced) sent.set(result.coerced, variables ?? {});
      return result;
    },
    execute(contextValue, variables, { wrap } = {}) {
      // graphql-js cannot wrap resolvers. Only explained operations need that.
      if (wrap) {
        const run = compileOperation(interpretSelection, { schema, document, operation, wrap }, variables);
        return run(contextValue, variables, false);
      }
      const variableValues = sent.get(variables) ?? variables;
      const operationName = operation.name?.value;
      return execute({ schema, document, contextValue, variableValues, operationName });
    },
  };
}

import { type Variables, variableCoercion } from '../../lib/coerce-variables.ts';
import { measure } from '../../lib/document-size.ts';
import { conditionsOf } from './compilable.ts';
import { compileOperation, type RunOperation } from './compile-operation.ts';
import { compileSelection } from './compile-selection.ts';
import { interpretSelection } from './interpret-selection.ts';
import { operationIn, type PreparedOperation, type PrepareOperation } from './prepared-operation.ts';

/** Maximum number of compiled variants of one operation, one for each set of values of its conditions. */
const maxVariants = 8;
/** Compiled, with its code and closures. Measured: 3 to 4 kB. */
const bytesPerField = 6_000;

/** Interprets an operation at first, and compiles it when it is sent repeatedly. */
export const prepareOperation: PrepareOperation = (
  schema,
  document,
  operationName,
  { compileAfter = 2, takeBytes = () => true } = {},
) => {
  const operation = operationIn(document, operationName);
  if (!operation) return undefined;
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
      variant = compileOperation(
        compileSelection,
        { schema, document, operation: prepared.operation },
        decided,
      );
      variants.set(key, variant);
    }
    return variant;
  }

  const prepared: PreparedOperation = {
    document,
    operation,
    takeBytes,
    coerce: variableCoercion(schema, operation),
    execute(context, variables, { asBytes = false, wrap } = {}) {
      const run =
        (wrap ? undefined : variantFor(variables)) ??
        compileOperation(interpretSelection, { schema, document, operation, wrap }, variables);
      return run(context, variables, asBytes);
    },
  };
  return prepared;
};

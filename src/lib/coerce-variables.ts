import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  type GraphQLType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { printPathArray } from 'graphql/jsutils/printPathArray.js';

/** Values by the names of variables. */
export type Variables = { [variable: string]: unknown };

/** The coerced variables of an operation, or their errors. */
export type CoercedVariables =
  | { readonly coerced: Variables; readonly errors?: never }
  | { readonly coerced?: never; readonly errors: readonly GraphQLError[] };

/** A request has one mistake or a few. Coercion stops at this one. */
export const maxVariableErrors = 5;

/** Characters of a caller's value that one error prints. */
const maxPrinted = 100;

/** Characters of a message in which the repeated value is looked for exactly. */
const maxRepeated = 10_000;

/** Coerces the variables of one operation. */
export type CoerceVariables = (variables: Readonly<Variables> | null | undefined) => CoercedVariables;

/**
 * `getVariableValues` of graphql-js, with two differences: it stops at the fifth error, and an error prints at most 100
 * characters of a value. Without them 40 kB of variables cost seconds and are answered with 200 MB.
 */
export function variableCoercion(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): CoerceVariables {
  const declared = variableDefinitions.map((definition): DeclaredVariable => {
    const type = typeFromAST(schema, definition.type);
    const coerceFitting = isInputType(type) ? fitting(type) : undefined;
    return { definition, name: definition.variable.name.value, type, coerceFitting };
  });
  const namesProto = declared.some(({ name }) => name === '__proto__');
  return (variables) => {
    const given = variables ?? {};
    // Nearly all variables are valid: nothing is prepared for errors before there is one.
    const coerced = namesProto ? undefined : coerceValid(declared, given);
    return coerced ? { coerced } : coerceReporting(declared, given);
  };
}

/** Ends the walk through a value. */
const stop = Symbol('the last error that is reported');

/** Undefined if a value is not valid. */
function coerceValid(
  declared: readonly DeclaredVariable[],
  given: Readonly<Variables>,
): Variables | undefined {
  const coerced: Variables = {};
  try {
    for (const { definition, name, type, coerceFitting } of declared) {
      if (!coerceFitting) return undefined;
      if (Object.hasOwn(given, name)) coerced[name] = coerceFitting(given[name]);
      else if (definition.defaultValue)
        coerced[name] = valueFromAST(definition.defaultValue, type as GraphQLInputType);
      else if (isNonNullType(type)) return undefined;
    }
    return coerced;
  } catch (thrown) {
    if (thrown !== stop) throw thrown;
    return undefined;
  }
}

function coerceReporting(
  declared: readonly DeclaredVariable[],
  given: Readonly<Variables>,
): CoercedVariables {
  const errors: GraphQLError[] = [];
  const coerced: Variables = Object.create(null);
  const report = (error: GraphQLError): void => {
    errors.push(error);
    if (errors.length >= maxVariableErrors) throw stop;
  };
  // Each unknown field of an object is reported with the whole object.
  const reporting = { report, printed: printsOnce() };
  try {
    for (const variable of declared) coerceVariable(variable, given, coerced, reporting);
  } catch (thrown) {
    if (thrown !== stop) throw thrown;
  }
  return errors.length > 0 ? { errors } : { coerced: { ...coerced } };
}

interface Reporting {
  readonly report: (error: GraphQLError) => void;
  readonly printed: typeof print;
}

interface DeclaredVariable {
  readonly definition: VariableDefinitionNode;
  readonly name: string;
  readonly type: GraphQLType | undefined;
  readonly coerceFitting: ((value: unknown) => unknown) | undefined;
}

/** `coerceInputValue` for one type. Throws `stop` if the value does not fit. Types are examined once and not for each value. */
function fitting(type: GraphQLInputType): (value: unknown) => unknown {
  if (isNonNullType(type)) {
    const coerce = fitting(type.ofType);
    return (value) => {
      if (value === null || value === undefined) throw stop;
      return coerce(value);
    };
  }
  if (isListType(type)) {
    const coerceItem = fitting(type.ofType);
    return (value) => {
      if (value === null || value === undefined) return null;
      if (Array.isArray(value)) return value.map((item) => coerceItem(item));
      return coerceInputValue(value, type, refuse);
    };
  }
  if (isInputObjectType(type)) return (value) => coerceInputValue(value, type, refuse);
  return (value) => {
    if (value === null || value === undefined) return null;
    let coerced: unknown;
    try {
      coerced = type.parseValue(value);
    } catch {
      throw stop;
    }
    if (coerced === undefined) throw stop;
    return coerced;
  };
}

const refuse = (): never => {
  throw stop;
};

function coerceVariable(
  { definition, name, type }: DeclaredVariable,
  given: Readonly<Variables>,
  into: Variables,
  reporting: Reporting,
): void {
  const { report } = reporting;
  const nodes = definition;
  if (!isInputType(type)) {
    // Validation has refused such a document already.
    report(new GraphQLError(`Variable "$${name}" has no input type.`, { nodes }));
    return;
  }
  if (!Object.hasOwn(given, name)) {
    if (definition.defaultValue) into[name] = valueFromAST(definition.defaultValue, type);
    else if (isNonNullType(type)) {
      report(new GraphQLError(`Variable "$${name}" of required type "${type}" was not provided.`, { nodes }));
    }
    return;
  }
  const value = given[name];
  if (value === null && isNonNullType(type)) {
    report(new GraphQLError(`Variable "$${name}" of non-null type "${type}" must not be null.`, { nodes }));
    return;
  }
  into[name] = coerceInputValue(value, type, onInvalid(definition, reporting));
}

type OnInvalid = NonNullable<Parameters<typeof coerceInputValue>[2]>;

function onInvalid(nodes: VariableDefinitionNode, { report, printed }: Reporting): OnInvalid {
  const name = nodes.variable.name.value;
  return (path, invalid, originalError) => {
    const place = path.length > 0 ? ` at "${name}${printPathArray(path)}"` : '';
    originalError.message = shortened(originalError.message, invalid, printed);
    const message = `Variable "$${name}" got invalid value ${printed(invalid)}${place}; ${originalError.message}`;
    report(new GraphQLError(message, { nodes, originalError }));
  };
}

/** `print`, which prints a value once that is reported several times in a row. */
function printsOnce(): typeof print {
  let last: { readonly value: unknown; readonly text: string } | undefined;
  return (value) => {
    if (!last || last.value !== value) last = { value, text: print(value) };
    return last.text;
  };
}

/** A value as graphql-js prints it, as far as 100 characters go. */
const print = (value: unknown): string => cut(inspect(beginningOf(value, 0)));

const cut = (text: string): string => (text.length > maxPrinted ? `${text.slice(0, maxPrinted)}…` : text);

/** The part of a value that its first 100 printed characters show. `inspect` would print the whole value first. */
function beginningOf(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.slice(0, maxPrinted);
  // `inspect` looks no deeper.
  if (typeof value !== 'object' || value === null || depth > 2) return value;
  if (Array.isArray(value)) {
    const items = value.slice(0, 10).map((item) => beginningOf(item, depth + 1));
    // `inspect` prints the number of further entries.
    items.length = value.length;
    return items;
  }
  const beginning: Variables = {};
  let left = maxPrinted;
  for (const name in value) {
    Object.defineProperty(beginning, name, {
      value: beginningOf((value as Variables)[name], depth + 1),
      enumerable: true,
    });
    left -= name.length + ': , '.length;
    if (left < 0) break;
  }
  return beginning;
}

/** Shortens an error of graphql-js, which repeats the whole value, or the name of an unknown field. */
function shortened(message: string, invalid: unknown, printed: typeof print): string {
  if (message.length <= maxPrinted) return message;
  if (message.startsWith('Field "')) return message.replace(/"([^"]{100})[^"]+"/, '"$1…"');
  const beginning = message.indexOf(printed(invalid).slice(0, maxPrinted));
  // Printing a value of this length again would take as long as everything else.
  if (beginning >= 0 && message.length > maxRepeated) return message.slice(0, beginning) + printed(invalid);
  const repeated = inspect(invalid);
  return repeated.length > maxPrinted ? message.split(repeated).join(printed(invalid)) : message;
}

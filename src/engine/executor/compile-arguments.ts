import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  getArgumentValues,
  isRequiredArgument,
  valueFromAST,
  visit,
} from 'graphql';
import type { Plan } from './plan.ts';
import type { Run } from './run.ts';

type Values = { [name: string]: unknown };

/** How the value of an argument is made. `make` returns `unsettled` if graphql-js has to make it. */
type Step = { readonly name: string } & ({ readonly make: Make } | { readonly value: unknown });

type Make = (variables: Values) => unknown;

const unsettled = Symbol('a variable is null or missing');

/** Stands for a variable in a value of the document. */
class Placeholder {
  readonly variable: string;

  constructor(variable: string) {
    this.variable = variable;
  }
}

/**
 * Like `getArgumentValues` of graphql-js, but values in the document are read once. graphql-js itself is called if a variable is
 * null or missing.
 *
 * In one execution a field has the same arguments object for all rows. Resolvers may compare it by identity and must not change
 * it. The execution stores it. If it were stored here, the variables of the last caller would stay in memory with the document.
 */
export function compileArguments(
  plan: Plan,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (run: Run) => Values {
  const slot = plan.nextArgumentSlot();
  const values = valuesOf(field, node);
  return (run) => {
    run.arguments[slot] ??= values(run.variableValues);
    return run.arguments[slot];
  };
}

function valuesOf(field: GraphQLField<unknown, unknown>, node: FieldNode): (variables: Values) => Values {
  const steps = field.args.map((argument) => stepOf(argument, node));
  const byGraphqlJs = (variables: Values): Values => getArgumentValues(field, node, variables);
  if (!steps.every((step) => step !== undefined)) return byGraphqlJs;
  return (variables) => {
    const values: Values = {};
    for (const step of steps) {
      if ('value' in step) {
        if (step.value !== undefined) values[step.name] = step.value;
        continue;
      }
      const value = step.make(variables);
      if (value === unsettled) return byGraphqlJs(variables);
      values[step.name] = value;
    }
    return values;
  };
}

/** Undefined: the value is only known when the operation runs. */
function stepOf(argument: GraphQLArgument, node: FieldNode): Step | undefined {
  const { name, type, defaultValue } = argument;
  const given = node.arguments?.find((each) => each.name.value === name)?.value;
  if (!given) return isRequiredArgument(argument) ? undefined : { name, value: defaultValue };
  const placeholders: Values = {};
  visit(given, {
    Variable({ name: { value } }) {
      placeholders[value] = new Placeholder(value);
    },
  });
  const value: unknown = valueFromAST(given, type, placeholders);
  return value === undefined ? undefined : { name, make: makeOf(value) };
}

/** Makes a value in which variables stand for the placeholders. */
function makeOf(value: unknown): Make {
  if (value instanceof Placeholder) return (variables) => variableIn(value.variable, variables);
  if (Array.isArray(value)) {
    const items = value.map(makeOf);
    return (variables) => settledOr(items.map((make) => make(variables)));
  }
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== null)
    return () => value;
  const fields = Object.entries(value).map(([name, each]) => ({ name, make: makeOf(each) }));
  return (variables) => {
    const made: Values = {};
    for (const { name, make } of fields) {
      made[name] = make(variables);
      if (made[name] === unsettled) return unsettled;
    }
    return made;
  };
}

const settledOr = (items: readonly unknown[]): unknown => (items.includes(unsettled) ? unsettled : items);

function variableIn(name: string, variables: Values): unknown {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  return value === undefined || value === null ? unsettled : value;
}

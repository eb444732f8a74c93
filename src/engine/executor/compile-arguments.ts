import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  getArgumentValues,
  isRequiredArgument,
  Kind,
  valueFromAST,
} from 'graphql';
import type { Plan } from './plan.ts';
import type { Run } from './run.ts';

type Values = { [name: string]: unknown };

/** Where the value of an argument comes from: a variable, or the document. */
type Step = { readonly name: string } & ({ readonly variable: string } | { readonly value: unknown });

/**
 * Like `getArgumentValues` of graphql-js, but values in the document are read once. graphql-js itself is called if a variable is
 * null or missing, and if a value in the document is not a string, number or boolean.
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
      const value = Object.hasOwn(variables, step.variable) ? variables[step.variable] : undefined;
      if (value === undefined || value === null) return byGraphqlJs(variables);
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
  if (given.kind === Kind.VARIABLE) return { name, variable: given.name.value };
  const value: unknown = valueFromAST(given, type);
  return ['string', 'number', 'boolean'].includes(typeof value) ? { name, value } : undefined;
}

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

/** Where the value of an argument is: in a variable, or known already. */
type Step = { readonly name: string } & ({ readonly variable: string } | { readonly value: unknown });

/**
 * `getArgumentValues` of graphql-js, with what the document settles worked out before. It is asked itself where a variable is
 * null or left out, and where a value written in the document is more than a text, number or boolean. In one execution a field
 * has the same arguments for all rows, one object: resolvers may recognise it, and change nothing in it. It belongs to the
 * execution: kept here, the last caller's variables would stay in memory as long as the document.
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
  const ask = (variables: Values): Values => getArgumentValues(field, node, variables);
  if (!steps.every((step) => step !== undefined)) return ask;
  return (variables) => {
    const values: Values = {};
    for (const step of steps) {
      if ('value' in step) {
        if (step.value !== undefined) values[step.name] = step.value;
        continue;
      }
      const value = Object.hasOwn(variables, step.variable) ? variables[step.variable] : undefined;
      if (value === undefined || value === null) return ask(variables);
      values[step.name] = value;
    }
    return values;
  };
}

/** Undefined: it is not settled before. */
function stepOf(argument: GraphQLArgument, node: FieldNode): Step | undefined {
  const { name, type, defaultValue } = argument;
  const given = node.arguments?.find((each) => each.name.value === name)?.value;
  if (!given) return isRequiredArgument(argument) ? undefined : { name, value: defaultValue };
  if (given.kind === Kind.VARIABLE) return { name, variable: given.name.value };
  const value: unknown = valueFromAST(given, type);
  return ['string', 'number', 'boolean'].includes(typeof value) ? { name, value } : undefined;
}

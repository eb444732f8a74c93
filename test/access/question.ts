/** A query that selects one field, with valid arguments, and the part of its response that belongs to the field. */
import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isUnionType,
  print,
} from 'graphql';
import { questionOf } from '../../src/lib/union-field.ts';
import type { Step } from './coordinates.ts';

/**
 * Values of arguments, by `Type.field.argument`, `InputType.field` or the name alone. Arguments with a full name are
 * also given if they are optional.
 */
export type Values = Readonly<Record<string, () => unknown>>;

const ofScalar: Readonly<Record<string, unknown>> = {
  Int: 1,
  Boolean: true,
  String: 'Sample',
  Date: '2026-11-23',
};

async function inputFor(
  { name, type }: { readonly name: string; readonly type: GraphQLInputType },
  owner: string,
  values: Values,
): Promise<unknown> {
  const supply = values[`${owner}.${name}`] ?? values[name];
  if (supply) return supply();
  if (isNonNullType(type)) return inputFor({ name, type: type.ofType }, owner, values);
  if (isListType(type)) return [await inputFor({ name, type: type.ofType }, owner, values)];
  if (isEnumType(type)) return type.getValues()[0]?.value;
  if (isInputObjectType(type)) {
    const given = Object.values(type.getFields()).filter((field) => isGiven(field, type.name, values));
    const entries: [string, unknown][] = [];
    for (const field of given) entries.push([field.name, await inputFor(field, type.name, values)]);
    return Object.fromEntries(entries);
  }
  const value = ofScalar[type.name];
  if (value === undefined) throw new Error(`${owner}.${name}: it has no test value. See whole-practice.ts.`);
  return value;
}

const isGiven = (input: GraphQLArgument | GraphQLInputField, owner: string, values: Values): boolean =>
  `${owner}.${input.name}` in values || (isNonNullType(input.type) && input.defaultValue === undefined);

async function argumentsOf(step: Step, values: Values): Promise<string> {
  const owner = questionOf(step.parent.name, step.field);
  const given: string[] = [];
  for (const arg of step.field.args.filter((each) => isGiven(each, owner, values))) {
    const literal = astFromValue(await inputFor(arg, owner, values), arg.type);
    if (literal) given.push(`${arg.name}: ${print(literal)}`);
  }
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

/** The document that selects the last field of a path. */
export async function questionFor(way: readonly Step[], values: Values): Promise<string> {
  const [first] = way;
  const operation = first?.parent.name === 'Mutation' ? 'mutation' : 'query';
  return `${operation} { ${await selection(way, values)} }`;
}

async function selection([step, ...rest]: readonly Step[], values: Values): Promise<string> {
  if (!step) return '';
  const text = `${step.field.name}${await argumentsOf(step, values)}`;
  const below = about(getNamedType(step.field.type));
  const [next] = rest;
  if (!next) return below === '' ? text : `${text} { ${below} }`;
  return `${text} { ${below} ... on ${next.parent.name} { ${await selection(rest, values)} } }`;
}

function about(type: GraphQLNamedType): string {
  if (isUnionType(type)) return '__typename ... on HaloError { code message } ... on AccessDenied { reason }';
  if (isInterfaceType(type)) return '__typename id';
  return 'getFields' in type ? '__typename' : '';
}

// biome-ignore lint/suspicious/noExplicitAny: a response has the shape of its query
type Data = any;

/** The values at the end of the path: one entry for each parent. An empty list is one entry. */
export function answersAt(data: Data, way: readonly Step[]): readonly Data[] {
  let things: Data[] = [data];
  for (const [index, { parent, field }] of way.entries()) {
    things = things
      .filter((thing) => thing && field.name in thing && (index === 0 || thing.__typename === parent.name))
      .flatMap((thing) => {
        const answer = thing[field.name];
        return index === way.length - 1 && Array.isArray(answer) && answer.length === 0 ? [answer] : answer;
      });
  }
  return things;
}

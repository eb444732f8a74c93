/** Every field of the schema that leads somewhere, and a way to it from the root. */
import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { schema } from '../../src/schema/index.ts';
import type { Scope } from '../../src/scopes.ts';
import { isFailure, scopesOfField } from './expected-scopes.ts';

export interface Step {
  readonly parent: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

/** Subscriptions are tested in test/live. */
const roots = [schema.getQueryType(), schema.getMutationType()].filter(
  (type): type is GraphQLObjectType => type !== null && type !== undefined,
);

/** These fields lead to any type by its id, so each type has its own query. */
export const byId: ReadonlySet<string> = new Set(['Query.node', 'Query.nodes']);

export const coordinateOf = ({ parent, field }: Step): string => `${parent.name}.${field.name}`;

const stepsFrom = (parent: GraphQLObjectType): readonly Step[] =>
  Object.values(parent.getFields()).map((field) => ({ parent, field }));

/** The types that a query or a mutation leads to, failures included. */
function reachable(): ReadonlySet<GraphQLNamedType> {
  const found = new Set<GraphQLNamedType>(roots);
  for (const type of found) {
    if (isAbstractType(type)) for (const member of schema.getPossibleTypes(type)) found.add(member);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) found.add(getNamedType(field.type));
  }
  return found;
}

/** All fields that answer an object, an interface or a union, and all fields of the roots. */
export const steps: readonly Step[] = Object.values(schema.getTypeMap())
  .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
  .filter((type) => reachable().has(type))
  .flatMap(stepsFrom)
  .filter((step) => roots.includes(step.parent) || isCompositeType(getNamedType(step.field.type)));

/** The same for all steps of a way. */
export const scopesOfWay = (way: readonly Step[]): readonly Scope[] => [
  ...new Set(way.flatMap((step) => scopesOfField(step.parent.name, step.field))),
];

/**
 * The shortest path to a field, including the field. A path without other fields that need the same scope is
 * preferred, so that the field itself is refused. Paths do not include failures: `toFailure` names where they happen.
 */
export function wayTo(step: Step, toFailure: ReadonlyMap<string, string>): readonly Step[] {
  if (roots.includes(step.parent)) return [step];
  const place = toFailure.get(step.parent.name);
  if (place !== undefined) return [...steps.filter((known) => coordinateOf(known) === place), step];
  const scopes = scopesOfField(step.parent.name, step.field);
  const plain = (known: Step) =>
    !scopesOfField(known.parent.name, known.field).some((scope) => scopes.includes(scope));
  const way = shortest(step.parent, plain) ?? shortest(step.parent, () => true);
  if (!way) throw new Error(`${coordinateOf(step)}: no way leads there. See coordinates.ts.`);
  return [...way, step];
}

function shortest(target: GraphQLObjectType, may: (step: Step) => boolean): readonly Step[] | undefined {
  for (const root of roots) {
    const seen = new Set<GraphQLNamedType>([root]);
    let ways: (readonly Step[])[] = [[]];
    while (ways.length > 0) {
      const longer: (readonly Step[])[] = [];
      for (const way of ways) {
        const last = way.at(-1);
        for (const parent of last ? membersOf(getNamedType(last.field.type)) : [root]) {
          if (parent === target) return way;
          if (last && seen.has(parent)) continue;
          seen.add(parent);
          for (const step of stepsFrom(parent)) {
            if (
              isCompositeType(getNamedType(step.field.type)) &&
              !byId.has(coordinateOf(step)) &&
              may(step)
            ) {
              longer.push([...way, step]);
            }
          }
        }
      }
      ways = longer;
    }
  }
  return undefined;
}

/** The types that a field can return, without failures. */
function membersOf(type: GraphQLNamedType): readonly GraphQLObjectType[] {
  if (isUnionType(type)) return type.getTypes().filter((member) => !isFailure(member));
  return isObjectType(type) && !isFailure(type) ? [type] : [];
}

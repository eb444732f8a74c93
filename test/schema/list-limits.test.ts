import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { type ListLimit, tooLongLists } from '../../src/resolvers/list-limits.ts';
import { schema } from '../../src/schema/index.ts';
import { everyScope } from '../../src/scopes.ts';

type Input = GraphQLArgument | GraphQLInputField;
type Path = readonly string[];

/** A value of a type; the list at `path` has `count` items. */
function sampleOf(given: GraphQLInputType, path: Path, count: number): unknown {
  const type = getNullableType(given);
  if (isListType(type)) {
    if (path.length === 0) return Array(count).fill(sampleOf(type.ofType, [], 1));
    return [sampleOf(type.ofType, path.slice(1), count)];
  }
  if (isInputObjectType(type)) return samplesOf(Object.values(type.getFields()), path, count, type.isOneOf);
  if (isEnumType(type)) return type.getValues()[0]?.value;
  return { Int: 1, Boolean: true, Date: '2026-11-23', LocalTime: '09:00' }[type.name] ?? '1001';
}

function samplesOf(
  inputs: readonly Input[],
  path: Path,
  count: number,
  one = false,
): Record<string, unknown> {
  const wanted = inputs.filter(
    (input, at) => input.name === path[0] || isNonNullType(input.type) || (one && at === 0),
  );
  return Object.fromEntries(
    wanted.map(({ name, type }) => [name, sampleOf(type, name === path[0] ? path.slice(1) : ['-'], count)]),
  );
}

interface List {
  readonly coordinate: string;
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly path: Path;
  readonly input: Input;
}

function listsIn(inputs: readonly Input[], above: Path): { readonly path: Path; readonly input: Input }[] {
  return inputs.flatMap((input) => {
    const path = [...above, input.name];
    const type = getNullableType(input.type);
    if (isInputObjectType(type)) return listsIn(Object.values(type.getFields()), path);
    if (!isListType(type)) return [];
    const item = getNullableType(type.ofType);
    const below = isInputObjectType(item) ? listsIn(Object.values(item.getFields()), [...path, '0']) : [];
    return [{ path, input }, ...below];
  });
}

const lists: readonly List[] = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) =>
      listsIn(field.args, []).map((list) => ({
        coordinate: `${type.name}.${field.name}`,
        type,
        field,
        ...list,
      })),
    ),
  )
  .filter(({ type }) => !type.name.startsWith('__'));

const context = {
  caller: { name: 'test', scopes: everyScope, practices: 'all' },
  session: { beginChange() {} },
  report() {},
};

async function answerOf({ type, field, path }: List, count: number): Promise<unknown> {
  const info = {
    parentType: type,
    fieldName: field.name,
    schema,
    variableValues: {},
    fieldNodes: [],
    fragments: {},
  };
  try {
    return await field.resolve?.({}, samplesOf(field.args, path, count), context, info as never);
  } catch (error) {
    return error;
  }
}

const limitOf = ({ input }: List) => input.extensions.listLimit as ListLimit;

describe('I2: every list that a caller can send has a limit', () => {
  test('those that the schema has are found', () => {
    expect(lists.map(({ coordinate, path }) => `${coordinate}(${path.join('.')})`)).toEqual(
      expect.arrayContaining([
        'Query.nodes(ids)',
        'Practice.patients(search.pmsIds)',
        'Site.sqlQueries(ids)',
        'Mutation.setClinicHours(input.week)',
        'Mutation.setClinicHours(input.week.0.periods)',
        'Mutation.runSql(input.command.parameters)',
      ]),
    );
  });

  test.each(lists.map((list) => [`${list.coordinate}(${list.path.join('.')})`, list] as const))(
    '%s is refused when it is longer, before anything else',
    async (_name, list) => {
      const { max, of } = limitOf(list);
      expect(list.input.description).toContain(`At most ${max.toLocaleString('en')} ${of}.`);
      for (const count of [max + 1, 200_000]) {
        const answer = await answerOf(list, count);
        // As data, the error is a copy.
        expect(answer).toMatchObject({
          code: 'INVALID_INPUT',
          issues: [{ path: list.path, message: `At most ${max.toLocaleString('en')} ${of}.` }],
        });
      }
      expect(tooLongLists(list.field.args, samplesOf(list.field.args, list.path, max))).toEqual([]);
    },
  );
});

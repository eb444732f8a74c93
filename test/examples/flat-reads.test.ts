/** The README's first query, the examples and the page about flat reads are correct. */
import { readdirSync, readFileSync } from 'node:fs';
import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { openFacade } from '../open-facade.ts';
import { flatNames } from '../price/flattened.ts';

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = file('docs/flat-reads.md');
const facade = openFacade();
afterAll(() => facade.close());

test("the README's first query has at most 12 lines and runs as written", async () => {
  const [, query = ''] = /```graphql\n([^`]*)```/.exec(file('README.md')) ?? [];
  expect(query.trim().split('\n').length).toBeLessThanOrEqual(12);
  const { data, errors, cost } = await facade.execute(query);
  expect(errors).toBeUndefined();
  expect(data.viewer.practice.appointmentsConnection.nodes).toHaveLength(3);
  expect(cost.charged).toBe(1);
});

test('the page names every flat field', () => {
  for (const [union, flat] of flatNames(schema)) {
    expect(page).toContain(union.startsWith('Query.') ? `viewer { ${flat}(` : `\`${flat}\``);
  }
});

test('the page names what the extensions of each type of error hold', () => {
  const halo = schema.getType('HaloError');
  const always = isInterfaceType(halo) ? Object.keys(halo.getFields()) : [];
  const types = isInterfaceType(halo) ? schema.getPossibleTypes(halo).filter(isObjectType) : [];
  expect(types.length).toBeGreaterThan(10);
  for (const type of types) {
    const { name } = type;
    const fields = Object.values(type.getFields())
      .filter((field) => !always.includes(field.name) && field.deprecationReason === undefined)
      .filter((field) => getNamedType(field.type).name !== 'Site')
      .map((field) => field.name);
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? '';
    for (const field of fields) expect(row, name).toContain(`\`${field}\``);
    if (fields.length === 0) expect(row).toBe('');
  }
});

test('every fragment of the examples selects __typename', () => {
  const folder = 'examples/operations/';
  for (const name of readdirSync(new URL(`../../${folder}`, import.meta.url))) {
    visit(parse(file(`${folder}${name}`)), {
      FragmentDefinition({ name: { value }, selectionSet }) {
        const selected = selectionSet.selections.map((each) => each.kind === Kind.FIELD && each.name.value);
        expect(selected, `${name}: ${value}`).toContain('__typename');
      },
    });
  }
});

test('the examples select the id of every type that has one: caches need it as key', () => {
  const folder = 'examples/operations/';
  for (const name of readdirSync(new URL(`../../${folder}`, import.meta.url))) {
    const types = new TypeInfo(schema);
    const without: string[] = [];
    visit(
      parse(file(`${folder}${name}`)),
      visitWithTypeInfo(types, {
        SelectionSet({ selections }) {
          const type = types.getParentType();
          if (!isObjectType(type) || !type.getFields().id) return;
          const isSelected = selections.some(
            (each) =>
              each.kind === Kind.FRAGMENT_SPREAD || (each.kind === Kind.FIELD && each.name.value === 'id'),
          );
          if (!isSelected) without.push(type.name);
        },
      }),
    );
    expect(without, name).toEqual([]);
  }
});

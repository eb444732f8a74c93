import fc from 'fast-check';
import { buildSchema, type GraphQLObjectType } from 'graphql';
import { test } from 'vitest';
import { expectSameAnswers } from './same-answers.ts';

const fields = Array.from({ length: 200 }, (_, index) => `f${index}: String`).join(' ');
const schema = buildSchema(`
  scalar Anything
  enum Colour { RED GREEN }
  type Item {
    id: ID! text: String number: Int decimal: Float flag: Boolean colour: Colour any: Anything
    next: Item items: [Item] one(of: Int): Item either: Either required: String! ${fields}
  }
  type Other { text: String }
  union Either = Item | Other
  type Query { items: [Item] }
`);

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ maxLength: 140 }),
  fc.constantFrom('\ud800', 'a\udc00b', '\u0000', '"', '\\', '\u007f', '\u0080', 'é', '☂', '\u2028'),
  fc.constantFrom(127, 128, 129, 5_000).map((length) => 'x'.repeat(length)),
  fc.constantFrom(127, 128, 129).map((length) => '\u0001'.repeat(length)),
);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const leaves = {
  id: text,
  text: orNull(text),
  number: orNull(
    fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.constantFrom(0, -0, 9, 10, 100_000)),
  ),
  decimal: orNull(
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(2 ** 31, 2 ** 53, 1e300)),
  ),
  flag: orNull(fc.boolean()),
  colour: fc.constantFrom(null, 'RED', 'GREEN', 'no colour'),
  any: fc.jsonValue({ maxDepth: 2 }),
  // An error in a field that must not be null makes the item null.
  required: fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: fc.constant(null) }),
};
const leafItem = fc.record(leaves);
const item = fc.record({
  ...leaves,
  next: orNull(leafItem),
  items: orNull(fc.array(orNull(leafItem), { maxLength: 3 })),
  one: orNull(leafItem),
  either: fc.oneof(
    leafItem.map((each) => ({ __typename: 'Item', ...each })),
    text.map((each) => ({ __typename: 'Other', text: each })),
  ),
});

const { items: listField } = (schema.getQueryType() as GraphQLObjectType).getFields();
if (listField) listField.resolve = (_source, _args, { items }) => items;

const sameBytes = (selection: string, items: readonly unknown[]) =>
  expectSameAnswers({ schema, text: `{ items ${selection} }`, context: () => ({ items }) });

const allKinds = `{
  __typename id text t: text toJSON: text number decimal flag colour any required
  next { id __typename text next { id } items { id } } items { text } one(of: 1) { number id }
  either { __typename ... on Item { id number } ... on Other { text } }
}`;

test('items of a list that is serialised at once are written as JSON.stringify writes them', async () => {
  const list = fc.array(fc.option(item, { nil: null, freq: 9 }), { minLength: 32, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(list, async (items) => {
      await sameBytes(allKinds, items);
    }),
    { numRuns: 40 },
  );
});

test('a list of any length is written like that', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ ...leaves, colour: fc.constant('RED'), id: text, required: text })),
      fc.nat(300),
      async (some, count) => {
        const items = Array.from({ length: count }, (_, index) => some[index % (some.length || 1)] ?? null);
        await sameBytes('{ id text number decimal flag colour any required next { id } }', items);
      },
    ),
    { numRuns: 40 },
  );
});

test('long items, short ones, and a selection of more than the writer can hold', async () => {
  const lengths = [0, 1, 127, 128, 129, 1_000, 9_000, 270_000];
  for (const letter of ['x', '\u0001', '"', 'é', '☂', '\ud800']) {
    const items = Array.from({ length: 130 }, (_, index) => ({
      id: index,
      text: letter.repeat(lengths[index] ?? 128),
      required: '',
    }));
    await sameBytes('{ id text required }', items);
  }
  for (const count of [100, 200]) {
    const names = Array.from({ length: count }, (_, index) => `f${index}`);
    const row = Object.fromEntries(names.map((name) => [name, '\u0001'.repeat(128)]));
    await sameBytes(
      `{ ${names.join(' ')} }`,
      Array.from({ length: 40 }, () => row),
    );
  }
});

test('items that wait do not stop others from being written', async () => {
  const items = Array.from({ length: 300 }, (_, index) => ({
    id: index,
    text: index % 150 === 149 ? Promise.resolve('late') : () => 'early',
    next: index % 3 === 0 ? null : { id: 1 },
  }));
  await sameBytes('{ id text next { id } }', items);
  await sameBytes('{ id text next { id } }', items.slice(0, 149));
});

/** A change of the schema that breaks clients fails `npm run schema:check`, unless the changelog names it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { unnamedChanges } from '../../released/breaking-changes.ts';

const released = `
  directive @price(calls: Int) on FIELD_DEFINITION
  type Query { practice(bpSiteId: ID!): Practice, book(first: Int): [Book!] }
  type Practice { id: ID! name: String! phone: String @deprecated(reason: "Use name.") }
  type Book { id: ID! }
  type Failure { code: Code! }
  enum Code { OFFLINE MOVED }
  union Result = Book
  input Search { name: String }
`;
const changelog = (unreleased: string, older = '') =>
  `# Changelog\n\nPolicy: \`Query.book\`.\n\n## Unreleased\n\n${unreleased}\n\n## 0.1.0\n\n${older}\n`;
const coordinates = async (from: string, to: string, log = changelog('')) =>
  (await unnamedChanges(released, released.replace(from, to), log)).map(({ coordinate }) => coordinate);

test.each([
  ['a field that is gone', 'name: String!', '', 'Practice.name'],
  ['a deprecated field that is gone', 'phone: String @deprecated(reason: "Use name.")', '', 'Practice.phone'],
  ['a field that can now be null', 'name: String!', 'name: String', 'Practice.name'],
  ['a field of another type', 'name: String!', 'name: Int!', 'Practice.name'],
  ['an argument that is gone', '(first: Int)', '', 'Query.book(first:)'],
  ['an argument that is now required', 'first: Int', 'first: Int!', 'Query.book(first:)'],
  ['a new argument that is required', 'first: Int', 'first: Int, day: ID!', 'Query.book(day:)'],
  [
    'an input field that is now required',
    'input Search { name: String',
    'input Search { name: String!',
    'Search.name',
  ],
  ['an enum value that is gone', 'OFFLINE MOVED', 'OFFLINE', 'Code.MOVED'],
  ['a type that is gone', 'type Failure { code: Code! }', '', 'Failure'],
  ["a directive's argument that is gone", '@price(calls: Int)', '@price', '@price(calls:)'],
])('%s fails until the changelog names its coordinate', async (_change, from, to, coordinate) => {
  expect(await coordinates(from, to)).toContain(coordinate);
  expect(await coordinates(from, to, changelog('', `\`${coordinate}\` is gone.`))).toContain(coordinate);
  expect(await coordinates(from, to, changelog(`\`${coordinate}\` is gone.`))).not.toContain(coordinate);
});

test.each([
  ['a new field', 'name: String!', 'name: String! fax: String'],
  ['a new optional argument', 'first: Int', 'first: Int, after: String'],
  ['a new enum value', 'OFFLINE MOVED', 'OFFLINE MOVED GONE'],
  ['a new member of a union', 'union Result = Book', 'union Result = Book | Failure'],
  ['a deprecation', 'name: String!', 'name: String! @deprecated(reason: "Use id.")'],
  ['nothing', '', ''],
])('%s passes', async (_change, from, to) => {
  expect(await coordinates(from, to)).toEqual([]);
});

test('the schema breaks no client of the last release, other than the changelog names', async () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const [last, current] = [read('released/schema.graphql'), read('schema.graphql')];
  expect(await unnamedChanges(last, current, read('CHANGELOG.md'))).toEqual([]);
  expect(await unnamedChanges(last, current, '')).not.toEqual([]);
});

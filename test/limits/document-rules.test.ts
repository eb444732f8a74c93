import { getIntrospectionQuery, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { graphiqlTabs } from '../../src/http/graphiql-tabs.ts';
import { measure } from '../../src/lib/document-size.ts';
import { documentLimits, limitRule } from '../../src/limits/document-rules.ts';
import { schema } from '../../src/schema/index.ts';

const codes = (query: string, limits = documentLimits) =>
  validate(schema, parse(query), [limitRule(limits)]).map(({ extensions }) => extensions.code);
const sizeOf = (query: string) => {
  const document = parse(query);
  const operation = document.definitions.find((one) => one.kind === 'OperationDefinition');
  if (!operation) throw new Error('no operation');
  return measure(document)(operation);
};

test('an operation is measured with its fragments wherever they are spread', () => {
  expect(
    sizeOf(
      'query @a { x: a { ...F } b { ... on T @b { ...F @c } } } fragment F on T { c { d: e } f @skip(if: true) }',
    ),
  ).toEqual({ depth: 3, fields: 8, rootFields: 2, aliases: 3, directives: 5 });
});

test('root fields count through fragments', () => {
  expect(sizeOf('{ ...F ... { c } } fragment F on Query { a b }').rootFields).toBe(3);
});

describe('what is refused', () => {
  test.each([
    ['DOCUMENT_TOO_DEEP', `{ ${'a { '.repeat(15)} b ${'}'.repeat(15)} }`],
    ['DOCUMENT_TOO_LARGE', `{ a { ${'b '.repeat(2_001)} } }`],
    ['TOO_MANY_ROOT_FIELDS', `{ ${'b '.repeat(21)} }`],
    ['TOO_MANY_ALIASES', `{ a { ${Array.from({ length: 51 }, (_, n) => `a${n}: b`).join(' ')} } }`],
    ['TOO_MANY_DIRECTIVES', `{ a { b ${'@skip(if: false) '.repeat(51)} } }`],
  ])('%s', (code, query) => expect(codes(query)).toEqual([code]));

  test('I4: more than 20 operations, with one error however many there are', () => {
    const operations = (count: number) =>
      Array.from({ length: count }, (_, n) => `query Q${n} { b }`).join(' ');
    expect(codes(operations(20))).toEqual([]);
    expect(codes(operations(21))).toEqual(['DOCUMENT_TOO_LARGE']);
    expect(codes(operations(2_000))).toEqual(['DOCUMENT_TOO_LARGE']);
  });

  test('with HTTP 400', () => {
    const [error] = validate(schema, parse(`{ ${'b '.repeat(21)} }`), [limitRule(documentLimits)]);
    expect(error?.extensions.http).toEqual({ status: 400 });
  });

  test('exactly what is allowed is not', () => {
    expect(codes(`{ ${'a { '.repeat(14)} b ${'}'.repeat(14)} }`)).toEqual([]);
    expect(codes(`{ ${'b '.repeat(20)} }`)).toEqual([]);
  });
});

test('a document that multiplies without end is refused at once', () => {
  const levels = Array.from(
    { length: 500 },
    (_, n) => `fragment F${n} on T { a { ...F${n + 1} } b { ...F${n + 1} } }`,
  );
  expect(codes(`{ ...F0 } ${levels.join(' ')} fragment F500 on T { c }`)).toEqual([
    'DOCUMENT_TOO_DEEP',
    'DOCUMENT_TOO_LARGE',
  ]);
});

test('fragments that lead back to themselves, or to nowhere, come to an end', () => {
  expect(
    codes('{ ...A } fragment A on T { a { ...B } } fragment B on T { b { ...A ...B ...None } }'),
  ).toEqual([]);
});

test('introspection and the tabs of GraphiQL pass', () => {
  expect(codes(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }))).toEqual([]);
  for (const { query } of graphiqlTabs(0)) expect(codes(query)).toEqual([]);
});

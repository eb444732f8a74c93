import { getIntrospectionQuery, parse, specifiedRules, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { countFieldComparisons } from '../../src/limits/field-comparisons.ts';
import { faultsOf } from '../../src/limits/read-document.ts';
import { schema } from '../../src/schema/index.ts';

const count = (document: string) => countFieldComparisons(parse(document), Number.POSITIVE_INFINITY);
const times = (length: number, part: (at: number) => string) =>
  Array.from({ length }, (_, at) => part(at)).join(' ');
const chain = (name: string, length: number, field: string) =>
  `${times(length, (at) => `fragment ${name}${at} on Viewer { ${field} ...${name}${at + 1} }`)} fragment ${name}${length} on Viewer { ${field} }`;
const inPractice = (fields: string) => `{ practice(bpSiteId: "1001") { ... on Practice { ${fields} } } }`;

function faults(query: string): readonly { readonly message: string; readonly code: unknown }[] {
  const found = faultsOf(schema, parse(query), () => validate(schema, parse(query), specifiedRules));
  return found.map(({ message, extensions }) => ({ message, code: extensions.code }));
}

describe('I1: how much work it is to compare the fields of a document', () => {
  it('grows with the square of the times that a field is repeated', () => {
    expect(count(`{ viewer { ${'name '.repeat(100)} } }`)).toBeCloseTo(
      count(`{ viewer { ${'name '.repeat(200)} } }`) / 4,
      -3,
    );
    expect(count(`{ viewer { ${times(200, (at) => `a${at}: name`)} } }`)).toBeLessThan(250);
  });

  it('is the same for a field that comes from a fragment, an inline fragment or a merged parent', () => {
    const pairs = [
      '{ viewer { name name name name } }',
      '{ viewer { ... { name name } ... on Viewer { name name } } }',
      '{ viewer { name name } viewer { name name } }',
      '{ viewer { name name name ...F } } fragment F on Viewer { name }',
    ].map(count);
    expect(Math.min(...pairs)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...pairs)).toBeLessThan(20);
  });

  it('is small for the introspection query', () => {
    expect(count(getIntrospectionQuery())).toBeLessThan(1_000);
  });

  it('is counted to the limit only, also where fragments multiply below introspection', () => {
    const doubling = `{ __type(name: "Practice") { ...F0 } } ${times(40, (at) => `fragment F${at} on __Type { a: ofType { ...F${at + 1} } b: ofType { ...F${at + 1} } }`)} fragment F40 on __Type { name }`;
    expect(countFieldComparisons(parse(doubling), 10_000)).toBeGreaterThan(10_000);
  });

  it.each([
    ['one field', `{ viewer { ${'name '.repeat(1_900)} } }`],
    ['one field of the introspection', `{ __schema { queryType { ${'name '.repeat(9_000)} } } }`],
    ['one object', inPractice('site { practice { __typename } } '.repeat(400))],
    ['a field with arguments', inPractice('patient(pmsId: "1") { __typename } '.repeat(600))],
    [
      'fragments',
      `{ viewer { ${times(900, (at) => `...F${at}`)} } } ${times(900, (at) => `fragment F${at} on Viewer { name }`)}`,
    ],
    ['a chain of fragments', `{ viewer { ...F0 } } ${chain('F', 1_000, 'name')}`],
    [
      'two chains of fragments',
      `{ viewer { ...F0 ...G0 } } ${chain('F', 390, 'name')} ${chain('G', 390, 'scopes')}`,
    ],
    ['fragments that nothing uses', `{ viewer { name } } ${chain('F', 1_000, 'name')}`],
  ])('is refused before graphql-js does it: %s', (_, query) => {
    expect(faults(query)).toEqual([
      { message: expect.stringContaining('selects the same fields too often'), code: 'DOCUMENT_TOO_LARGE' },
    ]);
  });

  it('does not refuse what a client with a fragment for each component sends', () => {
    const components = times(100, (at) => `fragment C${at} on Viewer { __typename name scopes }`);
    expect(faults(`{ viewer { ${times(100, (at) => `...C${at}`)} } } ${components}`)).toEqual([]);
  });
});

import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { createDocuments } from '../../src/operation/documents.ts';
import { isSubscription } from '../../src/operation/subscription-operation.ts';
import { rememberPrices } from '../../src/price/remembered-prices.ts';
import { engineIsOff } from '../engine-is-off.ts';

const schema = buildSchema('type Query { a(x: Int): Query b: String c: String }');
/** The memory limit of all documents together, and of one. */
const maxBytes = 64_000_000;
const maxBytesPerDocument = 8_000_000;

const remembered = (documents: ReturnType<typeof createDocuments>, texts: readonly string[]) =>
  texts.filter((text) => documents.remembered(text)).length;

test('hundreds of documents of the usual length are remembered, each read once', () => {
  const documents = createDocuments({ schema });
  const texts = Array.from({ length: 250 }, (_, at) => `query Q${at} { b }`.padEnd(900));
  for (const text of texts) documents.read(text);
  expect(remembered(documents, texts)).toBe(250);
  expect(documents.read(texts[7] ?? '')).toBe(documents.remembered(texts[7] ?? ''));
});

test('a document has its operations prepared once, and none where it is not valid', () => {
  const documents = createDocuments({ schema });
  const known = documents.read('query A { b } query B { c }');
  expect(known.faults).toEqual([]);
  expect(known.operation('A')).toBe(known.operation('A'));
  expect(known.operation('A')).not.toBe(known.operation('B'));
  expect([known.operation('C'), known.operation(undefined)]).toEqual([null, null]);
  const wrong = documents.read('{ d }');
  expect([wrong.faults.length, wrong.operation(undefined)]).toEqual([1, null]);
  expect(() => documents.read('{')).toThrow('Syntax Error');
});

test('I4: whatever is remembered of documents is bounded in bytes: of long ones a few', () => {
  const documents = createDocuments({ schema });
  const texts = Array.from({ length: 60 }, (_, at) => `query Q${at} { ${'b '.repeat(4_900)} }`);
  for (const text of texts) documents.read(text);
  expect(remembered(documents, texts)).toBeLessThan(30);
  expect(documents.bytes).toBeLessThanOrEqual(maxBytes);
  expect(documents.remembered(texts.at(-1) ?? '')).toBeDefined();
});

const isOff = engineIsOff('test/operation/documents.test.ts: I4', 'no operation has compiled variants');

test.skipIf(isOff)('I4: operations, variants and prices count', async () => {
  const documents = createDocuments({ schema, compileAfter: 0 });
  const fields = Array.from({ length: 50 }, (_, at) => `f${at}: a(x: $x) { b }`).join(' ');
  const operation = (name: string) =>
    `query ${name}($x: Int, $p: Boolean!, $q: Boolean!, $r: Boolean!) {
      a { ${fields} } b @skip(if: $p) a { b @include(if: $q) c @skip(if: $r) } }`;
  const priceOf = rememberPrices(schema, 'auto');
  for (let turn = 0; turn < 60; turn++) {
    const text = [...Array(5).keys()].map((at) => operation(`Q${turn}x${at}`)).join(' ');
    const before = documents.read(text);
    const parsed = documents.bytes;
    for (let bits = 0; bits < 8; bits++) {
      const variables = { p: !!(bits & 1), q: !!(bits & 2), r: !!(bits & 4) };
      for (let at = 0; at < 5; at++) {
        const prepared = before.operation(`Q${turn}x${at}`);
        if (!prepared || isSubscription(prepared)) throw new Error('It is not valid.');
        await prepared.execute({}, variables);
        priceOf({ ...prepared, variables }, 0);
      }
    }
    if (turn === 0) expect(documents.bytes - parsed).toBeGreaterThan(maxBytesPerDocument / 2);
    expect(documents.bytes).toBeLessThanOrEqual(maxBytes);
  }
  expect(documents.bytes).toBeGreaterThan(maxBytes / 2);
});

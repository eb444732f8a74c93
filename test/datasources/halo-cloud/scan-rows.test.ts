import { serialize } from 'node:v8';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { decodeRows } from '../../../src/datasources/halo-cloud/sql/rows.ts';
import { scanRows } from '../../../src/engine/rows/scan-rows.ts';
import { Utf8Text } from '../../../src/engine/rows/utf8-text.ts';
import { engineIsOff } from '../../engine-is-off.ts';

const scanning = test.skipIf(
  engineIsOff(
    'test/datasources/halo-cloud/scan-rows.test.ts',
    'JSON.parse reads the rows, and nothing is scanned',
  ),
);

afterEach(() => vi.unstubAllGlobals());

const columns = ['a', 'b', 'c1'];

const plainText = fc.string({
  unit: fc.constantFrom(...'abz XYZ019{}[]:,-.\u007f\u0080éÿ', '\n', '"', '\\', '\u0122', '’'),
  maxLength: 20,
});
const anyText = fc.oneof(plainText, fc.string(), fc.string({ unit: 'binary' }));
const plainValue = fc.oneof(
  plainText,
  fc.nat(),
  fc.nat(999_999_999_999_999),
  fc.boolean(),
  fc.constant(null),
);
const anyValue = fc.oneof(plainValue, anyText, fc.double(), fc.integer(), fc.constant([]), fc.constant({}));
const rowOf = (value: fc.Arbitrary<unknown>) => fc.record({ a: value, b: value, c1: value });

/** Undefined where JSON.parse refuses. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

scanning('reads the rows that come as expected', () => {
  fc.assert(
    fc.property(fc.array(rowOf(plainValue), { minLength: 1 }), (rows) => {
      expect(scanRows(JSON.stringify(rows), columns)).toEqual(rows);
    }),
  );
});

/** Whether V8 keeps one byte for each character: its serialisation says so. */
const isNarrow = (text: unknown) => serialize(text).includes(Buffer.from(`${text}`, 'latin1'));

scanning('keeps texts in one byte for each character, also beside a wide character', () => {
  const name = 'Testina Samplewood-Placebo';
  const rows = [name, 'Wide ’ Quokkina', 'é', name].map((a) => ({ a, b: 'short', c1: null }));
  expect(isNarrow(`Wide ’ ${name}`.slice(7))).toBe(false);
  const scanned = scanRows(JSON.stringify(rows), columns);
  expect(scanned).toEqual(rows);
  expect(scanned?.map(({ a }) => isNarrow(a))).toEqual([true, false, true, true]);
  expect(scanned?.every(({ b }) => isNarrow(b))).toBe(true);
});

test('reads what JSON.parse reads, or nothing: any rows, any way to write them', () => {
  const row = fc.oneof(
    rowOf(anyValue),
    fc.record({ a: anyValue, b: anyValue, c1: anyValue }, { requiredKeys: [] }),
    fc.dictionary(fc.constantFrom(...columns, 'A', 'c', 'toString'), anyValue),
    anyValue,
  );
  fc.assert(
    fc.property(fc.array(row), fc.constantFrom(0, 0, 1, '\t'), (rows, space) => {
      const json = JSON.stringify(rows, null, space);
      const scanned = scanRows(json, columns);
      if (scanned !== undefined) expect(scanned).toStrictEqual(parsed(json));
    }),
    { numRuns: 500 },
  );
});

test('accepts nothing that JSON.parse refuses, however a text is damaged', () => {
  const damage = fc.record({
    at: fc.nat(),
    away: fc.nat(3),
    put: fc.oneof(
      fc.constantFrom('', '0', '00', '-', '.', 'e', ',', '"', '\\', '}', ']', '{', '\n', '\u0000', '\u001f'),
      fc.constantFrom('null', 'nul', 'tru', 'true', 'false', '\u0122', '\u00e9', '\ud800', ':', '"a":'),
      fc.string({ maxLength: 2 }),
    ),
  });
  fc.assert(
    fc.property(fc.array(rowOf(plainValue), { minLength: 1, maxLength: 3 }), damage, (rows, how) => {
      const whole = JSON.stringify(rows);
      const at = how.at % (whole.length + 1);
      const json = whole.slice(0, at) + how.put + whole.slice(at + how.away);
      const scanned = scanRows(json, columns);
      if (scanned !== undefined) expect(scanned).toStrictEqual(parsed(json));
    }),
    { numRuns: 3_000 },
  );
});

test('reads from bytes what JSON.parse reads from their text, also when they are not UTF-8', () => {
  const damage = fc.record({ at: fc.nat(), put: fc.uint8Array({ min: 0x78, maxLength: 4 }) });
  fc.assert(
    fc.property(fc.array(rowOf(plainValue), { minLength: 1, maxLength: 3 }), damage, (rows, { at, put }) => {
      const whole = Buffer.from(JSON.stringify(rows));
      const place = at % (whole.length + 1);
      const bytes = Buffer.concat([whole.subarray(0, place), put, whole.subarray(place)]);
      const scanned = scanRows(new Utf8Text(bytes.toString('latin1')), columns);
      if (scanned !== undefined) expect(scanned).toStrictEqual(parsed(bytes.toString('utf8')));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['blanks between', '[{"a": 1,"b":2,"c1":3}]'],
  ['another order', '[{"b":1,"a":2,"c1":3}]'],
  ['a column less', '[{"a":1,"b":2}]'],
  ['a column more', '[{"a":1,"b":2,"c1":3,"d":4}]'],
  ['another name', '[{"a":1,"b":2,"c2":3}]'],
  ['a longer name', '[{"a":1,"b":2,"c12":3}]'],
  ['no array', '{"a":1,"b":2,"c1":3}'],
  ['no rows', '[]'],
  ['an escape that JSON does not have', '[{"a":"\\x","b":2,"c1":3}]'],
  ['an escape without an end', '[{"a":"\\"'],
  ['a control character after an escape', '[{"a":"\\n\n","b":2,"c1":3}]'],
  ['a control character', '[{"a":"\n","b":2,"c1":3}]'],
  ['a letter beyond Latin-1 outside of a text', '[{"a":\u01e9,"b":2,"c1":3}]'],
  ['a letter whose lower byte is a quote', '[{"a":"Zo\u0122,"b":2,"c1":3}]'],
  ['a character whose last byte is a quote', '[{"a":"\u0122,"b":2,"c1":3}]'],
  ['a leading zero', '[{"a":01,"b":2,"c1":3}]'],
  ['a negative number', '[{"a":-1,"b":2,"c1":3}]'],
  ['a decimal', '[{"a":1.5,"b":2,"c1":3}]'],
  ['an exponent', '[{"a":1e5,"b":2,"c1":3}]'],
  ['a number of too many digits', '[{"a":1234567890123456,"b":2,"c1":3}]'],
  ['a list in a row', '[{"a":[],"b":2,"c1":3}]'],
  ['a comma too many', '[{"a":1,"b":2,"c1":3},]'],
  ['a comma too few', '[{"a":1,"b":2,"c1":3}{"a":1,"b":2,"c1":3}]'],
  ['no comma between values', '[{"a":1"b":2,"c1":3}]'],
  ['text after the end', '[{"a":1,"b":2,"c1":3}]]'],
  ['no end', '[{"a":1,"b":2,"c1":3}'],
])('gives up at %s', (_what, json) => {
  expect(scanRows(json, columns)).toBeUndefined();
});

scanning.each([
  ['a letter beyond Latin-1', ['\u01e9']],
  ['a letter whose lower byte is one of ASCII', ['Zoě']],
  ['letters whose lower byte is a quote, a backslash, a control character', ['\u0122', '\u015c', '\u0119']],
  ['a sign of two units', ['Zo\u{1f600}']],
  ['some texts with wide letters, and some without', ['é', '\u0122', 'plain', 'ÿ', '\u0122', 'end']],
  ['escapes', ['one\r\ntwo', '"', '\\', 'a\\"b', '\u0001', 'plain']],
  ['escapes and wide letters', ['\n\u0122', 'plain', '\u0122\n', 'ÿ']],
])('reads %s', (_what, texts) => {
  const rows = texts.map((text, index) => ({ a: text, b: index, c1: `${text}${text}` }));
  expect(scanRows(JSON.stringify(rows), columns)).toStrictEqual(rows);
});

scanning('an answer that breaks off is not read on in the one before it', () => {
  const json = '[{"a":"one","b":2,"c1":3}]';
  for (let length = 0; length < json.length; length += 1) {
    expect(scanRows(json, columns)).toHaveLength(1);
    expect(scanRows(json.slice(0, length), columns)).toBeUndefined();
  }
});

scanning.each([4 * 1024 * 1024, 5_000_000])('a text of about %d characters', (length) => {
  for (let more = -1; more <= 1; more += 1) {
    const filler = 'x'.repeat(length + more - '[{"a":"é","b":1,"c1":2}]'.length);
    for (const a of [`${filler}e`, `${filler}é`, `é${filler}`, `${filler}\u0122`, `\u0122${filler}`]) {
      const json = JSON.stringify([{ a, b: 1, c1: 2 }]);
      expect(JSON.stringify(scanRows(json, columns)) === json).toBe(true);
    }
  }
});

test.each([[[]], [['A']], [['a10']], [['a b']], [['']]])('scans nothing for columns %j', (names) => {
  const json = JSON.stringify([Object.fromEntries(names.map((name) => [name, 1]))]);
  expect(scanRows(json, names)).toBeUndefined();
});

test('rows are checked and counted however they are read', () => {
  const encode = (json: string) => Buffer.from(json).toString('base64');
  const rows = [{ a: 1, b: 'x', c1: null }];
  const data = encode(JSON.stringify(rows));
  expect(decodeRows({ data, rowCount: 1 }, columns)).toEqual(rows);
  expect(() => decodeRows({ data, rowCount: 2 }, columns)).toThrow('1 of 2 rows');
  expect(decodeRows({ data: encode('[{"b":1}]') }, columns)).toEqual([{ b: 1 }]);
  expect(() => decodeRows({ data: encode('[{"a":1,"b":2,"c1":3}') }, columns)).toThrow(
    expect.objectContaining({ name: 'MalformedResponse' }),
  );
});

test('scans nothing where Node may not make code', () => {
  vi.stubGlobal('Function', function forbidden() {
    throw new EvalError('Code generation from strings disallowed for this context');
  });
  expect(scanRows('[{"q":1,"z":2}]', ['q', 'z'])).toBeUndefined();
});

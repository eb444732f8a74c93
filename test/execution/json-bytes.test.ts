import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asJsonBytes, JsonBytes, jsonPieces } from '../../src/engine/executor/json-bytes.ts';

const written = (result: object) =>
  Buffer.concat(jsonPieces(result).map((piece) => Buffer.from(piece as string))).toString('utf8');

const anything = fc.anything({ maxDepth: 3, values: [fc.jsonValue(), fc.constant(undefined), fc.date()] });

test('whatever it is, it is written as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(anything, (value) => {
      for (const result of [{ data: value }, { data: { value } }, { data: null, extensions: { value } }]) {
        expect(written(result)).toBe(JSON.stringify(result));
      }
    }),
  );
});

test('items that are JSON already are written as they would have been', () => {
  const items = fc.array(fc.tuple(fc.jsonValue(), fc.boolean()), { minLength: 1 });
  fc.assert(
    fc.property(items, fc.jsonValue(), (list, beside) => {
      const made = list.map(([item, early]) => (early ? asJsonBytes(item) : item));
      const answer = (nodes: unknown) => ({
        data: { a: { nodes, beside }, gone: undefined },
        extensions: { beside },
      });
      expect(written(answer(made))).toBe(JSON.stringify(answer(list.map(([item]) => item))));
    }),
  );
});

test('several items in one, letters of several bytes, and what JSON has not', () => {
  const several = new JsonBytes(Buffer.from('{"a":"é"},null,"☂"'));
  expect(written({ data: { list: [several, undefined, () => 1, new Date(0)], method() {} } })).toBe(
    '{"data":{"list":[{"a":"é"},null,"☂",null,null,"1970-01-01T00:00:00.000Z"]}}',
  );
  expect(written({})).toBe('{}');
});

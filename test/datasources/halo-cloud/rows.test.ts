import { describe, expect, it } from 'vitest';
import { immediateQuery } from '../../../src/datasources/halo-cloud/sql/immediate-query.ts';
import { decodeRows } from '../../../src/datasources/halo-cloud/sql/rows.ts';

const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64');

describe('decodeRows', () => {
  it.each([
    ['an array', encode('[{"A":1},{"A":"Zoë  "}]'), [{ A: 1 }, { A: 'Zoë  ' }]],
    ['a byte order mark', encode('\uFEFF[{"A":1}]'), [{ A: 1 }]],
    ['a single object', encode('{"A":1}'), [{ A: 1 }]],
    ['JSON null', encode('null'), []],
    ['an empty text', '', []],
    ['nothing', undefined, []],
    ['null', null, []],
    ['plain rows', [{ A: 1 }], [{ A: 1 }]],
    ['plain JSON text', '[{"A":1}]', [{ A: 1 }]],
  ])('takes %s', (_what, data, rows) => {
    expect(decodeRows({ data })).toEqual(rows);
  });

  it.each([
    ['text that is not base64', '%%%'],
    ['base64 of something else', encode('<html>')],
    ['truncated rows', encode('[{"A":1},{"A"')],
    ['a bare value', encode('7')],
    ['rows that are arrays', encode('[[1]]')],
    ['a number', 7],
  ])('refuses %s', (_what, data) => {
    expect(() => decodeRows({ data })).toThrow(expect.objectContaining({ name: 'MalformedResponse' }));
  });

  it('refuses fewer rows than the answer counts', () => {
    expect(() => decodeRows({ data: encode('[{"A":1}]'), rowCount: 2 })).toThrow('1 of 2 rows');
    expect(() => decodeRows({ data: undefined, rowCount: 30 })).toThrow('0 of 30 rows');
    expect(decodeRows({ data: encode('[{"A":1},{"A":2}]'), rowCount: 1 })).toHaveLength(2);
  });
});

describe('the answer of an immediate query', () => {
  const { read } = immediateQuery('x', { text: 'SELECT 1 AS A', parameters: [] });
  const data = encode('[{"A":1}]');

  it.each([
    ['no data for no rows', { result: { rows: 0, size: 0 } }, 0],
    ['counts as text', { result: { rows: '1', rowsAffected: '-1', data } }, 1],
    ['a null beside its result', { results: null, errorDetails: null, result: { rows: 1, data } }, 1],
    ['results', { results: { rows: 1, data } }, 1],
  ])('may have %s', (_what, body, rows) => {
    expect(read(body)).toHaveLength(rows);
  });

  it.each([
    ['fewer rows than a count as text', { result: { rows: '2', data } }],
    ['rows counted and no data', { result: { rows: 3 } }],
    ['no result', { status: 'successful' }],
  ])('is malformed with %s', (_what, body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ name: 'MalformedResponse' }));
  });
});

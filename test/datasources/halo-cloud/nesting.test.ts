import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultRows } from '../../../src/datasources/halo-cloud/sql/result-rows.ts';
import { decodeEach, decodeRows } from '../../../src/datasources/halo-cloud/sql/rows.ts';
import { readImmediate } from '../../../src/datasources/halo-cloud/sql/sql-result.ts';
import type { RowReader } from '../../../src/engine/rows/row-reader.ts';
import { failureOf, fakeHalo, fhirPath, guidA, openSqlSite } from './kit.ts';

const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const lists = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const command = {
  text: 'x',
  type: 'text',
  executionMode: 'reader',
  parameters: [],
  catalogue: null,
} as const;
const reader: RowReader<unknown> = { read: () => null, nameOf: () => null } as never;
const malformed = expect.objectContaining({ name: 'MalformedResponse' });

describe('I10: a cell that is nested 20,000 levels deep', () => {
  const json = (cell: string) => `[{"A":1,"B":${cell}}]`;
  const ways: readonly [string, (json: string) => unknown][] = [
    ['of a practice', (rows) => decodeRows({ data: encode(rows) }, ['a'])],
    ['of a practice, read at once', (rows) => decodeEach({ data: encode(rows) }, ['a'], reader)],
    ['that was not encoded', (rows) => decodeRows({ data: rows })],
    ['that is JSON itself', (rows) => decodeRows({ data: JSON.parse(rows) })],
    ['of a result or page', (rows) => resultRows(encode(rows))],
    [
      'beside a number that is not rounded',
      (rows) => resultRows(encode(rows.replace('1', '12345678901234567890'))),
    ],
    ['of runSql', (rows) => readImmediate({ result: { rows: 1, data: encode(rows) } }, command)],
  ];
  it.each(ways)('is refused in a row %s', (_what, read) => {
    for (const cell of [
      lists(20_000),
      objects(20_000),
      `{"b":2,"a":${lists(20_000)},"c":[[]]}`,
      lists(150),
    ]) {
      expect(() => read(json(cell))).toThrow(malformed);
    }
    expect(() => read(json(lists(50)))).not.toThrow();
  });

  it('is refused in an output parameter', () => {
    const result = {
      rows: 0,
      data: null,
      parameters: [{ name: '@a', direction: 'Output', value: JSON.parse(lists(20_000)) }],
    };
    expect(() => readImmediate({ result }, command)).toThrow(malformed);
  });

  it('is UPSTREAM_FAILED in a FHIR resource that is about to be changed', async () => {
    const halo = fakeHalo();
    const resource = { resourceType: 'Appointment', id: '12', extension: JSON.parse(lists(500)) };
    halo.answer('GET', fhirPath(guidA, 'Appointment/12'), 200, resource);
    const operation = openSqlSite(halo.halo, { registry: [{ bpSiteId: '1001', haloGuid: guidA }] }).session();
    const practice = await operation.practice('BEST_PRACTICE', '1001');
    expect(await failureOf(practice.fhirRead('Appointment', '12'))).toMatchObject({
      code: 'UPSTREAM_FAILED',
    });
  });
});

describe('I10: a text that is no rows', () => {
  it.each([
    ']',
    '}',
    '[',
    ',',
    '[]]',
    '[,]',
    '[{}',
    '[{"a":1},]',
    '[{"a":1}]]',
    '{"a":1}]',
    '[{"a":1}',
    '"',
    'null]',
  ])('%s is refused', (text) => {
    for (const columns of [[], ['a'], ['a', 'b']]) {
      expect(() => decodeRows({ data: encode(text) }, columns)).toThrow(malformed);
      expect(() => decodeEach({ data: encode(text) }, columns, reader)).toThrow(malformed);
    }
  });

  it('whatever it is, it is read as JSON.parse reads it, or refused', () => {
    const text = fc.string({ unit: fc.constantFrom(...'[]{}",:a1\\ \n-.'), maxLength: 12 });
    const rowText = fc.array(
      fc.constantFrom('[', ']', '{', '}', ',', '"a":1', '{"a":1}', '{"a":null}', '""', ' '),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          rowText.map((parts) => parts.join('')),
        ),
        (json) => {
          let expected: unknown;
          try {
            expected = JSON.parse(json);
          } catch {
            expected = undefined;
          }
          let got: unknown;
          try {
            got = decodeRows({ data: encode(json) }, ['a']);
          } catch {
            return;
          }
          if (json.trim() === '') expect(got).toEqual([]);
          else expect(got).toEqual(expected === null ? [] : Array.isArray(expected) ? expected : [expected]);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

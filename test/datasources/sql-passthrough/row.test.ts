import { expect, test } from 'vitest';
import { Columns } from '../../../src/datasources/sql-passthrough/row.ts';
import { UpstreamFailed } from '../../../src/errors.ts';

type Way = Exclude<keyof Columns, 'cellsOf' | 'cell' | 'recordName'>;

/** Reads this value with this reader. */
function read(way: Way, value: unknown): unknown {
  const columns = new Columns();
  const reader = columns[way]('it');
  return reader(columns.cellsOf({ it: value }));
}

/** Reads the column `absent` of a row, in a statement that selects `absent` and `it`. */
function readAbsent(way: Way, row: Record<string, unknown>): unknown {
  const columns = new Columns();
  columns.text('it');
  const reader = columns[way]('absent');
  return reader(columns.cellsOf(row));
}

test('text is trimmed, blank text is null', () => {
  expect(read('text', 'Samplewood      ')).toBe('Samplewood');
  expect(read('text', '      ')).toBeNull();
  expect(read('text', null)).toBeNull();
});

test.each([
  [7, 7],
  ['7', 7],
  ['  2000000553 ', 2_000_000_553],
  [null, null],
])('a whole number from %j', (value, number) => {
  expect(read('integer', value)).toBe(number);
});

test('0 as an id is null', () => {
  expect(read('id', 0)).toBeNull();
  expect(read('id', 12)).toBe('12');
});

test.each([
  [1, true],
  [0, false],
  ['1', true],
  [true, true],
  [null, null],
])('a flag from %j', (value, flag) => {
  expect(read('flag', value)).toBe(flag);
});

test.each([
  ['2026-11-23T09:15:30', { date: '2026-11-23', seconds: 33_330 }],
  ['2026-11-23T09:15:30.997', { date: '2026-11-23', seconds: 33_330 }],
  ['2026-11-23 00:00:00.0000000', { date: '2026-11-23', seconds: 0 }],
  ['2026-11-23', { date: '2026-11-23', seconds: 0 }],
  ['2026-11-23T09:15:30Z', { date: '2026-11-23', seconds: 33_330 }],
  ['2026-11-23T09:15:30.997+10:30', { date: '2026-11-23', seconds: 33_330 }],
  ['2026-11-23T00:00:00+00:00', { date: '2026-11-23', seconds: 0 }],
  [null, null],
])('wall time from %j', (value, moment) => {
  expect(read('moment', value)).toEqual(moment);
});

test('a row that leaves out what is NULL reads as null where the column may be', () => {
  expect(readAbsent('text', { it: 1 })).toBeNull();
  expect(readAbsent('date', { it: 1 })).toBeNull();
  expect(() => readAbsent('number', { it: 1 })).toThrow(UpstreamFailed);
});

test.each([
  ['of other columns', { IT: 1, ABSENT: 2 }],
  ['with a column more', { it: 1, Absent: 2 }],
  ['of nothing', {}],
])('a row %s is a failure where a column is missing', (_what, values) => {
  expect(() => readAbsent('text', values)).toThrow(UpstreamFailed);
});

test.each([
  ['text', 5],
  ['integer', 'five'],
  ['integer', 1.5],
  ['integer', {}],
  ['number', null],
  ['moment', 'yesterday'],
  ['moment', '2026-02-30T00:00:00'],
  ['moment', 20_261_123],
  ['date', '2026-02-29'],
  ['date', '2026-2-3'],
  ['date', '2026-11-2x'],
  ['date', ':026-11-23'],
  ['date', '20/6-11-23'],
  ['date', '2100-02-29T00:00:00'],
  ['date', '23/11/2026'],
  ['requiredDate', null],
  ['secondsOfDay', 90_000],
  ['flag', []],
] as const)('%s does not take %j, and does not repeat it', (way, value) => {
  const reading = () => read(way, value);
  expect(reading).toThrow(UpstreamFailed);
  try {
    reading();
  } catch (error) {
    expect(error).toMatchObject({ httpStatus: 200 });
    expect((error as UpstreamFailed).detail).toMatch(/column it should hold/);
    if (typeof value === 'string') expect((error as UpstreamFailed).detail).not.toContain(value);
  }
});

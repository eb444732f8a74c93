import { expect, test } from 'vitest';
import { Row } from '../../../src/datasources/sql-passthrough/row.ts';
import { UpstreamFailed } from '../../../src/errors.ts';

const row = (value: unknown) => new Row({ it: value }, new Set(['it', 'absent']));

test('text is trimmed, blank text is null', () => {
  expect(row('Samplewood      ').text('it')).toBe('Samplewood');
  expect(row('      ').text('it')).toBeNull();
  expect(row(null).text('it')).toBeNull();
});

test.each([
  [7, 7],
  ['7', 7],
  ['  2000000553 ', 2_000_000_553],
  [null, null],
])('a whole number from %j', (value, number) => {
  expect(row(value).integer('it')).toBe(number);
});

test('0 is nobody as an id', () => {
  expect(row(0).id('it')).toBeNull();
  expect(row(12).id('it')).toBe('12');
});

test.each([
  [1, true],
  [0, false],
  ['1', true],
  [true, true],
  [null, null],
])('a flag from %j', (value, flag) => {
  expect(row(value).flag('it')).toBe(flag);
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
  expect(row(value).moment('it')).toEqual(moment);
});

test('a column that was not selected is null', () => {
  expect(row(1).text('other')).toBeNull();
});

test('a row that leaves out what is NULL reads as null where the column may be', () => {
  expect(row(1).text('absent')).toBeNull();
  expect(row(1).date('absent')).toBeNull();
  expect(() => row(1).number('absent')).toThrow(UpstreamFailed);
});

test.each([
  ['of other columns', { IT: 1, ABSENT: 2 }],
  ['with a column more', { it: 1, Absent: 2 }],
  ['of nothing', {}],
])('a row %s is a failure where a column is missing', (_what, values) => {
  const strange = new Row(values, new Set(['it', 'absent']));
  expect(() => strange.text('absent')).toThrow(UpstreamFailed);
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
  ['requiredDate', null],
  ['secondsOfDay', 90_000],
  ['flag', []],
] as const)('%s does not take %j, and does not repeat it', (method, value) => {
  const read = () => row(value)[method]('it');
  expect(read).toThrow(UpstreamFailed);
  try {
    read();
  } catch (error) {
    expect(error).toMatchObject({ httpStatus: 200 });
    expect((error as UpstreamFailed).detail).toMatch(/column it should hold/);
    if (typeof value === 'string') expect((error as UpstreamFailed).detail).not.toContain(value);
  }
});

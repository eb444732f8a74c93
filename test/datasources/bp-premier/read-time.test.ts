import { describe, expect, it } from 'vitest';
import { readDate, readInstant, readTime } from '../../../src/datasources/bp-premier/read-time.ts';

const adelaide = 'Australia/Adelaide';

describe('an instant', () => {
  it.each([
    ['2026-11-23T09:15:00+10:30', '2026-11-23T09:15:00+10:30'],
    ['2026-11-23T09:15:00.123+11:00', '2026-11-23T08:45:00+10:30'],
    ['2026-11-22T22:45:00Z', '2026-11-23T09:15:00+10:30'],
    ['2026-11-23T09:15+10:30', '2026-11-23T09:15:00+10:30'],
    ['2026-11-23T09:15:00', '2026-11-23T09:15:00+10:30'],
    // The hour that happens twice, first and second; and a wall time with an offset that it never had.
    ['2026-04-05T02:30:00+10:30', '2026-04-05T02:30:00+10:30'],
    ['2026-04-05T02:30:00+09:30', '2026-04-05T02:30:00+09:30'],
    ['2026-10-04T02:30:00+10:30', '2026-10-04T01:30:00+09:30'],
  ])('%s is %s', (written, read) => {
    expect(readInstant(written, adelaide)).toBe(read);
  });

  it.each([
    null,
    undefined,
    20261123,
    '',
    '2026',
    '2026-11-23',
    '2026-02-29T09:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23T09:60:00Z',
    '2026-11-23T09:00:00+99:00',
    '2026-11-23 09:00:00Z',
    'soon',
  ])('is not %j', (value) => {
    expect(readInstant(value, adelaide)).toBeNull();
  });
});

it('a date is whole, and exists', () => {
  expect(['2026-11-23', '2026-11', '2026', '2026-02-29', '2026-11-23T00:00:00Z', 7].map(readDate)).toEqual([
    '2026-11-23',
    null,
    null,
    null,
    null,
    null,
  ]);
});

it('a time is cut to the minute', () => {
  expect(['08:30:00', '08:30', '23:59:59.5', '24:00:00', '24:30:00', '8:30', 830].map(readTime)).toEqual([
    '08:30',
    '08:30',
    '23:59',
    '24:00',
    null,
    null,
    null,
  ]);
});

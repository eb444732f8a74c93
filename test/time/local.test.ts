import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addSeconds,
  dayIn,
  dayOfWeek,
  daysBetween,
  epochMs,
  instantAt,
  instantOn,
  inZone,
  isLocalDate,
  localInstant,
  secondsOfDay,
  timeOfDay,
  today,
  wallDate,
  wallSeconds,
} from '../../src/time/local.ts';

const quarterPastNine = 33_300;

describe('wall time becomes an instant', () => {
  it.each([
    ['2026-11-23', 'Australia/Sydney', '2026-11-23T09:15:00+11:00'],
    ['2026-11-23', 'Australia/Brisbane', '2026-11-23T09:15:00+10:00'],
    ['2026-11-23', 'Australia/Adelaide', '2026-11-23T09:15:00+10:30'],
    ['2026-11-23', 'Australia/Darwin', '2026-11-23T09:15:00+09:30'],
    ['2026-11-23', 'Australia/Perth', '2026-11-23T09:15:00+08:00'],
    ['2026-07-01', 'Australia/Sydney', '2026-07-01T09:15:00+10:00'],
    ['2026-07-01', 'Australia/Lord_Howe', '2026-07-01T09:15:00+10:30'],
  ])('%s in %s', (date, zone, instant) => {
    expect(localInstant(date, quarterPastNine, zone)).toBe(instant);
  });

  it('stays 09:15 on both changeover days', () => {
    expect(localInstant('2026-10-04', quarterPastNine, 'Australia/Sydney')).toBe('2026-10-04T09:15:00+11:00');
    expect(localInstant('2026-04-05', quarterPastNine, 'Australia/Sydney')).toBe('2026-04-05T09:15:00+10:00');
    expect(localInstant('2026-04-05', 3600, 'Australia/Sydney')).toBe('2026-04-05T01:00:00+11:00');
    expect(localInstant('2026-10-04', quarterPastNine, 'Australia/Adelaide')).toBe(
      '2026-10-04T09:15:00+10:30',
    );
    expect(localInstant('2026-10-04', quarterPastNine, 'Australia/Brisbane')).toBe(
      '2026-10-04T09:15:00+10:00',
    );
  });

  it('moves a skipped time forward and takes the first of a repeated one', () => {
    expect(localInstant('2026-10-04', 2.5 * 3600, 'Australia/Sydney')).toBe('2026-10-04T03:30:00+11:00');
    expect(localInstant('2026-04-05', 2.5 * 3600, 'Australia/Sydney')).toBe('2026-04-05T02:30:00+11:00');
    expect(localInstant('2026-10-04', 2.25 * 3600, 'Australia/Lord_Howe')).toBe('2026-10-04T02:45:00+11:00');
  });

  it('is told again the same, of each day its own', () => {
    const days = [
      dayIn('2026-11-23', 'Australia/Sydney'),
      dayIn('2026-11-23', 'Australia/Perth'),
      dayIn('2026-11-24', 'Australia/Sydney'),
    ];
    for (const day of [...days, ...days, ...days.toReversed()]) {
      for (const seconds of [quarterPastNine, quarterPastNine + 900, quarterPastNine]) {
        expect(instantOn(day, seconds)).toBe(localInstant(day.date, seconds, day.zone));
      }
    }
  });

  it('carries midnight at the end of a day over', () => {
    expect(localInstant('2026-11-23', 86_400, 'Australia/Perth')).toBe('2026-11-24T00:00:00+08:00');
  });

  it('agrees with Temporal on any day of the year, in any zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 730 }),
        fc.integer({ min: 0, max: 86_399 }),
        fc.constantFrom(
          'Australia/Sydney',
          'Australia/Adelaide',
          'Australia/Lord_Howe',
          'Australia/Brisbane',
        ),
        fc.integer({ min: 0, max: 30_000 }),
        (day, seconds, zone, length) => {
          const date = addDays('2026-01-01', day);
          const expected = Temporal.PlainDate.from(date)
            .toPlainDateTime(Temporal.PlainTime.from(timeOfDaySeconds(seconds)))
            .toZonedDateTime(zone);
          const start = localInstant(date, seconds, zone);
          expect(epochMs(start)).toBe(expected.epochMilliseconds);
          expect(start.slice(19)).toBe(expected.offset);
          const end = addSeconds(start, length, zone);
          expect(epochMs(end) - epochMs(start)).toBe(length * 1000);
          expect(end).toBe(inZone(end, zone));
        },
      ),
    );
  });
});

describe('reading and counting', () => {
  it('adds elapsed time across a changeover', () => {
    expect(addSeconds('2026-10-04T01:30:00+10:00', 3600, 'Australia/Sydney')).toBe(
      '2026-10-04T03:30:00+11:00',
    );
  });

  it('reads the wall off an instant', () => {
    expect(wallDate('2026-11-23T09:15:00+10:30')).toBe('2026-11-23');
    expect(wallSeconds('2026-11-23T09:15:30+10:30')).toBe(33_330);
    expect(inZone('2026-11-22T22:45:00.123Z', 'Australia/Adelaide')).toBe('2026-11-23T09:15:00+10:30');
  });

  it('knows today where the practice is', () => {
    const justAfterSydneysMidnight = Date.parse('2026-11-22T13:30:00Z');
    expect(today(justAfterSydneysMidnight, 'Australia/Sydney')).toBe('2026-11-23');
    expect(today(justAfterSydneysMidnight, 'Australia/Perth')).toBe('2026-11-22');
    expect(instantAt(justAfterSydneysMidnight, 'Australia/Sydney')).toBe('2026-11-23T00:30:00+11:00');
  });

  it('counts days and names them', () => {
    expect(dayOfWeek('2026-11-23')).toBe('MONDAY');
    expect(dayOfWeek('2026-11-22')).toBe('SUNDAY');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365);
    expect(daysBetween('2026-11-23', '2026-11-20')).toBe(-3);
    expect(timeOfDay(30_600)).toBe('08:30');
    expect(secondsOfDay('08:30')).toBe(30_600);
  });

  it.each([
    ['2026-11-23', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['23/11/2026', false],
    ['2026-11-23T00:00', false],
    ['0000-01-01', false],
    ['', false],
  ])('%s is a date: %s', (text, is) => {
    expect(isLocalDate(text)).toBe(is);
  });
});

const timeOfDaySeconds = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 19);

import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addSeconds,
  datesFrom,
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

  it('is the same when read again, and differs by day', () => {
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

  it('reads wall time from an instant', () => {
    expect(wallDate('2026-11-23T09:15:00+10:30')).toBe('2026-11-23');
    expect(wallSeconds('2026-11-23T09:15:30+10:30')).toBe(33_330);
    expect(inZone('2026-11-22T22:45:00.123Z', 'Australia/Adelaide')).toBe('2026-11-23T09:15:00+10:30');
  });

  it('returns the current date at the practice', () => {
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

describe('A1: results stay within the calendar', () => {
  const date = fc
    .date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((each) => each.toISOString().slice(0, 10));

  it('when adding any number of days', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -4_000_000, max: 4_000_000 }), (from, count) => {
        const to = addDays(from, count);
        expect(to).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        expect('0001-01-01' <= to && to <= '9999-12-31').toBe(true);
        const within = count >= daysBetween(from, '0001-01-01') && count <= daysBetween(from, '9999-12-31');
        if (within) expect(daysBetween(from, to)).toBe(count);
      }),
    );
  });

  it('when iterating over dates, which ends at the last one', () => {
    expect([...datesFrom('9999-12-30', '9999-12-31')]).toEqual(['9999-12-30', '9999-12-31']);
    expect([...datesFrom('2024-02-28', '2024-03-01')]).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect([...datesFrom('2024-03-01', '2024-02-28')]).toEqual([]);
  });

  it('by an instant: it is a RangeError', () => {
    expect(() => localInstant('9999-12-31', 86_400, 'Australia/Sydney')).toThrow(RangeError);
    expect(() => addSeconds('9999-12-31T23:59:59+11:00', 1, 'Australia/Sydney')).toThrow(RangeError);
    expect(() => inZone('9999-12-31T23:00:00Z', 'Australia/Sydney')).toThrow(RangeError);
    expect(() => inZone('0001-01-01T00:00:00Z', 'America/New_York')).toThrow(RangeError);
  });

  it('and offsets are written as RFC 3339 writes them, also of the time before zones', () => {
    for (const zone of ['Australia/Sydney', 'Australia/Perth', 'Pacific/Norfolk', 'Australia/Lord_Howe']) {
      for (const old of ['0001-01-01', '1753-01-01', '1890-06-01', '1900-01-01']) {
        const written = localInstant(old, 36_000, zone);
        expect(written).toMatch(/^\d{4}-\d{2}-\d{2}T10:00:00[+-]\d{2}:\d{2}$/);
        expect(Number.isNaN(epochMs(written))).toBe(false);
      }
    }
  });
});

it('milliseconds since 1970 equal those of Temporal, and other texts throw', () => {
  const two = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
  const offset = fc.oneof(
    fc.constantFrom('Z', 'z', '', '+24:00', '-00:00', '+1030'),
    fc.tuple(fc.constantFrom('+', '-'), two(25), two(61)).map(([sign, h, m]) => `${sign}${h}:${m}`),
  );
  const text = fc
    .tuple(
      fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, '0')),
      two(13),
      two(32),
      fc.constantFrom('T', 't', ' '),
      two(25),
      two(61),
      fc.oneof(
        two(61).map((s) => `:${s}`),
        fc.constantFrom('', ':30.5'),
      ),
      offset,
    )
    .map(([y, mo, d, t, h, mi, s, o]) => `${y}-${mo}-${d}${t}${h}:${mi}${s}${o}`);
  const outcomeOf = (read: () => number) => {
    try {
      return read();
    } catch (error) {
      return error instanceof RangeError ? 'RangeError' : error;
    }
  };
  fc.assert(
    fc.property(text, (each) => {
      expect(outcomeOf(() => epochMs(each))).toBe(
        outcomeOf(() => Temporal.Instant.from(each).epochMilliseconds),
      );
    }),
    { numRuns: 5_000 },
  );
});

import { describe, expect, test } from 'vitest';
import type { ClinicWeek } from '../../src/datasources/domain/clinic.ts';
import { SiteUnavailable } from '../../src/errors.ts';
import { openingAt } from '../../src/resolvers/clinic/opening.ts';
import { fakeHalo } from './fake-halo.ts';

const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
const week = (hours: Partial<Record<(typeof days)[number], [string, string][]>>): ClinicWeek['week'] =>
  days.map((day) => ({ day, periods: (hours[day] ?? []).map(([opens, closes]) => ({ opens, closes })) }));
const at = (instant: string) => Date.parse(instant);

describe('openNow and nextOpening', () => {
  const lunch = week({
    MONDAY: [
      ['08:30', '12:00'],
      ['13:00', '17:30'],
    ],
    FRIDAY: [['08:30', '17:30']],
  });

  test.each([
    ['before opening', '2026-11-23T08:29:59+10:30', false, '2026-11-23T08:30:00+10:30'],
    ['at opening', '2026-11-23T08:30:00+10:30', true, '2026-11-23T13:00:00+10:30'],
    ['at lunch', '2026-11-23T12:00:00+10:30', false, '2026-11-23T13:00:00+10:30'],
    ['after closing', '2026-11-23T17:30:00+10:30', false, '2026-11-27T08:30:00+10:30'],
    ['after the last day of the week', '2026-11-27T18:00:00+10:30', false, '2026-11-30T08:30:00+10:30'],
  ])('%s', (_when, now, openNow, nextOpening) => {
    expect(openingAt(lunch, 'Australia/Adelaide', at(now))).toEqual({ openNow, nextOpening });
  });

  test('open one day a week, in its last minute: next week', () => {
    const monday = week({ MONDAY: [['08:30', '17:30']] });
    expect(openingAt(monday, 'Australia/Sydney', at('2026-11-23T17:29:00+11:00'))).toEqual({
      openNow: true,
      nextOpening: '2026-11-30T08:30:00+11:00',
    });
  });

  test('no hours at all', () => {
    expect(openingAt(week({}), 'Australia/Sydney', at('2026-11-23T10:00:00+11:00'))).toEqual({
      openNow: false,
      nextOpening: null,
    });
  });

  test('over midnight without a break is one opening', () => {
    const hours = Object.fromEntries(days.map((day) => [day, [['00:00', '24:00']]])) as Parameters<
      typeof week
    >[0];
    expect(openingAt(week(hours), 'Australia/Sydney', at('2026-11-23T23:59:00+11:00'))).toEqual({
      openNow: true,
      nextOpening: null,
    });
  });

  test('opens by the clock on the wall on both changeover days', () => {
    const sunday = week({ SUNDAY: [['08:30', '12:00']] });
    expect(openingAt(sunday, 'Australia/Sydney', at('2026-10-03T12:00:00+10:00')).nextOpening).toBe(
      '2026-10-04T08:30:00+11:00',
    );
    expect(openingAt(sunday, 'Australia/Sydney', at('2027-04-03T12:00:00+11:00')).nextOpening).toBe(
      '2027-04-04T08:30:00+10:00',
    );
    expect(openingAt(sunday, 'Australia/Brisbane', at('2026-10-03T12:00:00+10:00')).nextOpening).toBe(
      '2026-10-04T08:30:00+10:00',
    );
  });
});

describe('locations and hours of a practice', () => {
  test('hours of the main location by default, with where they come from', async () => {
    const { execute, calls } = fakeHalo();
    const answer = await execute(`{ practice(bpSiteId: "1001") { ... on Practice { timeZone
      clinicHours { ... on ClinicHours { timeZone source openNow nextOpening location { name } week { day periods { opens closes } } } }
      locations { ... on LocationConnection { nodes { name timeZone clinicHours { source } } } }
      daysClosed(from: "2026-12-01", to: "2026-12-31") { ... on DaysClosed { nodes { from reason location { name } } } } } } }`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.practice).toMatchObject({
      timeZone: 'Australia/Adelaide',
      clinicHours: {
        source: 'DERIVED_FROM_USER_SESSIONS',
        openNow: true,
        nextOpening: '2026-11-24T08:30:00+10:30',
        location: { name: 'Main' },
      },
      locations: {
        nodes: [
          { clinicHours: { source: 'DERIVED_FROM_USER_SESSIONS' } },
          { name: 'Branch', clinicHours: null },
        ],
      },
      daysClosed: { nodes: [{ from: '2026-12-25', location: null }] },
    });
    expect(answer.data.practice.clinicHours.week).toHaveLength(7);
    expect(calls.map((call) => call.method).sort()).toEqual(['clinicHours', 'daysClosed', 'locations']);
  });

  test('a practice whose locations cannot be read still has a time zone', async () => {
    const { execute } = fakeHalo({
      practices: { '1001': { data: { locations: () => Promise.reject(new SiteUnavailable()) } } },
    });
    const answer = await execute(
      '{ practice(bpSiteId: "1001") { ... on Practice { timeZone locations { ... on HaloError { code } } } } }',
    );
    expect(answer.data.practice).toEqual({
      timeZone: 'Australia/Sydney',
      locations: { code: 'SITE_UNAVAILABLE' },
    });
  });
});

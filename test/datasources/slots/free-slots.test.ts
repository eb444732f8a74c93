import { describe, expect, it } from 'vitest';
import {
  freeSlots,
  type Roster,
  type SlotQuestion,
  slotLimit,
} from '../../../src/datasources/slots/free-slots.ts';
import { type RosterSession, takesPlaceOn } from '../../../src/datasources/slots/roster.ts';

const nine = 9 * 3600;
const quarter = 900;
const monday = '2026-11-23';
const session: RosterSession = {
  userId: '7',
  locationId: '1',
  weekday: 2,
  start: nine,
  end: nine + 4 * quarter,
  length: quarter,
  validFrom: null,
  validTo: null,
  weeks: 1,
  cycleWeek: 0,
  cycleDate: null,
};
const roster: Roster = {
  userIds: ['7'],
  sessions: [session],
  extraSessions: [],
  absences: [],
  taken: [],
  zones: new Map([['1', 'Australia/Adelaide']]),
};
const question: SlotQuestion = { from: monday, to: monday, now: Date.parse('2026-11-20T00:00:00Z') };
const starts = (found: ReturnType<typeof freeSlots>) => found.slots.map((slot) => slot.start.slice(11, 16));

describe('free slots', () => {
  it('follow the grid of the session, with the offset of its location', () => {
    const found = freeSlots(roster, question);
    expect(starts(found)).toEqual(['09:00', '09:15', '09:30', '09:45']);
    expect(found.slots[0]).toEqual({
      start: '2026-11-23T09:00:00+10:30',
      end: '2026-11-23T09:15:00+10:30',
      durationMinutes: 15,
      userId: '7',
      locationId: '1',
    });
    expect(found).toMatchObject({ emptyBecause: null, complete: true });
  });

  it('leave out every start that a row of the book touches', () => {
    const row = { userId: '7', date: monday, start: nine + 600, length: quarter };
    expect(starts(freeSlots({ ...roster, taken: [row] }, question))).toEqual(['09:30', '09:45']);
    expect(starts(freeSlots({ ...roster, taken: [{ ...row, userId: '8' }] }, question))).toHaveLength(4);
  });

  it('fit the length that was asked for into the session and around what is taken', () => {
    const taken = [{ userId: '7', date: monday, start: nine + 2 * quarter, length: quarter }];
    const found = freeSlots({ ...roster, taken }, { ...question, durationMinutes: 30 });
    expect(starts(found)).toEqual(['09:00']);
    expect(found.slots[0]).toMatchObject({ durationMinutes: 30, end: '2026-11-23T09:30:00+10:30' });
  });

  it('are never in the past', () => {
    const now = Date.parse('2026-11-23T09:20:00+10:30');
    expect(starts(freeSlots(roster, { ...question, now }))).toEqual(['09:30', '09:45']);
  });

  it('come with extra sessions, once where two sessions overlap', () => {
    const extraSessions = [
      {
        userId: '7',
        locationId: '1',
        date: monday,
        start: nine + 3 * quarter,
        end: nine + 5 * quarter,
        length: quarter,
      },
    ];
    expect(starts(freeSlots({ ...roster, extraSessions }, question))).toEqual([
      '09:00',
      '09:15',
      '09:30',
      '09:45',
      '10:00',
    ]);
  });

  it('are in order of time across users, then of the users asked for', () => {
    const two = { ...roster, userIds: ['9', '7'], sessions: [session, { ...session, userId: '9' }] };
    expect(
      freeSlots(two, question)
        .slots.slice(0, 3)
        .map((slot) => [slot.start.slice(11, 16), slot.userId]),
    ).toEqual([
      ['09:00', '9'],
      ['09:00', '7'],
      ['09:15', '9'],
    ]);
  });

  it('say so when there are more than are listed', () => {
    const userIds = Array.from({ length: 50 }, (_, index) => String(index + 1));
    const sessions = userIds.map((userId) => ({ ...session, userId, weekday: 0, end: nine + 40 * quarter }));
    const found = freeSlots({ ...roster, userIds, sessions }, { ...question, to: '2026-12-04' });
    expect(found.slots).toHaveLength(slotLimit);
    expect(found.complete).toBe(false);
  });

  it('stay on the wall over the changeover', () => {
    const sunday = { ...session, weekday: 1 };
    const found = freeSlots(
      { ...roster, sessions: [sunday] },
      { from: '2026-10-04', to: '2026-10-04', now: 0 },
    );
    expect(found.slots[0]?.start).toBe('2026-10-04T09:00:00+10:30');
  });
});

describe('an empty answer says why', () => {
  const full = [{ userId: '7', date: monday, start: nine, length: 4 * quarter }];
  it.each([
    ['nobody matches', { userIds: [] }, {}, 'NO_MATCH'],
    ['no such location', {}, { locationId: '99' }, 'NO_MATCH'],
    ['no session that day', {}, { from: '2026-11-24', to: '2026-11-24' }, 'NO_SESSION'],
    ['every session is over', {}, { now: Date.parse('2026-11-23T20:00:00Z') }, 'NO_SESSION'],
    ['all taken', { taken: full }, {}, 'FULLY_BOOKED'],
    ['away', { absences: [{ userId: '7', from: '2026-11-20', to: monday }] }, {}, 'USER_AWAY'],
    ['closed', { absences: [{ userId: '0', from: monday, to: monday }] }, {}, 'CLINIC_CLOSED'],
    ['no session is that long', {}, { durationMinutes: 120 }, 'NO_MATCH'],
    [
      'taken one week, away the next',
      { taken: full, absences: [{ userId: '7', from: '2026-11-30', to: '2026-11-30' }] },
      { to: '2026-11-30' },
      'FULLY_BOOKED',
    ],
  ] as const)('%s', (_, changed, asked, reason) => {
    expect(freeSlots({ ...roster, ...changed } as Roster, { ...question, ...asked })).toMatchObject({
      slots: [],
      emptyBecause: reason,
      complete: true,
    });
  });
});

describe('among several users', () => {
  it('each without a slot has a reason of their own', () => {
    const found = freeSlots(
      {
        ...roster,
        userIds: ['7', '8', '9'],
        sessions: [session, { ...session, userId: '8' }],
        absences: [{ userId: '8', from: monday, to: monday }],
      },
      question,
    );
    expect(found.emptyBecause).toBeNull();
    expect([...(found.emptyByUser ?? [])]).toEqual([
      ['8', 'USER_AWAY'],
      ['9', 'NO_SESSION'],
    ]);
  });
});

describe('a session takes place', () => {
  it.each([
    [{ weekday: 1 }, '2026-11-22', true],
    [{ weekday: 1 }, '2026-11-23', false],
    [{ weekday: 7 }, '2026-11-28', true],
    [{ weekday: 0 }, '2026-11-27', true],
    [{ weekday: 0 }, '2026-11-28', false],
    [{ weekday: 0 }, '2026-11-22', false],
    [{ validFrom: '2026-11-24' }, monday, false],
    [{ validTo: '2026-11-22' }, monday, false],
    [{ validFrom: monday, validTo: monday }, monday, true],
    [{ weeks: 2, cycleWeek: 1, cycleDate: '2026-11-25' }, monday, true],
    [{ weeks: 2, cycleWeek: 2, cycleDate: '2026-11-25' }, monday, false],
    [{ weeks: 2, cycleWeek: 2, cycleDate: '2026-11-25' }, '2026-11-30', true],
    [{ weeks: 2, cycleWeek: 2, cycleDate: '2026-11-25' }, '2026-11-16', true],
    [{ weeks: 3, cycleWeek: 3, cycleDate: '2026-11-22' }, '2026-12-07', true],
  ])('%o on %s: %s', (changed, date, does) => {
    expect(takesPlaceOn({ ...session, ...changed }, date)).toBe(does);
  });
});

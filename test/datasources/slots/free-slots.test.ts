import { describe, expect, it } from 'vitest';
import {
  freeSlots,
  type Roster,
  type SlotQuestion,
  slotLimit,
} from '../../../src/datasources/domain/slots/free-slots.ts';
import { type RosterSession, takesPlaceOn } from '../../../src/datasources/domain/slots/roster.ts';

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
  reserved: [],
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
      onTheDay: false,
    });
    expect(found).toMatchObject({ emptyBecause: null, complete: true });
  });

  it('leave out every start that a row of the book touches', () => {
    const row = { userId: '7', date: monday, start: nine + 600, length: quarter };
    expect(starts(freeSlots({ ...roster, taken: [row] }, question))).toEqual(['09:30', '09:45']);
    expect(starts(freeSlots({ ...roster, taken: [{ ...row, userId: '8' }] }, question))).toHaveLength(4);
  });

  it('fit the requested length into the session and around taken times', () => {
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

  it('are in order of time across users, then of the requested users', () => {
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

  it('report if there are more than are listed', () => {
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

describe('C2: in a night when the clocks change', () => {
  const night = { ...session, weekday: 1, start: 0, end: 6 * 3600 };
  const find = (zone: string, date: string, changed: Partial<Roster> = {}, length = quarter) =>
    freeSlots(
      { ...roster, sessions: [{ ...night, length }], zones: new Map([['1', zone]]), ...changed },
      { from: date, to: date, now: 0 },
    ).slots;
  const walls = (slots: readonly { start: string }[]) => slots.map(({ start }) => start.slice(11, 16));

  it.each([
    ['Australia/Adelaide', '2026-10-04', '02:00', '03:00'],
    ['Australia/Sydney', '2026-10-04', '02:00', '03:00'],
    ['Australia/Broken_Hill', '2026-10-04', '02:00', '03:00'],
    ['Australia/Lord_Howe', '2026-10-04', '02:00', '02:30'],
  ])('in %s there is no slot from %s %s to %s', (zone, date, from, to) => {
    const slots = find(zone, date);
    expect(new Set(slots.map(({ start }) => Date.parse(start))).size).toBe(slots.length);
    expect(walls(slots).filter((wall) => from <= wall && wall < to)).toEqual([]);
    expect(walls(slots)).toContain('01:45');
    expect(walls(slots)).toContain(to);
    expect(new Set(walls(slots)).size).toBe(slots.length);
  });

  it.each([
    ['Australia/Adelaide', '2027-04-04', 24],
    ['Australia/Lord_Howe', '2027-04-04', 24],
  ])('in %s each wall time that comes twice is offered once, at its first', (zone, date, count) => {
    const slots = find(zone, date);
    expect(slots).toHaveLength(count);
    const moments = slots.map(({ start }) => Date.parse(start));
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  });

  it('a time that was booked is not offered again, whichever wall time it is kept under', () => {
    for (const start of [2 * 3600, 3 * 3600]) {
      const taken = [{ userId: '7', date: '2026-10-04', start, length: quarter }];
      expect(walls(find('Australia/Adelaide', '2026-10-04', { taken }))).not.toContain('03:00');
    }
  });

  it('an appointment across the gap takes the time that it lasts', () => {
    const taken = [{ userId: '7', date: '2026-10-04', start: 2 * 3600 - quarter, length: 2 * quarter }];
    const found = walls(find('Australia/Adelaide', '2026-10-04', { taken }));
    expect(found).not.toContain('01:45');
    expect(found).not.toContain('03:00');
    expect(found).toContain('03:15');
  });

  it('every slot ends as long after its start as it says', () => {
    for (const zone of ['Australia/Adelaide', 'Australia/Lord_Howe', 'Australia/Sydney', 'Pacific/Norfolk']) {
      for (const date of ['2026-10-04', '2027-04-04']) {
        for (const { start, end } of find(zone, date, {}, 1500)) {
          expect(Date.parse(end) - Date.parse(start)).toBe(1_500_000);
        }
      }
    }
  });
});

describe('C3: a time that is reserved for the day itself', () => {
  const reserved = [{ userId: '7', weekday: 2, start: nine + quarter }];
  const on = (date: string, changed: object = {}, now = '2026-11-23T00:00:00+10:30') =>
    freeSlots({ ...roster, reserved }, { from: date, to: date, now: Date.parse(now), ...changed });

  it('is marked today, and left out of later days', () => {
    const today = on(monday);
    expect(starts(today)).toEqual(['09:00', '09:15', '09:30', '09:45']);
    expect(today.slots.map(({ onTheDay }) => onTheDay)).toEqual([false, true, false, false]);
    const later = on('2026-11-30');
    expect(starts(later)).toEqual(['09:00', '09:30', '09:45']);
    expect(later.onTheDayOnly?.map(({ start }) => start)).toEqual(['2026-11-30T09:15:00+10:30']);
  });

  it('uses the current day of the location', () => {
    expect(starts(on(monday, {}, '2026-11-22T23:50:00+10:30'))).toEqual(['09:00', '09:30', '09:45']);
    expect(starts(on(monday, {}, '2026-11-23T00:10:00+10:30'))).toHaveLength(4);
  });

  it('is not overlapped by a longer appointment that begins before it', () => {
    expect(starts(on('2026-11-30', { durationMinutes: 30 }))).toEqual(['09:30']);
  });

  it('holds on the weekdays that it names, and for its user', () => {
    const daily = [{ userId: '7', weekday: 0, start: nine }];
    expect(starts(freeSlots({ ...roster, reserved: daily }, question))).not.toContain('09:00');
    const others = [
      { userId: '8', weekday: 2, start: nine },
      { userId: '7', weekday: 3, start: nine },
    ];
    expect(starts(freeSlots({ ...roster, reserved: others }, question))).toHaveLength(4);
  });
});

describe('a row of the book', () => {
  const taking = (row: object) =>
    starts(
      freeSlots(
        { ...roster, taken: [{ userId: '7', date: monday, start: nine, length: quarter, ...row }] },
        question,
      ),
    );

  it('D11: that began the day before takes the time into which it runs', () => {
    expect(taking({ date: '2026-11-22', start: 82_800, length: 3600 + nine + 2 * quarter })).toEqual([
      '09:30',
      '09:45',
    ]);
    expect(taking({ date: '2026-11-21', start: 0, length: 10 * 86_400 })).toEqual([]);
  });

  it('without a length takes the slot in which it starts', () => {
    expect(taking({ length: 0 })).toEqual(['09:15', '09:30', '09:45']);
    expect(taking({ length: -900 })).toEqual(['09:15', '09:30', '09:45']);
  });
});

describe('A1: at the ends of the calendar', () => {
  it.each([
    ['0001-01-01', '0001-01-02'],
    ['9999-12-30', '9999-12-31'],
  ])('the search from %s to %s ends', (from, to) => {
    const always = { ...session, weekday: 0, start: 0, end: 80_000 };
    const found = freeSlots(
      {
        ...roster,
        sessions: [
          { ...always, weekday: 0 },
          { ...always, weekday: 6 },
          { ...always, weekday: 7 },
        ],
      },
      { from, to, now: -1e15 },
    );
    expect(found.complete).toBe(true);
  });
});

describe('an empty answer says why', () => {
  const full = [{ userId: '7', date: monday, start: nine, length: 4 * quarter }];
  it.each([
    ['no user matches', { userIds: [] }, {}, 'NO_MATCH'],
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
  ] as const)('%s', (_, changed, requested, reason) => {
    expect(freeSlots({ ...roster, ...changed } as Roster, { ...question, ...requested })).toMatchObject({
      slots: [],
      emptyBecause: reason,
      complete: true,
    });
  });
});

describe('among several users', () => {
  it('each user without a slot has a reason', () => {
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

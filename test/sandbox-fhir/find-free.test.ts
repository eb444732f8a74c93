import { describe, expect, test } from 'vitest';
import { openPracticeDatabase } from '../../sandbox/database/practice-database.ts';
import {
  appointmentRow,
  type Body,
  clientOf,
  databaseOf,
  hour,
  locations,
  matches,
  practiceOf,
  sessionRow,
  today,
  users,
} from './known-practice.ts';

const bea = 2000000553;
type Rows = Parameters<typeof databaseOf>[0];

function slots(rows: Rows, query = 'start=2026-11-23&end=2026-11-23'): string[] {
  const { body } = clientOf(databaseOf({ USERS: users, LOCATIONS: locations, ...rows })).get(
    `Slot/$find-free?${query}`,
  );
  return matches(body).map(
    ({ schedule, start, end }) => `${schedule.reference} ${start} ${end.slice(11, 19)}`,
  );
}

const at = (clock: string, schedule = '7-1', date = '2026-11-23', offset = '+11:00') =>
  expect.stringMatching(`^Schedule/${schedule} ${date}T${clock}:00\\${offset}`);

const oneHour = { ENDTIME: 10 * hour, LENGTH: 1200 };

describe('slots of one day', () => {
  test('a session in steps of its length, as long as a whole one fits', () => {
    expect(slots({ SESSIONS: [sessionRow(1, { ENDTIME: 10 * hour + 1199, LENGTH: 1200 })] })).toEqual([
      'Schedule/7-1 2026-11-23T09:00:00+11:00 09:20:00',
      'Schedule/7-1 2026-11-23T09:20:00+11:00 09:40:00',
      'Schedule/7-1 2026-11-23T09:40:00+11:00 10:00:00',
    ]);
  });

  test('every current row takes its time: booked, blocked, without a user, elsewhere; a cancelled one does not', () => {
    const SESSIONS = [sessionRow(1, oneHour)];
    expect(slots({ SESSIONS, APPOINTMENTS: [appointmentRow(1)] })).toEqual([at('09:20'), at('09:40')]);
    const late = appointmentRow(1, {
      APPOINTMENTTIME: 9 * hour + 1800,
      APPOINTMENTCODE: 99,
      INTERNALID: 0,
      LOCATIONID: 2,
    });
    expect(slots({ SESSIONS, APPOINTMENTS: [late] })).toEqual([at('09:00')]);
    const others = [appointmentRow(1, { RECORDSTATUS: 2 }), appointmentRow(2, { USERID: bea })];
    expect(slots({ SESSIONS, APPOINTMENTS: others })).toHaveLength(3);
  });

  test('C3: a reserved time is left out of other days, and marked on the day itself', () => {
    // The day itself is a Sunday.
    const reserved = (DAYOFWEEK: number) => ({
      RECORDID: DAYOFWEEK,
      RECORDSTATUS: 1,
      USERID: 7,
      DAYOFWEEK,
      APPOINTMENTTIME: 9 * hour,
    });
    const rows = {
      SESSIONS: [1, 2].map((DAYOFWEEK) => sessionRow(DAYOFWEEK, { ...oneHour, DAYOFWEEK })),
      RESERVEDAPPOINTMENTS: [reserved(1), reserved(2)],
    };
    expect(slots(rows)).toHaveLength(2);
    const client = clientOf(databaseOf({ USERS: users, LOCATIONS: locations, ...rows }));
    const found = matches(client.get(`Slot/$find-free?start=${today}&end=${today}`).body);
    expect(found.map(({ appointmentType }) => appointmentType?.coding[0].code)).toEqual([
      'WALKIN',
      undefined,
      undefined,
    ]);
  });

  test('C2: wall times that the clocks skip are no slots', () => {
    const night = sessionRow(1, { DAYOFWEEK: 1, STARTTIME: hour, ENDTIME: 4 * hour, LENGTH: 1800 });
    const spring = slots({ SESSIONS: [night] }, 'start=2026-10-04&end=2026-10-04');
    expect(spring.map((slot) => slot.slice(-23, -9))).toEqual([
      '01:00:00+10:00',
      '01:30:00+10:00',
      '03:00:00+11:00',
      '03:30:00+11:00',
    ]);
  });

  test('away, or closed for all: nothing', () => {
    const away = (USERID: number, from: string, to: string | null) => [
      { RECORDID: 1, USERID, STARTDATE: `${from}T00:00:00`, FINISHDATE: to && `${to}T00:00:00` },
    ];
    const SESSIONS = [sessionRow(1, oneHour), sessionRow(2, { ...oneHour, USERID: bea, LOCATIONID: 2 })];
    expect(slots({ SESSIONS })).toHaveLength(6);
    expect(slots({ SESSIONS, DAYSAWAY: away(7, '2026-11-20', '2026-11-23') })).toHaveLength(3);
    expect(slots({ SESSIONS, DAYSAWAY: away(0, '2026-11-23', '2026-11-23') })).toEqual([]);
    expect(slots({ SESSIONS, DAYSAWAY: away(0, '2026-11-23', null) })).toEqual([]);
    expect(slots({ SESSIONS, DAYSAWAY: away(7, '2026-11-24', '2026-11-25') })).toHaveLength(6);
    expect(slots({ SESSIONS, DAYSAWAY: away(0, '2026-11-22', null) })).toHaveLength(6);
  });

  test('default sessions, inactive users and users without a book have no free times', () => {
    const SESSIONS = [0, 9, 10, 11, 12].map((USERID, index) => sessionRow(index + 1, { USERID }));
    expect(slots({ SESSIONS })).toEqual([]);
  });

  test('an extra session adds to the day; the same start is offered once', () => {
    const extra = {
      USERID: 7,
      LOCATIONID: 1,
      SESSIONDATE: '2026-11-23T00:00:00',
      STARTTIME: 9 * hour,
      ENDTIME: 11 * hour,
      LENGTH: 3600,
    };
    const rows = {
      SESSIONS: [sessionRow(1, { ENDTIME: 10 * hour, LENGTH: 3600 })],
      EXTRASESSIONS: [{ SESSIONID: 1, ...extra }],
    };
    expect(slots(rows)).toEqual([at('09:00'), at('10:00')]);
  });

  test('at two places at once: the earlier session of the two', () => {
    const SESSIONS = [sessionRow(1, oneHour), sessionRow(2, { ...oneHour, LOCATIONID: 2 })];
    expect(slots({ SESSIONS })).toEqual([at('09:00'), at('09:20'), at('09:40')]);
  });

  test('validity, weekday and deleted sessions', () => {
    const one = (row: Body) => slots({ SESSIONS: [sessionRow(1, row)] }).length;
    expect(one({ DAYOFWEEK: 2 })).toBe(12);
    expect(one({ DAYOFWEEK: 1 })).toBe(0);
    expect(one({ RECORDSTATUS: 2 })).toBe(0);
    expect(one({ STARTDATE: '2026-11-24T00:00:00' })).toBe(0);
    expect(one({ STARTDATE: '2026-11-23T00:00:00', ENDDATE: '2026-11-23T00:00:00' })).toBe(12);
    expect(one({ ENDDATE: '2026-11-22T00:00:00' })).toBe(0);
    expect(one({ LENGTH: 0 })).toBe(0);
    expect(one({ LOCATIONID: 3 })).toBe(0);
  });
});

test('a rotating roster, in the weeks that count from its anchor and before it', () => {
  const SESSIONS = [
    sessionRow(1, {
      DAYOFWEEK: 2,
      WEEKS: 3,
      CYCLEWEEK: 2,
      CYCLEDATE: '2026-11-25T00:00:00',
      ENDTIME: 9 * hour + 900,
    }),
  ];
  expect(slots({ SESSIONS }, 'start=2026-11-01&end=2026-12-31')).toEqual([
    at('09:00', '7-1', '2026-11-09'),
    at('09:00', '7-1', '2026-11-30'),
    at('09:00', '7-1', '2026-12-21'),
  ]);
});

test('two zones, and the day the clocks change', () => {
  const SESSIONS = [
    sessionRow(1, { DAYOFWEEK: 1, ENDTIME: 9 * hour + 900 }),
    sessionRow(2, { DAYOFWEEK: 1, ENDTIME: 9 * hour + 900, USERID: bea, LOCATIONID: 2 }),
  ];
  expect(slots({ SESSIONS }, 'start=2026-09-27&end=2026-10-04')).toEqual([
    at('09:00', '7-1', '2026-09-27', '+10:00'),
    at('09:00', `${bea}-2`, '2026-09-27', '+10:00'),
    at('09:00', '7-1', '2026-10-04', '+11:00'),
    at('09:00', `${bea}-2`, '2026-10-04', '+10:00'),
  ]);
});

describe('invalid requests', () => {
  const rows = {
    SESSIONS: [
      sessionRow(1, { ENDTIME: 10 * hour, LENGTH: 3600 }),
      sessionRow(2, { ENDTIME: 10 * hour, LENGTH: 3600, USERID: bea, LOCATIONID: 2 }),
    ],
  };
  const day = 'start=2026-11-23&end=2026-11-23';

  test.each([
    [`${day}&practitioner=7`, ['7-1']],
    [`${day}&practitioner=Practitioner/7,${bea}`, ['7-1', `${bea}-2`]],
    [`${day}&practitioner=99`, []],
    [`${day}&location=2`, [`${bea}-2`]],
    [`${day}&location=Location/1&practitioner=${bea}`, []],
    ['start=2026-11-23T09:00:00&end=2026-11-23T09:00:00', ['7-1', `${bea}-2`]],
    ['start=2026-11-23T09:30:00%2B11:00&end=2026-11-23T23:00:00%2B11:00', [`${bea}-2`]],
    ['start=2026-11-23T00:00:00%2B11:00&end=2026-11-23T09:30:00%2B11:00', ['7-1']],
  ])('%s', (query, schedules) => {
    expect(slots(rows, query).map((slot) => slot.split(' ')[0])).toEqual(
      schedules.map((id) => `Schedule/${id}`),
    );
  });

  test('slots are matches, their schedules come along', () => {
    const fhir = clientOf(databaseOf({ USERS: users, LOCATIONS: locations, ...rows }));
    const { body } = fhir.get(`Slot/$find-free?${day}`);
    expect(body).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 2 });
    expect(
      body.entry
        .filter((entry: Body) => entry.search.mode === 'include')
        .map((entry: Body) => entry.resource),
    ).toEqual([
      {
        resourceType: 'Schedule',
        id: '7-1',
        active: true,
        actor: [{ reference: 'Practitioner/7' }, { reference: 'Location/1' }],
      },
      {
        resourceType: 'Schedule',
        id: `${bea}-2`,
        active: true,
        actor: [{ reference: `Practitioner/${bea}` }, { reference: 'Location/2' }],
      },
    ]);
  });

  test.each([
    '',
    'start=2026-11-23',
    'end=2026-11-23',
    'start=x&end=2026-11-23',
    `${day}&duration=15`,
    'start=2020-01-01&end=2026-11-23',
  ])('refused: %s', (query) => {
    expect(clientOf(databaseOf({})).get(`Slot/$find-free?${query}`).status).toBe(400);
  });
});

/** Minute by minute, with no thought for speed: may this user be booked here from this minute on? */
function bruteForce(database: ReturnType<typeof openPracticeDatabase>, dates: readonly string[]): string[] {
  const all = (table: string) => database.all<Body>(`SELECT * FROM ${table} WHERE RECORDSTATUS = 1`);
  const [sessions, extra, away, book, reserved] = [
    all('SESSIONS'),
    all('EXTRASESSIONS'),
    all('DAYSAWAY'),
    all('APPOINTMENTS'),
    all('RESERVEDAPPOINTMENTS'),
  ];
  const found = new Set<string>();
  const sunday = (date: string) => {
    const day = new Date(`${date.slice(0, 10)}T12:00:00Z`);
    return Math.round((day.getTime() / 86_400_000 - day.getUTCDay()) / 7);
  };
  for (const { USERID } of database.all<Body>(
    'SELECT * FROM USERS WHERE RECORDSTATUS = 1 AND APPOINTMENTS = 1 AND USERSTATUS IN (1, 3)',
  )) {
    for (const date of dates) {
      const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
      const missing = away.some(
        (row) =>
          [0, USERID].includes(row.USERID) &&
          row.STARTDATE.slice(0, 10) <= date &&
          date <= row.FINISHDATE.slice(0, 10),
      );
      if (missing) continue;
      const working = [
        ...sessions.filter((row) => {
          if (row.USERID !== USERID) return false;
          if (row.DAYOFWEEK === 0 ? weekday === 0 || weekday === 6 : row.DAYOFWEEK - 1 !== weekday)
            return false;
          if (row.WEEKS <= 1) return true;
          const distance = sunday(date) - sunday(row.CYCLEDATE);
          return (distance + 1000 * row.WEEKS) % row.WEEKS === row.CYCLEWEEK - 1;
        }),
        ...extra.filter((row) => row.USERID === USERID && row.SESSIONDATE.startsWith(date)),
      ];
      const taken = new Set<number>();
      for (const row of book) {
        if (row.USERID !== USERID || !row.APPOINTMENTDATE.startsWith(date)) continue;
        for (let minute = 0; minute < row.APPOINTMENTLENGTH / 60; minute += 1)
          taken.add(row.APPOINTMENTTIME / 60 + minute);
      }
      const kept = reserved
        .filter((row) => row.USERID === USERID && weekday > 0 && weekday < 6 && date !== today)
        .map((row) => row.APPOINTMENTTIME / 60);
      for (const row of working) {
        for (let minute = 0; minute < 1440; minute += 1) {
          const length = row.LENGTH / 60;
          const offered = minute - row.STARTTIME / 60;
          if (offered < 0 || offered % length !== 0 || (minute + length) * 60 > row.ENDTIME) continue;
          if (Array.from({ length }, (_, step) => minute + step).some((each) => taken.has(each))) continue;
          if (kept.some((time) => minute <= time && time < minute + length)) continue;
          const clock = new Date(minute * 60_000).toISOString().slice(11, 19);
          found.add(`Schedule/${USERID}-${row.LOCATIONID} ${date}T${clock}`);
        }
      }
    }
  }
  return [...found].sort();
}

test.each(['1004', '1003'])('practice %s: as a brute-force count says, six weeks long', (bpSiteId) => {
  const practice = practiceOf(bpSiteId, { patients: 60, daysBack: 10, daysAhead: 40 });
  const database = openPracticeDatabase(practice, today);
  const dates = Array.from({ length: 42 }, (_, index) =>
    new Date(Date.UTC(2026, 10, 18 + index)).toISOString().slice(0, 10),
  );
  const { body } = clientOf(database, practice).get(`Slot/$find-free?start=${dates[0]}&end=${dates.at(-1)}`);
  const matched = matches(body).map(({ schedule, start }) => `${schedule.reference} ${start.slice(0, 19)}`);
  expect(matched.length).toBeGreaterThan(500);
  expect(matched.sort()).toEqual(bruteForce(database, dates));
});

import { expect, test } from 'vitest';
import type { Appointment, AppointmentQuery } from '../../../src/datasources/domain/appointment.ts';
import type { Selection } from '../../../src/datasources/domain/selection.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { wallDate, wallSeconds } from '../../../src/time/local.ts';
import { connectSandbox, type EngineConnection, sandboxToday } from './engine-connection.ts';

const small = { patients: 60, daysBack: 7, daysAhead: 14 };

function open(bpSiteId = '1001', differences = {}) {
  const connection = connectSandbox(bpSiteId, { ...small, ...differences });
  return { connection, data: createSqlPassthrough(connection).data };
}

let nextId = 900_001;

/** Inserts a row of APPOINTMENTS and returns its id. */
function book(connection: EngineConnection, values: Record<string, string | number | null>): string {
  const row: Record<string, string | number | null> = {
    RECORDID: nextId++,
    INTERNALID: 1,
    RECORDSTATUS: 1,
    USERID: 2,
    LOCATIONID: 1,
    APPOINTMENTDATE: '2027-03-01T00:00:00',
    APPOINTMENTTIME: 33_300,
    APPOINTMENTLENGTH: 900,
    APPOINTMENTCODE: 1,
    APPOINTMENTTYPE: 1,
    CREATED: '2026-11-01T10:00:00',
    ...values,
  };
  const names = Object.keys(row);
  connection.database.run(
    `INSERT INTO APPOINTMENTS (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
    Object.fromEntries(names.map((name) => [`@${name}`, row[name] ?? null])),
  );
  return String(row.RECORDID);
}

const ids = (appointments: readonly Appointment[]) => appointments.map(({ pmsId }) => pmsId);

const all: Selection = {
  pmsStatus: {},
  type: { name: {}, defaultDurationMinutes: {} },
  reason: {},
  comment: {},
  urgent: {},
  telehealthUrl: {},
  arrivedAt: {},
  consultationStartedAt: {},
  bookedAt: {},
  updatedAt: {},
  patient: { fullName: {}, birthDate: {}, email: {} },
  user: { displayName: {}, role: {} },
  location: { name: {}, address: {} },
};

test('the day book, with everything joined in, is one call', async () => {
  const { connection, data } = open();
  const book = await data.appointments({ from: sandboxToday, to: sandboxToday, fields: all });
  expect(connection.sent).toHaveLength(1);
  const [{ expected } = { expected: 0 }] = connection.database.all<{ expected: number }>(
    `SELECT COUNT(*) AS expected FROM APPOINTMENTS WHERE APPOINTMENTDATE = '${sandboxToday}T00:00:00' AND RECORDSTATUS = 1 AND INTERNALID <> 0 AND APPOINTMENTCODE NOT IN (0, 9, 11, 99)`,
  );
  expect(expected).toBeGreaterThan(50);
  expect(book).toHaveLength(expected);
  for (const appointment of book) {
    expect(appointment).toMatchObject({
      patient: { pmsId: appointment.patientId },
      user: { pmsId: appointment.userId },
      location: { pmsId: '1', timeZone: 'Australia/Sydney' },
    });
    expect(wallDate(appointment.start)).toBe(sandboxToday);
    expect(JSON.stringify(appointment)).not.toMatch(/ "/);
  }
  const places = book.map(({ start, pmsId }) => wallSeconds(start) * 1e6 + Number(pmsId));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

/** Read only. */
const untouched = open('1004');

test.each(Object.keys(all))('%s alone is what it is among all fields', async (field) => {
  const { data } = untouched;
  const query = { from: sandboxToday, to: '2026-11-25' };
  const whole = await data.appointments({ ...query, fields: all });
  const alone = await data.appointments({ ...query, fields: { [field]: all[field] ?? {} } });
  expect(alone.length).toBeGreaterThan(10);
  const pick = (rows: readonly Appointment[]) => rows.map((row) => row[field as keyof Appointment]);
  expect(pick(alone)).toEqual(pick(whole));
  expect(pick(alone)).not.toContain(undefined);
});

test('instants carry the offset of the location, on both days of the changeover too', async () => {
  const { connection, data } = open('1004');
  const at = (APPOINTMENTDATE: string, APPOINTMENTTIME: number, LOCATIONID: number) =>
    book(connection, {
      APPOINTMENTDATE: `${APPOINTMENTDATE}T00:00:00`,
      APPOINTMENTTIME,
      LOCATIONID,
      APPOINTMENTLENGTH: 3_600,
    });
  const autumn = [at('2027-04-04', 3_600, 1), at('2027-04-04', 33_300, 1), at('2027-04-04', 33_300, 2)];
  const spring = [at('2026-10-04', 5_400, 1), at('2026-10-04', 33_300, 1), at('2026-10-04', 33_300, 2)];
  const found = await data.appointments({ ids: [...autumn, ...spring], fields: {} });
  const shown = new Map(found.map(({ pmsId, start, end }) => [pmsId, `${start} ${end}`]));
  expect(autumn.map((id) => shown.get(id))).toEqual([
    '2027-04-04T01:00:00+11:00 2027-04-04T02:00:00+11:00',
    '2027-04-04T09:15:00+10:00 2027-04-04T10:15:00+10:00',
    '2027-04-04T09:15:00+10:00 2027-04-04T10:15:00+10:00',
  ]);
  expect(spring.map((id) => shown.get(id))).toEqual([
    '2026-10-04T01:30:00+10:00 2026-10-04T03:30:00+11:00',
    '2026-10-04T09:15:00+11:00 2026-10-04T10:15:00+11:00',
    '2026-10-04T09:15:00+10:00 2026-10-04T10:15:00+10:00',
  ]);
});

test('half an hour: Adelaide', async () => {
  const { connection, data } = open('1003');
  const id = book(connection, {
    ARRIVALTIME: 33_000,
    CONSULTATIONTIME: 0,
    UPDATED: '2026-11-02T11:30:15.997',
  });
  const [found] = await data.appointments({ ids: [id], fields: all });
  expect(found).toMatchObject({
    start: '2027-03-01T09:15:00+10:30',
    arrivedAt: '2027-03-01T09:10:00+10:30',
    consultationStartedAt: null,
    bookedAt: '2026-11-01T10:00:00+10:30',
    updatedAt: '2026-11-02T11:30:15+10:30',
  });
});

test('statuses by code; blocked, reserved and dummy rows never appear, cancelled ones only on request', async () => {
  const { connection, data } = open();
  const byCode = new Map(
    [0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13, 99].map((code) => [
      code,
      book(connection, { APPOINTMENTCODE: code }),
    ]),
  );
  const cancelled = book(connection, { RECORDSTATUS: 2 });
  book(connection, { RECORDSTATUS: 2, APPOINTMENTCODE: 11 });
  book(connection, { INTERNALID: 0 });
  const day = { from: '2027-03-01', to: '2027-03-01', fields: {} };
  const statusOf = async (query: Partial<AppointmentQuery> = {}) =>
    Object.fromEntries(
      (await data.appointments({ ...day, ...query })).map(({ pmsId, status }) => [pmsId, status]),
    );
  const expected = {
    [byCode.get(1) ?? '']: 'BOOKED',
    [byCode.get(2) ?? '']: 'ARRIVED',
    [byCode.get(3) ?? '']: 'IN_CONSULTATION',
    [byCode.get(4) ?? '']: 'FULFILLED',
    [byCode.get(5) ?? '']: 'FULFILLED',
    [byCode.get(12) ?? '']: 'FULFILLED',
    [byCode.get(13) ?? '']: 'FULFILLED',
    [byCode.get(10) ?? '']: 'NO_SHOW',
    [byCode.get(7) ?? '']: 'UNKNOWN',
  };
  expect(await statusOf()).toEqual(expected);
  for (const status of ['BOOKED', 'FULFILLED', 'NO_SHOW', 'UNKNOWN'] as const) {
    expect(await statusOf({ statuses: [status] })).toEqual(
      Object.fromEntries(Object.entries(expected).filter(([, each]) => each === status)),
    );
  }
  expect(await statusOf({ statuses: ['CANCELLED'] })).toEqual({ [cancelled]: 'CANCELLED' });
  expect(await statusOf({ statuses: ['CANCELLED', 'ARRIVED'] })).toEqual({
    [cancelled]: 'CANCELLED',
    [byCode.get(2) ?? '']: 'ARRIVED',
  });
});

test('continuing after a cursor returns every row once, although others are inserted before it', async () => {
  const { connection, data } = open();
  const range = { from: '2026-11-20', to: '2026-11-24', fields: {} };
  const before = ids(await data.appointments(range));
  const seen: string[] = [];
  let after: AppointmentQuery['after'];
  for (let pages = 0; pages < 100; pages += 1) {
    const page = await data.appointments({ ...range, limit: 37, ...(after && { after }) });
    seen.push(...ids(page));
    const last = page.at(-1);
    if (!last) break;
    after = { date: wallDate(last.start), seconds: wallSeconds(last.start), pmsId: last.pmsId };
    book(connection, { APPOINTMENTDATE: '2026-11-20T00:00:00', APPOINTMENTTIME: 0 });
  }
  expect(seen).toEqual(before);
});

test('rows of one time are ordered by id', async () => {
  const { connection, data } = open();
  const same = Array.from({ length: 5 }, () => book(connection, {}));
  const page = await data.appointments({
    from: '2027-03-01',
    after: { date: '2027-03-01', seconds: 33_300, pmsId: same[1] ?? '' },
    limit: 2,
    fields: {},
  });
  expect(ids(page)).toEqual(same.slice(2, 4));
});

test.each(['user', 'patient'] as const)(
  'a limit for each %s is the first of what each has',
  async (limitPer) => {
    const { connection, data } = open();
    const whole = await data.appointments({ from: sandboxToday, fields: {} });
    const ownerOf = (row: Appointment) => (limitPer === 'user' ? row.userId : row.patientId);
    const owners = [...new Set(whole.map(ownerOf))].filter((id) => id !== null).slice(0, 8);
    connection.sent.length = 0;
    const found = await data.appointments({
      from: sandboxToday,
      ...(limitPer === 'user' ? { userIds: owners } : { patientIds: owners }),
      limit: 2,
      limitPer,
      fields: {},
    });
    expect(connection.sent).toHaveLength(1);
    for (const owner of owners) {
      const firsts = whole.filter((row) => ownerOf(row) === owner).slice(0, 2);
      expect(found.filter((row) => ownerOf(row) === owner)).toEqual(firsts);
    }
  },
);

test('more ids than fit a statement come back as one list in order', async () => {
  const { connection, data } = open();
  const whole = await data.appointments({ from: '2026-11-16', fields: {} });
  expect(whole.length).toBeGreaterThan(1_000);
  connection.sent.length = 0;
  expect(await data.appointments({ ids: ids(whole).toReversed(), fields: {} })).toEqual(whole);
  expect(connection.sent.length).toBeGreaterThan(1);
  expect(await data.appointments({ ids: ids(whole).toReversed(), limit: 5, fields: {} })).toEqual(
    whole.slice(0, 5),
  );
});

test('location and user narrow the book', async () => {
  const { data } = open('1004');
  const query = { from: sandboxToday, to: '2026-11-27', fields: {} };
  const whole = await data.appointments(query);
  const two = await data.appointments({ ...query, locationId: '2' });
  expect(two.length).toBeGreaterThan(0);
  expect(two).toEqual(whole.filter(({ locationId }) => locationId === '2'));
  const userId = whole[0]?.userId ?? '';
  expect(await data.appointments({ ...query, userIds: [userId] })).toEqual(
    whole.filter((row) => row.userId === userId),
  );
});

test('a deleted patient and a user that is not shown are null, their ids remain', async () => {
  const { connection, data } = open();
  connection.database.run('UPDATE PATIENTS SET RECORDSTATUS = 2 WHERE INTERNALID = 3');
  connection.database.run('UPDATE USERS SET USERSTATUS = 999 WHERE USERID = 4');
  const id = book(connection, { INTERNALID: 3, USERID: 4 });
  const [found] = await data.appointments({ ids: [id], fields: { patient: {}, user: {} } });
  expect(found).toMatchObject({ patientId: '3', userId: '4', patient: null, user: null });
});

test('a patient with several e-mail addresses does not multiply appointments', async () => {
  const { connection, data } = open();
  connection.database.run('DELETE FROM EMAIL WHERE INTERNALID = 1');
  connection.database.run(
    "INSERT INTO EMAIL (RECORDID, RECORDSTATUS, INTERNALID, EMAILCODE, EMAIL) VALUES (90001, 2, 1, 0, 'old@example.com'), (90002, 1, 1, 0, 'first@example.com'), (90003, 1, 1, 1, 'second@example.com')",
  );
  const id = book(connection, {});
  const found = await data.appointments({ ids: [id], fields: { patient: { email: {} } } });
  expect(found.map(({ patient }) => patient?.email)).toEqual(['first@example.com']);
});

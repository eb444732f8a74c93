import { expect, test } from 'vitest';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { PmsError } from '../../../src/errors.ts';
import { connectSandbox } from './engine-connection.ts';

/** A practice with the roster of the test: user 2 at location 1 (Tweed Heads) on Mondays, 09:00 to 10:00. */
function open() {
  const connection = connectSandbox('1004', { patients: 10, daysBack: 1, daysAhead: 1 });
  const { run } = connection.database;
  for (const table of ['SESSIONS', 'EXTRASESSIONS', 'DAYSAWAY', 'APPOINTMENTS']) run(`DELETE FROM ${table}`);
  run(
    'INSERT INTO SESSIONS (SESSIONID, RECORDSTATUS, USERID, LOCATIONID, DAYOFWEEK, STARTTIME, ENDTIME, LENGTH, WEEKS) VALUES (1, 1, 2, 1, 2, 32400, 36000, 900, 1)',
  );
  const { data } = createSqlPassthrough(connection);
  const starts = async (question = {}) =>
    (
      await data.availableSlots({ from: '2026-11-30', to: '2026-12-02', userIds: ['2'], ...question })
    ).slots.map(({ start }) => start);
  return { connection, data, run, starts };
}

const at = (...times: string[]) => times.map((time) => `2026-11-30T${time}:00+11:00`);
const take = (time: number, code: number, status = 1) =>
  `INSERT INTO APPOINTMENTS (RECORDID, INTERNALID, RECORDSTATUS, USERID, LOCATIONID, APPOINTMENTDATE, APPOINTMENTTIME, APPOINTMENTLENGTH, APPOINTMENTCODE) VALUES (${time}, 0, ${status}, 2, 1, '2026-11-30T00:00:00', ${time}, 900, ${code})`;

test('everything that is needed comes in one call', async () => {
  const { connection, data } = open();
  const found = await data.availableSlots({ from: '2026-11-30', to: '2026-11-30' });
  expect(connection.sent).toHaveLength(1);
  expect(found).toMatchObject({ emptyBecause: null, complete: true });
  expect(found.slots[0]).toEqual({
    start: '2026-11-30T09:00:00+11:00',
    end: '2026-11-30T09:15:00+11:00',
    durationMinutes: 15,
    userId: '2',
    locationId: '1',
    onTheDay: false,
  });
});

test('any current row of the book takes its time, a cancelled one does not', async () => {
  const { run, starts } = open();
  expect(await starts()).toEqual(at('09:00', '09:15', '09:30', '09:45'));
  run(take(32_400, 1));
  run(take(33_300, 11));
  run(take(34_200, 1, 2));
  expect(await starts()).toEqual(at('09:30', '09:45'));
});

test('extra sessions add, absences and closed days take away', async () => {
  const { data, run, starts } = open();
  run(
    "INSERT INTO EXTRASESSIONS (SESSIONID, RECORDSTATUS, USERID, LOCATIONID, SESSIONDATE, STARTTIME, ENDTIME, LENGTH) VALUES (1, 1, 2, 2, '2026-12-01T00:00:00', 36000, 37800, 900), (2, 2, 2, 2, '2026-12-02T00:00:00', 36000, 37800, 900)",
  );
  expect(await starts({ locationId: '2' })).toEqual([
    '2026-12-01T10:00:00+10:00',
    '2026-12-01T10:15:00+10:00',
  ]);
  const away = (id: number, userId: number, day: string) =>
    `INSERT INTO DAYSAWAY (RECORDID, RECORDSTATUS, USERID, STARTDATE, FINISHDATE) VALUES (${id}, 1, ${userId}, '${day}T00:00:00', NULL)`;
  run(away(1, 0, '2026-12-01'));
  expect(await starts()).toEqual(at('09:00', '09:15', '09:30', '09:45'));
  run(away(2, 2, '2026-11-30'));
  const none = { slots: [], complete: true };
  const only = (date: string) => data.availableSlots({ from: date, to: date, userIds: ['2'] });
  expect(await only('2026-11-30')).toMatchObject({ ...none, emptyBecause: 'USER_AWAY' });
  expect(await only('2026-12-01')).toMatchObject({ ...none, emptyBecause: 'CLINIC_CLOSED' });
  expect(await only('2026-12-02')).toMatchObject({ ...none, emptyBecause: 'NO_SESSION' });
});

test('only active users who take appointments are looked at', async () => {
  const { data, run } = open();
  const find = () => data.availableSlots({ from: '2026-11-30', to: '2026-11-30', userIds: ['2'] });
  run('UPDATE USERS SET APPOINTMENTS = 0 WHERE USERID = 2');
  expect((await find()).emptyBecause).toBe('NO_MATCH');
  run('UPDATE USERS SET APPOINTMENTS = 1, USERSTATUS = 2 WHERE USERID = 2');
  expect((await find()).emptyBecause).toBe('NO_MATCH');
  run('UPDATE USERS SET USERSTATUS = 3 WHERE USERID = 2');
  expect((await find()).slots).toHaveLength(4);
});

test('a longer visit is found by its own length, an expired session not at all', async () => {
  const { run, starts } = open();
  expect(await starts({ durationMinutes: 40 })).toEqual(at('09:00', '09:15'));
  run("UPDATE SESSIONS SET ENDDATE = '2026-11-29T00:00:00'");
  expect(await starts()).toEqual([]);
});

const reserve = (time: number, userId = 2, status = 1) =>
  `INSERT INTO RESERVEDAPPOINTMENTS (RECORDSTATUS, USERID, DAYOFWEEK, APPOINTMENTTIME) VALUES (${status}, ${userId}, 2, ${time})`;

test('C3: reserved times come in the same call, are left out of later days and marked today', async () => {
  const { connection, data, run, starts } = open();
  for (const row of [reserve(32_400), reserve(33_300, 3), reserve(34_200, 2, 0)]) run(row);
  expect(await starts()).toEqual(at('09:15', '09:30', '09:45'));
  expect(connection.sent).toHaveLength(1);
  const monday = await data.availableSlots({ from: '2026-11-23', to: '2026-11-23', userIds: ['2'] });
  expect(monday.slots.map(({ onTheDay }) => onTheDay)).toEqual([true, false, false, false]);
});

test('C3: a site that refuses the table is queried without it, and from then on directly', async () => {
  for (const errorCode of [229, 208]) {
    const { connection } = open();
    const sent: string[] = [];
    const refusing = {
      ...connection,
      refusedObjects: new Set<string>(),
      sql: async (statement: Parameters<typeof connection.sql>[0]) => {
        sent.push(statement.text);
        if (statement.text.includes('RESERVEDAPPOINTMENTS')) throw new PmsError('mssql', errorCode);
        return connection.sql(statement);
      },
    };
    const { data } = createSqlPassthrough(refusing);
    const find = () => data.availableSlots({ from: '2026-11-30', to: '2026-11-30', userIds: ['2'] });
    expect((await find()).slots).toHaveLength(4);
    expect((await find()).slots).toHaveLength(4);
    expect(sent.map((text) => text.includes('RESERVEDAPPOINTMENTS'))).toEqual([true, false, false]);
  }
});

test('C4: a row with RECORDSTATUS 4 takes its time', async () => {
  const { run, starts } = open();
  run(take(32_400, 1, 4));
  expect(await starts()).toEqual(at('09:15', '09:30', '09:45'));
});

/** Possible rows of a practice whose meaning is not documented. */
import { describe, expect, it, test } from 'vitest';
import { appointmentStatuses } from '../../../src/datasources/domain/appointment.ts';
import type { Selection } from '../../../src/datasources/domain/selection.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { connectSandbox, sandboxToday } from './engine-connection.ts';

const range = { from: sandboxToday, to: '2026-11-27' };
const patient = { fullName: {}, title: {}, status: {}, sex: {}, dva: {}, email: {} };
const user = { displayName: {}, role: {} };
const fields: Selection = { patient, user, location: { name: {} }, type: {}, pmsStatus: {} };

function open() {
  const connection = connectSandbox('1001', { patients: 60, daysBack: 7, daysAhead: 14 });
  const { data } = createSqlPassthrough(connection);
  return { connection, data, run: connection.database.run };
}

describe('B7: a look-up table that has each of its rows twice', () => {
  const lookUps = [
    'PATIENTSTATUS',
    'TITLES',
    'SEX',
    'DVATYPE',
    'USERGROUPS',
    'APPOINTMENTTYPES',
    'APPOINTMENTCODES',
  ];

  it('multiplies nothing, whichever it is', async () => {
    const { data, run } = open();
    const day = { from: sandboxToday, to: sandboxToday };
    const read = async () => ({
      appointments: await data.appointments({ ...day, statuses: appointmentStatuses, fields }),
      page: await data.appointments({ ...day, limit: 7, fields }),
      patients: await data.patients({ limit: 20, fields: patient }),
      users: await data.users({ fields: user, appointments: { ...day, limit: 3, limitPer: 'user', fields } }),
      types: await data.appointmentTypes(),
    });
    const before = await read();
    expect(before.appointments.length).toBeGreaterThan(20);
    for (const table of [...lookUps, 'EMAIL']) {
      run(`CREATE TABLE DOUBLED AS SELECT * FROM ${table} UNION ALL SELECT * FROM ${table}`);
      run(`DROP TABLE ${table}`);
      run(`ALTER TABLE DOUBLED RENAME TO ${table}`);
      expect(await read(), table).toEqual(before);
    }
  });

  it('every join of a statement is on a key, or with one row a code', async () => {
    const { connection, data } = open();
    await data.appointments({ ...range, fields });
    await data.patients({ fields: patient });
    await data.users({ fields: { ...user, providerNumbers: {} } });
    const joined = connection.sent.flatMap(({ text }) =>
      [...text.matchAll(/JOIN dbo\.(\w+)/g)].map(([, table]) => table),
    );
    // Each has a primary key in the public schema, except PROVIDER_LOCATION, whose rows are the result.
    expect(new Set(joined)).toEqual(new Set(['LOCATIONS', 'PATIENTS', 'USERS', 'PROVIDER_LOCATION']));
  });
});

test('H4: the shown address of every patient is found once for the statement', async () => {
  const { connection, data, run } = open();
  const [first] = await data.patients({ limit: 1, fields: {} });
  run(`DELETE FROM EMAIL WHERE INTERNALID = ${first?.pmsId}`);
  for (const [id, status, email] of [
    [9_001, 2, 'gone@example.com'],
    [9_002, 1, ''],
    [9_003, 1, 'first@example.com'],
    [9_004, 1, 'second@example.com'],
  ]) {
    run(
      `INSERT INTO EMAIL (RECORDID, RECORDSTATUS, INTERNALID, EMAIL) VALUES (${id}, ${status}, ${first?.pmsId}, '${email}')`,
    );
  }
  const found = await data.patients({ ids: [first?.pmsId ?? ''], fields: { email: {} } });
  expect(found.map(({ email }) => email)).toEqual(['first@example.com']);
  const text = connection.sent.at(-1)?.text ?? '';
  const [, addresses = ''] = /\(SELECT m\.INTERNALID(.*?)\) e ON/.exec(text) ?? [];
  expect(addresses).toContain('PARTITION BY m.INTERNALID');
  // It does not refer to the row outside, so it is worked out once.
  expect(addresses).not.toMatch(/\bp\./);
});

describe('C4: an appointment whose RECORDSTATUS is 4', () => {
  const { connection, data, run } = open();
  const book = (statuses?: (typeof appointmentStatuses)[number][]) =>
    data.appointments({ ...range, ...(statuses && { statuses }), fields: { pmsStatus: {} } });

  it('stands in the book, as UNKNOWN, with words that say so', async () => {
    const [first] = await book(['BOOKED']);
    run(`UPDATE APPOINTMENTS SET RECORDSTATUS = 4 WHERE RECORDID = ${first?.pmsId}`);
    const found = (await book()).find(({ pmsId }) => pmsId === first?.pmsId);
    expect(found).toMatchObject({ status: 'UNKNOWN', pmsStatus: 'Booked (RECORDSTATUS 4)' });
    const ids = async (status: (typeof appointmentStatuses)[number]) =>
      (await book([status])).map(({ pmsId }) => pmsId);
    expect(await ids('UNKNOWN')).toEqual([first?.pmsId]);
    expect(await ids('CANCELLED')).not.toContain(first?.pmsId);
    expect(await ids('BOOKED')).not.toContain(first?.pmsId);
    expect(
      await connection.sql({
        text: 'SELECT COUNT(*) AS n FROM dbo.APPOINTMENTS WHERE RECORDSTATUS = 4',
        parameters: [],
      }),
    ).toEqual([{ n: 1 }]);
  });
});

describe('C6: an absence whose FINISHDATE lies before its STARTDATE', () => {
  it.each([2, 0])('of user %i is one day, in every answer', async (userId) => {
    const { data, run } = open();
    const [someone] = (await data.users({ takesAppointments: true, active: true, fields: {} })).users;
    const id = userId === 0 ? '0' : (someone?.pmsId ?? '');
    run('DELETE FROM DAYSAWAY');
    run(
      `INSERT INTO DAYSAWAY (RECORDSTATUS, USERID, STARTDATE, FINISHDATE) VALUES (1, ${id}, '2026-11-30T00:00:00', '2026-11-02T00:00:00')`,
    );
    const away = (from: string, to: string) =>
      userId === 0 ? data.daysClosed({ from, to }) : data.daysAway({ from, to, userIds: [id] });
    const oneDay = [expect.objectContaining({ from: '2026-11-30', to: '2026-11-30' })];
    expect(await away('2026-11-30', '2026-11-30')).toEqual(oneDay);
    expect(await away('2026-11-01', '2026-12-31')).toEqual(oneDay);
    expect(await away('2026-11-02', '2026-11-29')).toEqual([]);
    const slots = await data.availableSlots({
      from: '2026-11-30',
      to: '2026-11-30',
      userIds: [someone?.pmsId ?? ''],
    });
    expect(slots.emptyBecause).toBe(userId === 0 ? 'CLINIC_CLOSED' : 'USER_AWAY');
  });
});

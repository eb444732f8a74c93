import { expect, test } from 'vitest';
import type { Selection } from '../../../src/datasources/domain/selection.ts';
import type { User } from '../../../src/datasources/domain/user.ts';
import type { UserQuery } from '../../../src/datasources/domain/user-query.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { connectSandbox, sandboxToday } from './engine-connection.ts';

function open(bpSiteId = '1004') {
  const connection = connectSandbox(bpSiteId, { patients: 40, daysBack: 2, daysAhead: 10 });
  return { connection, data: createSqlPassthrough(connection).data };
}

const all: Selection = {
  title: {},
  firstName: {},
  lastName: {},
  role: {},
  pmsRole: {},
  active: {},
  takesAppointments: {},
  email: {},
  phone: {},
  location: {},
  providerNumbers: {},
};

/** Read only. */
const untouched = open();

test.each(Object.keys(all))('%s alone is what it is among all fields', async (field) => {
  const { data } = untouched;
  const { users: whole } = await data.users({ fields: all });
  const { users: alone } = await data.users({ fields: { [field]: {} } });
  expect(alone.length).toBeGreaterThan(3);
  const key = (field === 'location' ? 'locationId' : field) as keyof User;
  expect(alone.map((user) => user[key])).toEqual(whole.map((user) => user[key]));
  expect(whole.some((user) => user[key] !== null)).toBe(true);
});

test('all current users, ordered by name, without invalid and deleted ones', async () => {
  const { connection, data } = open();
  const { users } = await data.users({ fields: { active: {} } });
  const current = connection.database.all<{ USERID: number }>(
    'SELECT USERID FROM USERS WHERE RECORDSTATUS = 1 AND USERSTATUS <> 999 ORDER BY SURNAME, FIRSTNAME, USERID',
  );
  const everybody = connection.database.all('SELECT USERID FROM USERS');
  expect(everybody.length).toBeGreaterThan(current.length);
  expect(users.map(({ pmsId }) => pmsId)).toEqual(current.map(({ USERID }) => String(USERID)));
  expect(new Set(users.map(({ active }) => active))).toEqual(new Set([true, false]));
});

test('filters by role, activity and the appointment book combine', async () => {
  const { data } = open();
  const { users: whole } = await data.users({ fields: all });
  const find = async (query: Omit<UserQuery, 'fields'>) =>
    (await data.users({ ...query, fields: all })).users;
  for (const role of ['DOCTOR', 'NURSE', 'RECEPTIONIST', 'PRACTICE_MANAGER'] as const) {
    const expected = whole.filter((user) => user.role === role);
    expect(expected.length).toBeGreaterThan(0);
    expect(await find({ role })).toEqual(expected);
    expect(await find({ role, active: true })).toEqual(expected.filter(({ active }) => active));
  }
  expect(await find({ active: false })).toEqual(whole.filter(({ active }) => active === false));
  for (const takesAppointments of [true, false]) {
    const expected = whole.filter((user) => user.takesAppointments === takesAppointments);
    expect(await find({ takesAppointments })).toEqual(expected);
  }
  const [some] = whole;
  expect(await find({ ids: [some?.pmsId ?? '', '1234567'] })).toEqual([some]);
  expect((await data.users({ role: 'NURSE', fields: {} })).users.map(({ pmsId }) => pmsId)).toEqual(
    whole.filter(({ role }) => role === 'NURSE').map(({ pmsId }) => pmsId),
  );
});

test('provider numbers: the usual location first, each number of a location once', async () => {
  const { connection, data } = open();
  connection.database.run("UPDATE USERS SET PROVIDERNO = '1111111A', LOCATIONID = 2 WHERE USERID = 2");
  connection.database.run('DELETE FROM PROVIDER_LOCATION WHERE USERID = 2');
  connection.database.run(
    "INSERT INTO PROVIDER_LOCATION (RECORDID, RECORDSTATUS, USERID, LOCATIONID, PROVIDERNUMBER) VALUES (701, 1, 2, 2, '1111111A'), (702, 1, 2, 1, '1111112B'), (703, 2, 2, 1, '1111113C'), (704, 1, 2, 1, '')",
  );
  const expected = [
    { userId: '2', number: '1111111A', locationId: '2' },
    { userId: '2', number: '1111112B', locationId: '1' },
  ];
  const { users } = await data.users({ ids: ['2'], fields: { providerNumbers: {} } });
  expect(users.map(({ providerNumbers }) => providerNumbers)).toEqual([expected]);
  expect(await data.providerNumbers({ userIds: ['2'] })).toEqual(expected);
  expect(connection.sent).toHaveLength(2);
});

const book = { from: sandboxToday, to: '2026-11-27' };
const fields: Selection = {
  pmsStatus: {},
  type: {},
  patient: { fullName: {} },
  user: { email: {} },
  location: { name: {} },
};

test('users with their appointments are one call, and say what two calls would', async () => {
  const { connection, data } = open();
  const sent: Omit<UserQuery, 'fields'>[] = [
    {},
    { role: 'DOCTOR' },
    { active: true, takesAppointments: true },
  ];
  for (const filter of sent) {
    for (const limits of [
      {},
      { limit: 3, limitPer: 'user' },
      { limit: 4 },
      { limit: 1, limitPer: 'patient' },
    ] as const) {
      connection.sent.length = 0;
      const together = await data.users({
        ...filter,
        fields: { displayName: {} },
        appointments: { ...book, ...limits, fields },
      });
      expect(connection.sent).toHaveLength(1);
      const { users } = await data.users({ ...filter, fields: { displayName: {} } });
      const userIds = users.map(({ pmsId }) => pmsId);
      const appointments = await data.appointments({ ...book, ...limits, userIds, fields });
      expect(together.users.map(({ pmsId, lastName }) => [pmsId, lastName])).toEqual(
        users.map(({ pmsId, lastName }) => [pmsId, lastName]),
      );
      const plain = (rows: typeof appointments) =>
        rows.map(({ user, ...rest }) => [rest, user?.pmsId, user?.email]);
      expect(appointments.length).toBeGreaterThan(3);
      expect(plain(together.appointments ?? [])).toEqual(plain(appointments));
    }
  }
});

test('users without appointments are returned, too', async () => {
  const { data } = open();
  const found = await data.users({ fields: {}, appointments: { from: '2031-01-01', fields: {} } });
  expect(found.users.length).toBeGreaterThan(3);
  expect(found.appointments).toEqual([]);
  for (const impossible of [{ locationId: 'x' }, { statuses: [] }]) {
    const none = await data.users({ fields: {}, appointments: { ...book, ...impossible, fields: {} } });
    expect(none.users).toEqual(found.users);
    expect(none.appointments).toEqual([]);
  }
});

test('provider numbers with appointments need a second query', async () => {
  const { data } = open();
  const { users } = await data.users({
    fields: { providerNumbers: {} },
    appointments: { ...book, fields: {} },
  });
  expect(users.every((user) => user.providerNumbers === undefined)).toBe(true);
});

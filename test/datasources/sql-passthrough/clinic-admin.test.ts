import { expect, test } from 'vitest';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { PmsError, UpstreamFailed } from '../../../src/errors.ts';
import { maxCallsOf } from '../source-members.ts';
import { connectSandbox, fakeConnection } from './engine-connection.ts';

function open(bpSiteId = '1004') {
  const connection = connectSandbox(bpSiteId, { patients: 10, daysBack: 1, daysAhead: 1 });
  return { connection, data: createSqlPassthrough(connection).data, run: connection.database.run };
}

const session = (values: string) =>
  `INSERT INTO SESSIONS (SESSIONID, RECORDSTATUS, USERID, LOCATIONID, DAYOFWEEK, STARTTIME, ENDTIME, LENGTH, STARTDATE, ENDDATE) VALUES ${values}`;

test('locations by id, each with its zone; given up ones not', async () => {
  const { data, run } = open();
  run(
    "INSERT INTO LOCATIONS (LOCATIONID, RECORDSTATUS, LOCATIONNAME) VALUES (9, 2, 'Closed for good'), (3, 1, '  ')",
  );
  const locations = await data.locations();
  expect(locations.map(({ pmsId, name, timeZone }) => [pmsId, name, timeZone])).toEqual([
    ['1', 'Border Tweed Heads', 'Australia/Sydney'],
    ['2', 'Border Coolangatta', 'Australia/Brisbane'],
    ['3', null, 'Australia/Sydney'],
  ]);
  expect(locations.map(({ address }) => address?.postcode)).toEqual(['2485', '4225', undefined]);
});

test('appointment types in the order of the list, in minutes', async () => {
  const { data, run } = open();
  run(
    "INSERT INTO APPOINTMENTTYPES (APPOINTMENTCODE, RECORDSTATUS, LISTORDER, APPOINTMENTLENGTH, DESCRIPTION) VALUES (201, 1, 0, 0, 'First'), (202, 2, 0, 900, 'Deleted'), (203, 1, 0, 900, ' ')",
  );
  const types = await data.appointmentTypes();
  expect(types.slice(0, 3)).toEqual([
    { pmsId: '201', name: 'First', defaultDurationMinutes: null },
    { pmsId: '1', name: 'Standard', defaultDurationMinutes: 15 },
    { pmsId: '2', name: 'Long', defaultDurationMinutes: 30 },
  ]);
  expect(types.map(({ name }) => name)).not.toContain('Deleted');
});

test('a session of every weekday is five, Sunday is 1 and comes last', async () => {
  const { data, run } = open();
  run('DELETE FROM SESSIONS');
  run(
    session(
      "(1, 1, 2, 1, 1, 36000, 43200, 600, NULL, NULL), (2, 1, 2, 2, 0, 30600, 86400, 0, '2026-01-01T00:00:00', '2026-12-31T00:00:00'), (3, 2, 2, 1, 7, 0, 3600, 900, NULL, NULL), (4, 1, 4, 1, 7, 0, 3600, 900, NULL, NULL)",
    ),
  );
  const found = await data.sessions({ userIds: ['2'] });
  expect(found.map(({ day }) => day)).toEqual([
    'MONDAY',
    'TUESDAY',
    'WEDNESDAY',
    'THURSDAY',
    'FRIDAY',
    'SUNDAY',
  ]);
  expect(found[0]).toEqual({
    userId: '2',
    day: 'MONDAY',
    opens: '08:30',
    closes: '24:00',
    slotMinutes: null,
    locationId: '2',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
  });
  expect(found[5]).toMatchObject({ opens: '10:00', closes: '12:00', slotMinutes: 10, validFrom: null });
});

test('days away and days closed are those that touch the range', async () => {
  const { data, run } = open();
  run('DELETE FROM DAYSAWAY');
  run(
    "INSERT INTO DAYSAWAY (RECORDID, RECORDSTATUS, USERID, STARTDATE, FINISHDATE, AWAYREASON) VALUES (1, 1, 2, '2026-12-01T00:00:00', '2026-12-10T00:00:00', 'Leave   '), (2, 1, 2, '2026-12-11T00:00:00', NULL, NULL), (3, 2, 2, '2026-12-05T00:00:00', '2026-12-05T00:00:00', 'Deleted'), (4, 1, 4, '2026-12-05T00:00:00', '2026-12-05T00:00:00', 'Other'), (5, 1, 0, '2026-12-25T00:00:00', '2026-12-26T00:00:00', 'Christmas')",
  );
  const away = async (from: string, to: string) =>
    (await data.daysAway({ userIds: ['2'], from, to })).map(({ pmsId }) => pmsId);
  expect(await away('2026-12-10', '2026-12-11')).toEqual(['1', '2']);
  expect(await away('2026-11-01', '2026-12-01')).toEqual(['1']);
  expect(await away('2026-12-12', '2026-12-31')).toEqual([]);
  expect(await data.daysAway({ userIds: ['2'], from: '2026-12-11', to: '2026-12-11' })).toEqual([
    { pmsId: '2', userId: '2', from: '2026-12-11', to: '2026-12-11', reason: null },
  ]);
  expect(await data.daysClosed({ from: '2026-12-26', to: '2026-12-31', locationId: '2' })).toEqual([
    { pmsId: '5', from: '2026-12-25', to: '2026-12-26', reason: 'Christmas', locationId: null },
  ]);
});

test('a session that ended yesterday counts where it is still yesterday', async () => {
  const { connection, data, run } = open();
  run('DELETE FROM SESSIONS');
  run(
    session(
      "(1, 1, 0, 1, 2, 0, 3600, 0, NULL, '2026-11-22T00:00:00'), (2, 1, 0, 2, 2, 0, 3600, 0, NULL, '2026-11-22T00:00:00')",
    ),
  );
  // Midnight in Tweed Heads is an hour before midnight across the border.
  expect(connection.today('Australia/Sydney')).toBe('2026-11-23');
  expect((await data.clinicHours()).map(({ source }) => source)).toEqual([
    'DERIVED_FROM_USER_SESSIONS',
    'PRACTICE_SESSIONS',
  ]);
});

test("hours come from the practice's sessions where there are any today, else from its users', merged", async () => {
  const { data, run } = open();
  run('DELETE FROM SESSIONS');
  run(
    "INSERT INTO LOCATIONS (LOCATIONID, RECORDSTATUS, LOCATIONNAME, POSTCODE) VALUES (3, 1, 'Nobody there', '2000')",
  );
  run(
    session(
      "(1, 1, 0, 1, 0, 32400, 61200, 0, NULL, NULL), (2, 1, 2, 1, 7, 0, 3600, 900, NULL, NULL), (3, 1, 0, 2, 2, 0, 3600, 0, NULL, '2026-11-21T00:00:00'), (4, 1, 2, 2, 2, 30600, 43200, 900, NULL, NULL), (5, 1, 4, 2, 2, 39600, 46800, 900, NULL, NULL), (6, 1, 4, 2, 2, 46800, 50400, 900, NULL, NULL), (7, 1, 4, 2, 2, 54000, 57600, 900, NULL, NULL), (8, 2, 4, 2, 3, 0, 3600, 900, NULL, NULL), (9, 1, 4, 2, 4, 0, 3600, 900, '2026-12-01T00:00:00', NULL)",
    ),
  );
  run('INSERT INTO USERS (USERID, RECORDSTATUS, USERSTATUS) VALUES (77, 1, 2)');
  run(session('(10, 1, 77, 2, 1, 0, 3600, 900, NULL, NULL)'));
  const weeks = await data.clinicHours();
  const open9to5 = [{ opens: '09:00', closes: '17:00' }];
  expect(weeks.map(({ locationId, source }) => [locationId, source])).toEqual([
    ['1', 'PRACTICE_SESSIONS'],
    ['2', 'DERIVED_FROM_USER_SESSIONS'],
    ['3', 'DERIVED_FROM_USER_SESSIONS'],
  ]);
  for (const { week } of weeks) {
    expect(week.map(({ day }) => day).join()).toBe(
      'MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY',
    );
  }
  const periods = weeks.map(({ week }) => week.map((day) => day.periods));
  expect(periods[0]).toEqual([open9to5, open9to5, open9to5, open9to5, open9to5, [], []]);
  expect(periods[1]).toEqual([
    [
      { opens: '08:30', closes: '14:00' },
      { opens: '15:00', closes: '16:00' },
    ],
    ...[[], [], [], [], [], []],
  ]);
  expect(periods[2]?.flat()).toEqual([]);
});

test("the connection's errors pass as they are, rows that were not requested are UpstreamFailed", async () => {
  const refused = new PmsError('mssql', 229);
  const failing = createSqlPassthrough(fakeConnection(() => Promise.reject(refused))).data;
  await expect(failing.locations()).rejects.toBe(refused);
  const odd = (row: Record<string, unknown>) => createSqlPassthrough(fakeConnection(async () => [row])).data;
  await expect(odd({ Column1: 3 }).locations()).rejects.toThrow(UpstreamFailed);
  await expect(odd({ pmsId: 'three' }).patients({ ids: ['3'], fields: {} })).rejects.toThrow(UpstreamFailed);
  await expect(odd({ pmsId: 3 }).appointments({ ids: ['3'], fields: {} })).rejects.toThrow(UpstreamFailed);
  await expect(odd({ kind: 2 }).availableSlots({ from: '2026-11-23', to: '2026-11-23' })).rejects.toThrow(
    UpstreamFailed,
  );
});

test('a site of another PMS is recognised', async () => {
  const zedmed = createSqlPassthrough({ ...fakeConnection(async () => []), pms: 'ZEDMED' });
  expect(await zedmed.supports({ method: 'locations', query: undefined })).toMatchObject({ can: false });
  const bp = createSqlPassthrough(fakeConnection(async () => []));
  expect(await bp.supports({ method: 'locations', query: undefined })).toEqual({ can: true });
  const day = { from: '2026-11-24', to: '2026-11-24', fields: {} };
  expect(maxCallsOf(bp, { method: 'users', query: { fields: {}, appointments: day } })).toBe(1);
});

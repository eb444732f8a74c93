import { describe, expect, it } from 'vitest';
import type { ClinicHoursChange } from '../../../src/datasources/domain/clinic-writes.ts';
import type { SqlStatement } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import {
  NoAnswer,
  type PracticeWrites,
  type WriteQuestion,
} from '../../../src/datasources/practice/write-port.ts';
import { createSqlPassthrough } from '../../../src/datasources/sql-passthrough/index.ts';
import { InvalidInput, NotFound, PmsError } from '../../../src/errors.ts';
import { maxCallsOf, membersOf } from '../source-members.ts';
import { connectSandbox, fakeConnection } from './engine-connection.ts';

const days = { from: '2026-12-21', to: '2026-12-24' };
const closed = { ...days, reason: "O'Synthetic; DROP" };
const hours: ClinicHoursChange = {
  locationId: '1',
  week: [
    {
      day: 'MONDAY',
      periods: [
        { opens: '08:30', closes: '12:00' },
        { opens: '13:00', closes: '17:45' },
      ],
    },
    { day: 'TUESDAY', periods: [] },
    { day: 'WEDNESDAY', periods: [] },
    { day: 'THURSDAY', periods: [] },
    { day: 'FRIDAY', periods: [] },
    { day: 'SATURDAY', periods: [{ opens: '00:00', closes: '24:00' }] },
    { day: 'SUNDAY', periods: [{ opens: '10:00', closes: '11:00' }] },
  ],
};
const assumed: readonly WriteQuestion[] = [
  { method: 'updateUser', change: { userId: '2', email: 'x@example.com' } },
  { method: 'addDayAway', change: { userId: '2', ...closed } },
  { method: 'removeDayAway', change: { userId: '2', ...days } },
  { method: 'setClinicHours', change: hours },
  { method: 'addDayClosed', change: closed },
  { method: 'removeDayClosed', change: days },
];
const performWrite = (writes: PracticeWrites, { method, change }: WriteQuestion) =>
  (writes[method] as (change: unknown) => Promise<unknown>)(change);

function practice(answer: Error | readonly Record<string, unknown>[] = [{ changed: 1 }]) {
  const sentStatements: SqlStatement[] = [];
  const connection = fakeConnection(async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  }, sentStatements);
  return {
    ...membersOf(createSqlPassthrough(connection, { assumedWrites: true })),
    sent: sentStatements,
    now: connection.now(),
  };
}

const values = (statement: SqlStatement | undefined) =>
  Object.fromEntries((statement?.parameters ?? []).map(({ name, value }) => [name, value]));
const body = (statement: SqlStatement | undefined) => statement?.text.split('\n').slice(2, -1);

describe('what is assumed', () => {
  it.each(assumed)('$method only where the operator allows it', async (write) => {
    const connection = fakeConnection(async () => []);
    expect(await createSqlPassthrough(connection).supportsWrite(write)).toEqual({
      can: false,
      reason: expect.stringMatching(/^No procedure of Bp Premier is known .*HALO_ASSUMED_WRITES=true/),
    });
    const allowed = createSqlPassthrough(connection, { assumedWrites: true });
    expect(await allowed.supportsWrite(write)).toEqual({ can: true, assumed: true });
    expect(maxCallsOf(allowed, write)).toBe(1);
    const zedmed = createSqlPassthrough({ ...connection, pms: 'ZEDMED' }, { assumedWrites: true });
    expect(await zedmed.supportsWrite(write)).toMatchObject({ can: false });
  });

  it('is nothing of the appointment book and of patients', async () => {
    const { supportsWrite } = membersOf(createSqlPassthrough(fakeConnection(async () => [])));
    for (const write of [
      { method: 'cancelAppointment', change: { appointmentId: '1' } },
      { method: 'updatePatient', change: { patientId: '1', details: { email: null } } },
    ] as const) {
      expect(await supportsWrite(write)).toEqual({ can: true });
    }
  });

  it.each(assumed)('$method is one text without a value in it', async (write) => {
    const { writes, sent: sentStatements } = practice();
    await performWrite(writes, write);
    expect(sentStatements).toHaveLength(1);
    const { text, parameters } = sentStatements[0] as SqlStatement;
    const names = parameters.map(({ name }) => name);
    expect(new Set(text.match(/@\w+/g))).toEqual(new Set([...names, '@changed', '@ROWCOUNT']));
    expect(text.match(/'[^']*'/g) ?? []).toEqual([]);
    expect(text.split('\n').slice(0, 2)).toEqual(['SET NOCOUNT ON;', 'DECLARE @changed INT = 0;']);
    expect(text.split('\n').at(-1)).toBe('SELECT @changed AS changed;');
  });

  it.each(assumed)('$method does not know what happened when the answer is odd', async (write) => {
    for (const rows of [[], [{ changed: null }], [{ other: 1 }], [{ changed: 1 }, { changed: 1 }]]) {
      const { writes, now } = practice(rows);
      const failure = await performWrite(writes, write).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(NoAnswer);
      expect(failure).toMatchObject({ sentAt: now, cause: { code: 'UPSTREAM_FAILED' } });
    }
    const refused = new PmsError('mssql', 229);
    await expect(performWrite(practice(refused).writes, write)).rejects.toBe(refused);
  });

  it.each(assumed.filter(({ method }) => /User|addDayAway|Hours/.test(method)))(
    '$method is NotFound where no row matches',
    async (write) => {
      await expect(performWrite(practice([{ changed: 0 }]).writes, write)).rejects.toBeInstanceOf(NotFound);
    },
  );

  it('accepts a day that does not exist any more', async () => {
    const { writes } = practice([{ changed: 0 }]);
    await writes.removeDayAway({ userId: '2', ...days });
    await writes.removeDayClosed(days);
  });

  it('sends no id that cannot exist', async () => {
    const { writes, sent: sentStatements } = practice();
    for (const id of ['0', '-1', 'x', '2147483648', '1 OR 1=1']) {
      for (const sent of [
        writes.updateUser({ userId: id, phone: null }),
        writes.addDayAway({ userId: id, ...closed }),
        writes.removeDayAway({ userId: id, ...days }),
        writes.setClinicHours({ ...hours, locationId: id }),
      ]) {
        await expect(sent).rejects.toBeInstanceOf(NotFound);
      }
    }
    expect(sentStatements).toEqual([]);
  });

  it('sends nothing that the columns cannot hold', async () => {
    const { writes, sent: sentStatements } = practice();
    const pathsOf = async (sent: Promise<unknown>) => {
      const failure = await sent.catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(InvalidInput);
      return (failure as InvalidInput).issues.map(({ path }) => path.join('.'));
    };
    const long = 'x'.repeat(251);
    expect(await pathsOf(writes.updateUser({ userId: '2', email: long, phone: long }))).toEqual([
      'email',
      'phone',
    ]);
    const tooMuch = { from: '1200-01-01', to: '2026-12-24', reason: long.slice(0, 101) };
    expect(await pathsOf(writes.addDayAway({ userId: '2', ...tooMuch }))).toEqual(['reason', 'from']);
    expect(await pathsOf(writes.addDayClosed(tooMuch))).toEqual(['reason', 'from']);
    const shut = hours.week.map(({ day }) => ({ day, periods: [] }));
    expect(await pathsOf(writes.setClinicHours({ locationId: '1', week: shut }))).toEqual(['week']);
    expect(sentStatements).toEqual([]);
  });
});

describe('the statements', () => {
  it('set what changes of a user', async () => {
    const { writes, sent: sentStatements } = practice();
    await writes.updateUser({ userId: '2', email: null, phone: '0255501234', takesAppointments: false });
    await writes.updateUser({ userId: '2', takesAppointments: true });
    expect(body(sentStatements[0])).toEqual([
      'UPDATE dbo.USERS SET EMAIL = @email, PHONE = @phone, APPOINTMENTS = @appointments, UPDATED = GETDATE() WHERE USERID IN (SELECT u.USERID FROM dbo.USERS u WHERE u.USERID = @user AND u.RECORDSTATUS = 1 AND u.USERSTATUS <> 999 AND u.USERID <> 0);',
      'SET @changed = @@ROWCOUNT;',
    ]);
    expect(values(sentStatements[0])).toEqual({
      '@user': '2',
      '@email': null,
      '@phone': '0255501234',
      '@appointments': '0',
    });
    expect(sentStatements[1]?.text).toContain('SET APPOINTMENTS = @appointments, UPDATED = GETDATE() WHERE');
    expect(values(sentStatements[1])).toEqual({ '@user': '2', '@appointments': '1' });
  });

  it('add days away of a user who is there, and days closed of the practice', async () => {
    const { writes, sent: sentStatements } = practice();
    await writes.addDayAway({ userId: '2', ...closed });
    await writes.addDayClosed({ ...days, reason: null });
    const insert = (user: string) =>
      `INSERT INTO dbo.DAYSAWAY (RECORDSTATUS, USERID, STARTDATE, FINISHDATE, AWAYREASON, CREATED, CREATEDBY) VALUES (1, ${user}, @from, @to, @reason, GETDATE(), 0);`;
    expect(body(sentStatements[0])).toEqual([
      'IF EXISTS (SELECT 1 FROM dbo.USERS u WHERE u.USERID = @user AND u.RECORDSTATUS = 1 AND u.USERSTATUS <> 999 AND u.USERID <> 0)',
      'BEGIN',
      insert('@user'),
      'SET @changed = @@ROWCOUNT;',
      'END;',
    ]);
    expect(values(sentStatements[0])).toEqual({
      '@user': '2',
      '@from': '2026-12-21',
      '@to': '2026-12-24',
      '@reason': "O'Synthetic; DROP",
    });
    expect(body(sentStatements[1])).toEqual([insert('0'), 'SET @changed = @@ROWCOUNT;']);
    expect(values(sentStatements[1])).toEqual({
      '@from': '2026-12-21',
      '@to': '2026-12-24',
      '@reason': null,
    });
  });

  it('take away what is absent on exactly these days', async () => {
    const { writes, sent: sentStatements } = practice();
    await writes.removeDayAway({ userId: '2', ...days });
    await writes.removeDayClosed(days);
    const removal = (user: string) => [
      `UPDATE dbo.DAYSAWAY SET RECORDSTATUS = 2, UPDATED = GETDATE() WHERE USERID = ${user} AND RECORDSTATUS = 1 AND CAST(STARTDATE AS DATE) = @from AND CAST(CASE WHEN FINISHDATE >= STARTDATE THEN FINISHDATE ELSE STARTDATE END AS DATE) = @to;`,
      'SET @changed = @@ROWCOUNT;',
    ];
    expect(sentStatements.map(body)).toEqual([removal('@user'), removal('0')]);
    expect(values(sentStatements[0])).toEqual({ '@user': '2', '@from': '2026-12-21', '@to': '2026-12-24' });
  });

  it('replace a week in one transaction', async () => {
    const { writes, sent: sentStatements } = practice();
    await writes.setClinicHours(hours);
    const row = (index: number) =>
      `(1, 0, @location, @day${index}, @opens${index}, @closes${index}, 900, 0, 0, 1, 1, GETDATE(), 0)`;
    expect(body(sentStatements[0])).toEqual([
      'SET XACT_ABORT ON;',
      'IF EXISTS (SELECT 1 FROM dbo.LOCATIONS l WHERE l.LOCATIONID = @location AND l.RECORDSTATUS = 1)',
      'BEGIN',
      'BEGIN TRANSACTION;',
      'UPDATE dbo.SESSIONS SET RECORDSTATUS = 2, UPDATED = GETDATE() WHERE LOCATIONID = @location AND USERID = 0 AND RECORDSTATUS = 1 AND (ENDDATE IS NULL OR ENDDATE >= DATEADD(hour, -27, GETDATE()));',
      `INSERT INTO dbo.SESSIONS (RECORDSTATUS, USERID, LOCATIONID, DAYOFWEEK, STARTTIME, ENDTIME, LENGTH, SPECIAL, RGB, WEEKS, CYCLEWEEK, CREATED, CREATEDBY) VALUES ${[0, 1, 2, 3].map(row).join(', ')};`,
      'SET @changed = @@ROWCOUNT;',
      'COMMIT TRANSACTION;',
      'END;',
    ]);
    expect(values(sentStatements[0])).toEqual({
      '@location': '1',
      '@day0': '2',
      '@opens0': '30600',
      '@closes0': '43200',
      '@day1': '2',
      '@opens1': '46800',
      '@closes1': '63900',
      '@day2': '7',
      '@opens2': '0',
      '@closes2': '86400',
      '@day3': '1',
      '@opens3': '36000',
      '@closes3': '39600',
    });
  });
});

describe("through the sandbox's database", () => {
  function sandbox(bpSiteId = '1002') {
    const connection = connectSandbox(bpSiteId);
    const { data, writes } = createSqlPassthrough(connection, { assumedWrites: true });
    return { data, writes, database: connection.database };
  }
  const range = { from: '2026-01-01', to: '2027-12-31' };
  const fields = { email: {}, phone: {}, takesAppointments: {}, firstName: {}, lastName: {}, active: {} };

  it('changes a user, and no other', async () => {
    const { data, writes } = sandbox();
    const { users } = await data.users({ fields });
    const [first] = users;
    if (!first) throw new Error('no user');
    const userId = first.pmsId;
    await writes.updateUser({ userId, email: 'new.user@example.com', takesAppointments: false });
    await writes.updateUser({ userId, phone: null });
    const after = (await data.users({ fields })).users;
    const changed = { ...first, email: 'new.user@example.com', phone: null, takesAppointments: false };
    expect(after).toEqual(users.map((user) => (user.pmsId === userId ? changed : user)));
    await expect(writes.updateUser({ userId: '2000000000', phone: null })).rejects.toBeInstanceOf(NotFound);
  });

  it('adds days away and takes them back', async () => {
    const { data, writes } = sandbox();
    const userId = (await data.users({ fields })).users[0]?.pmsId ?? '';
    const away = () => data.daysAway({ ...range, userIds: [userId] });
    const before = await away();
    await writes.addDayAway({ userId, ...days, reason: 'Synthetic leave' });
    await writes.addDayAway({ userId, from: '2026-12-21', to: '2026-12-21', reason: null });
    expect(await away()).toHaveLength(before.length + 2);
    expect(await away()).toContainEqual({
      userId,
      pmsId: expect.any(String),
      ...days,
      reason: 'Synthetic leave',
    });
    await writes.removeDayAway({ userId, ...days });
    expect(await away()).toHaveLength(before.length + 1);
    await writes.removeDayAway({ userId, from: '2026-12-21', to: '2026-12-21' });
    await writes.removeDayAway({ userId, from: '2026-12-21', to: '2026-12-21' });
    expect(await away()).toEqual(before);
    await expect(writes.addDayAway({ userId: '2000000000', ...days, reason: null })).rejects.toBeInstanceOf(
      NotFound,
    );
  });

  it('closes the practice for days without free slots, and opens it again', async () => {
    const { data, writes } = sandbox();
    const week = { from: '2026-11-24', to: '2026-11-25' };
    const before = await data.daysClosed(range);
    expect((await data.availableSlots(week)).slots.length).toBeGreaterThan(0);
    await writes.addDayClosed({ ...week, reason: 'Synthetic works' });
    expect(await data.daysClosed(week)).toEqual([
      { pmsId: expect.any(String), ...week, reason: 'Synthetic works', locationId: null },
    ]);
    expect(await data.availableSlots(week)).toMatchObject({ slots: [], emptyBecause: 'CLINIC_CLOSED' });
    await writes.removeDayClosed(week);
    expect(await data.daysClosed(range)).toEqual(before);
    expect((await data.availableSlots(week)).slots.length).toBeGreaterThan(0);
  });

  // With sessions of the practice's own before, without any, and with two locations in two zones.
  it.each(['1002', '1003', '1004'])('sets the week of a location, and of no other, at %s', async (id) => {
    const { data, writes } = sandbox(id);
    const before = await data.clinicHours();
    const slots = await data.availableSlots({ from: '2026-11-24', to: '2026-11-27' });
    const locationId = before[0]?.locationId ?? '';
    for (const week of [
      hours.week,
      hours.week.map((day) => ({ ...day, periods: day.periods.slice(0, 1) })),
    ]) {
      await writes.setClinicHours({ locationId, week });
      expect(await data.clinicHours()).toEqual([
        { locationId, source: 'PRACTICE_SESSIONS', week },
        ...before.slice(1),
      ]);
    }
    // No appointment can be booked in the practice's own sessions.
    expect(await data.availableSlots({ from: '2026-11-24', to: '2026-11-27' })).toEqual(slots);
    await expect(writes.setClinicHours({ ...hours, locationId: '2000000000' })).rejects.toBeInstanceOf(
      NotFound,
    );
  });

  it('keeps the week that was when the new one cannot be written', async () => {
    const { data, writes, database } = sandbox();
    const before = await data.clinicHours();
    database.run(
      "CREATE TRIGGER full BEFORE INSERT ON SESSIONS WHEN NEW.DAYOFWEEK = 1 BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
    await expect(writes.setClinicHours(hours)).rejects.toThrow();
    expect(await data.clinicHours()).toEqual(before);
  });

  it('leaves sessions that are over, and replaces those that end today', async () => {
    const { data, writes, database } = sandbox('1005');
    await writes.setClinicHours(hours);
    const statuses = () =>
      database.all<{ RECORDSTATUS: number }>(
        'SELECT RECORDSTATUS FROM SESSIONS WHERE USERID = 0 AND ENDDATE IS NOT NULL ORDER BY ENDDATE',
      );
    for (const ends of ['2026-11-22', '2026-11-23', '2026-12-31']) {
      database.run(
        "INSERT INTO SESSIONS (RECORDSTATUS, USERID, LOCATIONID, DAYOFWEEK, STARTTIME, ENDTIME, LENGTH, SPECIAL, RGB, ENDDATE, WEEKS, CYCLEWEEK, CREATED, CREATEDBY) VALUES (1, 0, 1, 3, 0, 3600, 900, 0, 0, @ends, 1, 1, '2026-01-01T00:00:00', 0)",
        { '@ends': `${ends}T00:00:00` },
      );
    }
    await writes.setClinicHours(hours);
    expect(statuses().map((row) => row.RECORDSTATUS)).toEqual([1, 2, 2]);
    expect((await data.clinicHours())[0]?.week).toEqual(hours.week);
  });
});

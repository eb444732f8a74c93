import { beforeEach, describe, expect, it } from 'vitest';
import type { PracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import { openPracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import type { BatchParameter } from '../../../sandbox/sql/engine.ts';
import { SqlEngine } from '../../../sandbox/sql/engine.ts';
import { isWriteCommand } from '../../../sandbox/sql/writes.ts';
import { practiceNamed, today } from '../practice-fixture.ts';

/** A practice with nothing in its book. Location 2 is an hour behind location 1. */
const border = { ...practiceNamed('1004'), patients: 20, doctors: 2, appointmentsPerDay: 0, daysBack: 0 };
const generated = openPracticeDatabase(border, today);
const doctor = 2;
const patient = generated.all<{ id: number }>(
  'SELECT min(INTERNALID) AS id FROM PATIENTS WHERE RECORDSTATUS = 1',
)[0]?.id;

let database: PracticeDatabase;
let engine: SqlEngine;
let hour = '08';
beforeEach(() => {
  database = generated;
  database.run('DELETE FROM APPOINTMENTS');
  database.run('DELETE FROM CANCELLEDAPPOINTMENTS');
  hour = '08';
  engine = new SqlEngine(database, (location) => `${today}T${location === 2 ? '07' : hour}:30:05`);
});

const int = (name: string, value: number | null): BatchParameter => ({
  name: `@${name}`,
  type: 'Int',
  value: value === null ? null : String(value),
});
const given = [
  { name: '@date', type: 'Date', value: '2026-11-24' },
  int('length', 900),
  int('user', doctor),
  int('patient', patient ?? 0),
  { name: '@reason', type: 'NVarChar', value: 'Sample reason' },
];
const addEx = `EXEC @id = dbo.BP_AddAppointmentEx @aptdate=@date, @apttime=@time, @appointmenttype=@type, @aptlen=@length,
  @practitionerid=@user, @patientid=@patient, @reason=@reason, @locationid=@location`;
const guard = `NOT EXISTS (SELECT 1 FROM dbo.APPOINTMENTS a WHERE a.USERID=@user AND a.APPOINTMENTDATE=@date
  AND a.RECORDSTATUS=1 AND a.APPOINTMENTTIME < @endsAt AND a.APPOINTMENTTIME + a.APPOINTMENTLENGTH > @time)`;

function runSql(sql: string, ...parameters: readonly BatchParameter[]) {
  return engine.runText(sql, [...given, ...parameters]).rows;
}
function book(time: number, { location = 1, type = 2 as number | null } = {}): number {
  const [row] = runSql(
    `DECLARE @id INT; ${addEx}; SELECT @id AS appointmentId;`,
    int('time', time),
    int('location', location),
    int('type', type),
  );
  return Number(row?.appointmentId);
}
const entry = (id: number) =>
  database.all('SELECT * FROM APPOINTMENTS WHERE RECORDID = @id', { '@id': id })[0];
const count = () => Number(database.all('SELECT count(*) AS n FROM APPOINTMENTS')[0]?.n);
const numberOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return (error as { number?: number }).number;
  }
  return 'no error';
};

describe('booking', () => {
  it('RETURNs the RECORDID of a booked row, written now at the location, without a user as author', () => {
    const id = book(32_400);
    expect(entry(id)).toMatchObject({
      RECORDID: id,
      INTERNALID: patient,
      RECORDSTATUS: 1,
      USERID: doctor,
      LOCATIONID: 1,
      APPOINTMENTDATE: '2026-11-24T00:00:00',
      APPOINTMENTTIME: 32_400,
      APPOINTMENTLENGTH: 900,
      APPOINTMENTCODE: 1,
      APPOINTMENTTYPE: 2,
      REASON: 'Sample reason',
      BOOKEDBY: 0,
      CREATED: `${today}T08:30:05`,
      CREATEDBY: 0,
      UPDATED: null,
    });
    expect(entry(book(36_000, { location: 2 }))).toMatchObject({ CREATED: `${today}T07:30:05` });
  });

  it('does not look whether the time is free', () => {
    const id = book(32_400);
    expect(book(32_400)).toBeGreaterThan(id);
    expect(count()).toBe(2);
  });

  it.each([
    ['returns-0', 0, 1, undefined],
    ['does-nothing', 0, 0, undefined],
    ['error-before', null, 0, 50000],
    ['error-partial', null, 1, 547],
    ['error-after', null, 1, 50000],
    ['error-nested', null, 1, 2812],
  ] as const)('%s: RETURNs %j with %i rows and error %j', (procedures, returned, rows, error) => {
    const run = () =>
      engine.runText(
        `DECLARE @id INT; EXEC @id = BP_AddAppointment '2026-11-24', 32400, 900, 2, ${patient}; SELECT @id AS id`,
        [],
        { procedures },
      ).rows[0]?.id;
    if (error === undefined) expect(run()).toBe(returned);
    else expect(numberOf(run)).toBe(error);
    expect(count()).toBe(rows);
  });

  it('takes and gives back application locks, which a text can leave behind', () => {
    const take =
      "EXEC @got = sp_getapplock @Resource = 'a', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 10;";
    const got = (after: string, locks?: 'refused' | 'busy') =>
      engine.runText(`DECLARE @got INT; ${take} ${after} SELECT @got AS got`, [], locks ? { locks } : {})
        .rows[0]?.got;
    const release = "EXEC sp_releaseapplock @Resource = 'a', @LockOwner = 'Session';";
    expect([got(release), got(release), got('', 'busy')]).toEqual([0, 0, -1]);
    expect(numberOf(() => got('', 'refused'))).toBe(229);
    expect(numberOf(() => engine.runText(release, []))).toBe(1223);
    expect(engine.locks.left).toEqual([]);
    got('');
    expect(engine.locks.left).toEqual(['a']);
    expect(got('')).toBe(-1);
  });

  it('TRY hands the first error to CATCH, and goes on', () => {
    const sql = `DECLARE @n INT = 0; BEGIN TRY EXEC BP_Nope; SET @n = 1; END TRY BEGIN CATCH SET @n = @@ERROR; END CATCH; SELECT @n AS n`;
    expect(engine.runText(sql, []).rows).toEqual([{ n: 2812 }]);
    expect(engine.runText('BEGIN TRY SELECT 1 AS n END TRY BEGIN CATCH END CATCH', []).rows).toEqual([
      { n: 1 },
    ]);
    const names = 'BEGIN TRY SELECT 1 FROM dbo.NOPE END TRY BEGIN CATCH SELECT 2 AS n END CATCH';
    expect(numberOf(() => engine.runText(names, []))).toBe(208);
  });

  it('RETURNs 0 for a patient who is deleted or unknown', () => {
    const of = (sql: string) =>
      engine.runText(
        `DECLARE @id INT; EXEC @id = BP_AddAppointment '2026-11-24', 32400, 900, 2, ${sql}; SELECT @id AS id`,
        [],
      ).rows[0]?.id;
    const deleted = database.all('SELECT INTERNALID AS id FROM PATIENTS WHERE RECORDSTATUS <> 1 LIMIT 1')[0];
    if (deleted) expect(of(String(deleted.id))).toBe(0);
    expect(of('0')).toBe(0);
    expect(of('99999999')).toBe(0);
    expect(count()).toBe(0);
  });

  it('takes the old procedure’s arguments by place; type, reason and location are then the usual ones', () => {
    const [row] = runSql(
      'DECLARE @id INT; EXEC @id = dbo.BP_AddAppointment @date, 32400, @length, @user, @patient; SELECT @id AS id',
    );
    const usual = database.all('SELECT LOCATIONID FROM USERS WHERE USERID = 2')[0]?.LOCATIONID;
    expect(entry(Number(row?.id))).toMatchObject({ APPOINTMENTTYPE: 1, REASON: null, LOCATIONID: usual });
  });

  it('can be restricted to times that no row overlaps', () => {
    const guarded = (time: number) =>
      runSql(
        `DECLARE @id INT = 0; IF ${guard} ${addEx}; SELECT @id AS appointmentId;`,
        int('time', time),
        int('endsAt', time + 900),
        int('location', 1),
        int('type', 1),
      )[0]?.appointmentId;
    expect(guarded(32_400)).toBeGreaterThan(0);
    expect(guarded(33_299)).toBe(0);
    expect(guarded(33_300)).toBeGreaterThan(0);
    expect(count()).toBe(2);
  });

  it('has no Ex where the practice’s version lacks it', () => {
    const old = (sql: string) => engine.runText(sql, [], { missing: ['BP_AddAppointmentEx'] });
    expect(numberOf(() => old('EXEC bp_addappointmentex 1'))).toBe(2812);
    expect(numberOf(() => old('EXEC BP_AddAppointment 1'))).toBe(201);
  });

  it.each([
    ['EXEC BP_AddAppointmentEx @aptdate=@date', 201],
    ['EXEC BP_CancelAppointment @aptid=1, @reason=@reason', 8145],
    ['EXEC BP_CancelAppointment 1, 2, 3', 8144],
    ["EXEC BP_AddAppointment 'soon', 0, 900, 2, 1", 241],
    ['EXEC BP_AddAppointment @date, NULL, 900, 2, 1', 515],
    ['EXEC BP_AddAppointmentEx @date, 0, NULL, 900, 2, 1, @reason', 515],
    ['EXEC BP_AddAppointmentEx @date, 0, 4711, 900, 2, 1, @reason', 50000],
    ['EXEC BP_AddAppointment @date, 86400, 900, 2, 1', 50000],
    ['EXEC BP_AddAppointment @date, 0, 0, 2, 1', 50000],
    ['EXEC BP_AddAppointment @date, 0, 900, 4711, 1', 50000],
    ['EXEC BP_AddAppointment @date, 0, 900, 2, 1, 0, 4711', 50000],
  ])('refuses %s: %i', (sql, number) => {
    expect(numberOf(() => runSql(sql))).toBe(number);
    expect(count()).toBe(0);
  });
});

describe('what is booked', () => {
  const change = (sql: string, id: number) => runSql(sql, int('apt', id));

  it('can be updated: type, length and reason, whatever they were', () => {
    const id = book(32_400);
    hour = '09';
    change('EXEC dbo.BP_UpdateAppointment @aptid=@apt, @apttype=4, @aptlen=1800, @reason=NULL', id);
    expect(entry(id)).toMatchObject({
      APPOINTMENTTYPE: 4,
      APPOINTMENTLENGTH: 1800,
      REASON: null,
      UPDATED: `${today}T09:30:05`,
    });
  });

  it('can be moved, also on top of another: looking first is the caller’s', () => {
    const [id, other] = [book(32_400), book(36_000)];
    const move = `DECLARE @moved INT = -1;
      IF NOT EXISTS (SELECT 1 FROM dbo.APPOINTMENTS a WHERE a.USERID=@user AND a.APPOINTMENTDATE=@date AND a.RECORDSTATUS=1
        AND a.APPOINTMENTTIME < @endsAt AND a.APPOINTMENTTIME + a.APPOINTMENTLENGTH > @time AND a.RECORDID <> @apt)
      EXEC @moved = dbo.BP_MoveAppointment @aptid=@apt, @aptdate=@date, @apttime=@time, @practitionerid=@user, @locationid=@location;
      SELECT @moved AS moved;`;
    const moved = (time: number) =>
      runSql(move, int('apt', id), int('time', time), int('endsAt', time + 900), int('location', 2))[0]
        ?.moved;
    expect(moved(36_300)).toBe(-1);
    expect(moved(32_700)).toBe(0);
    expect(entry(id)).toMatchObject({ APPOINTMENTTIME: 32_700, LOCATIONID: 2, UPDATED: `${today}T07:30:05` });
    change('EXEC BP_MoveAppointment @apt, @date, 36000, @user, 1', id);
    expect([entry(id)?.APPOINTMENTTIME, entry(other)?.APPOINTMENTTIME]).toEqual([36_000, 36_000]);
  });

  it('can be cancelled once, which is noted', () => {
    const id = book(32_400);
    change('EXEC dbo.BP_CancelAppointment @aptid=@apt', id);
    expect(entry(id)).toMatchObject({ RECORDSTATUS: 2, APPOINTMENTCODE: 1, UPDATED: `${today}T08:30:05` });
    expect(database.all('SELECT * FROM CANCELLEDAPPOINTMENTS')).toEqual([
      {
        APPOINTMENTID: id,
        CANCELLEDBY: 0,
        CANCELLEDDATE: `${today}T00:00:00`,
        CANCELLEDTIME: 30_605,
        REASON: null,
      },
    ]);
    expect(numberOf(() => change('EXEC dbo.BP_CancelAppointment @aptid=@apt', id))).toBe(50000);
  });

  it('can arrive, and not have arrived', () => {
    const id = book(32_400);
    const state = () => [entry(id)?.APPOINTMENTCODE, entry(id)?.ARRIVALTIME];
    change('EXEC BP_ArriveAppointment @aptid=@apt', id);
    expect(state()).toEqual([2, 30_605]);
    hour = '09';
    change('EXEC BP_ArriveAppointment @aptid=@apt', id);
    expect(state()).toEqual([2, 30_605]);
    change('EXEC BP_UnarriveAppointment @aptid=@apt', id);
    expect(state()).toEqual([1, 0]);
    database.run('UPDATE APPOINTMENTS SET APPOINTMENTCODE = 13');
    expect(numberOf(() => change('EXEC BP_ArriveAppointment @aptid=@apt', id))).toBe(50000);
  });

  it('can be confirmed or declined', () => {
    const id = book(32_400);
    change('EXEC BP_ConfirmAppointment @aptid=@apt', id);
    expect(entry(id)).toMatchObject({ ATTENDANCECONFIRMED: 1, ATTENDANCEUPDATED: `${today}T08:30:05` });
    change('EXEC BP_DeclineAppointment @aptid=@apt', id);
    expect(entry(id)).toMatchObject({ ATTENDANCECONFIRMED: 2, RECORDSTATUS: 1 });
  });

  it.each([
    'BP_UpdateAppointment 4711, 1, 900, NULL',
    "BP_MoveAppointment 4711, '2026-11-24', 0, 2, 1",
    'BP_CancelAppointment 4711',
    'BP_ArriveAppointment 4711',
    'BP_UnarriveAppointment 4711',
    'BP_ConfirmAppointment 4711',
    'BP_DeclineAppointment 4711',
  ])('is refused when it does not exist: %s', (sql) => {
    expect(numberOf(() => runSql(`EXEC ${sql}`))).toBe(50000);
  });
});

it('distinguishes a command that writes from one that reads', () => {
  const writing = [
    'EXEC BP_CancelAppointment 1',
    'BP_CANCELAPPOINTMENT 1',
    'SELECT 1; EXECUTE BP_CANCELAPPOINTMENT 1',
    'DECLARE @a int; INSERT INTO DAYSAWAY (USERID) VALUES (1)',
    'IF 1 = 2 UPDATE USERS SET PHONE = NULL',
    'BEGIN TRAN; DELETE FROM SESSIONS; ROLLBACK',
    'EXEC BP_AddPatient 1',
    'IF 1 = 2 SELECT 1 AS a ELSE BEGIN DECLARE @x INT; IF 1 = 1 EXEC @x = [dbo].[BP_AddAppointment] 1 END',
  ].filter((sql) => !isWriteCommand(sql, 'text'));
  expect(writing).toEqual([]);
  expect(isWriteCommand('dbo.BP_MoveAppointment', 'storedProcedure')).toBe(true);
  for (const sql of [
    'SELECT 1',
    "SELECT 'EXEC BP_CancelAppointment 1' AS t",
    'EXEC BP_GetAllUsers',
    'selct (',
  ])
    expect(isWriteCommand(sql, 'text')).toBe(false);
});

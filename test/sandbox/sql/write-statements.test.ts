import { beforeEach, describe, expect, it } from 'vitest';
import type { PracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import { openPracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import type { BatchParameter } from '../../../sandbox/sql/engine.ts';
import { SqlEngine } from '../../../sandbox/sql/engine.ts';
import { practiceNamed, today } from '../practice-fixture.ts';

const small = { ...practiceNamed('9001'), patients: 10, appointmentsPerDay: 0, daysBack: 0 };
let database: PracticeDatabase;
let engine: SqlEngine;
beforeEach(() => {
  database = openPracticeDatabase(small, today);
  engine = new SqlEngine(database, () => `${today}T10:11:12`);
});

const run = (sql: string, ...parameters: BatchParameter[]) => engine.runText(sql, parameters);
const rows = (sql: string, ...parameters: BatchParameter[]) => run(sql, ...parameters).rows;
const numberOf = (sql: string): unknown => {
  try {
    run(sql);
  } catch (error) {
    return (error as { number?: number }).number;
  }
  return 'no error';
};
const away = () =>
  database.all('SELECT RECORDID, RECORDSTATUS, USERID, AWAYREASON FROM DAYSAWAY ORDER BY RECORDID');
const insert =
  'INSERT INTO dbo.DAYSAWAY (RECORDSTATUS, USERID, STARTDATE, FINISHDATE, AWAYREASON, CREATED, CREATEDBY) VALUES';

describe('statements that write', () => {
  it('insert rows and return their identity, which is never reused', () => {
    const before = away().length;
    const sql = `${insert} (1, 2, @d, @d, N'Sample leave', GETDATE(), 0), (1, 4, @d, NULL, NULL, GETDATE(), 0);
      SELECT SCOPE_IDENTITY() AS id, @@ROWCOUNT AS n`;
    const date = { name: '@d', type: 'Date', value: '2026-12-01' };
    const result = run(sql, date);
    expect(result.rowsAffected).toBe(2);
    expect(result.rows).toEqual([{ id: before + 2, n: 2 }]);
    expect(away().slice(-2)).toMatchObject([{ USERID: 2, AWAYREASON: 'Sample leave' }, { USERID: 4 }]);
    run('DELETE FROM DAYSAWAY WHERE RECORDID = SCOPE_IDENTITY() OR RECORDID > 0');
    expect(rows(sql, date)).toEqual([{ id: before + 4, n: 2 }]);
  });

  it('insert what a query finds', () => {
    const before = away().length;
    const sql =
      'INSERT INTO DAYSAWAY (RECORDSTATUS, USERID, CREATED, CREATEDBY) SELECT 2, USERID, CREATED, 0 FROM DAYSAWAY';
    expect(run(sql).rowsAffected).toBe(before);
    expect(away().filter((row) => row.RECORDSTATUS === 2)).toHaveLength(before);
  });

  it('update and delete what the condition names', () => {
    const update = run(
      "UPDATE dbo.DAYSAWAY SET AWAYREASON = RTRIM(AWAYREASON) + '!' WHERE DAYSAWAY.USERID = 0",
    );
    expect(update.rowsAffected).toBe(away().filter((row) => row.USERID === 0).length);
    expect(away().find((row) => row.USERID === 0)?.AWAYREASON).toBe('Sandbox public holiday!');
    expect(run('DELETE DAYSAWAY WHERE USERID <> 0').rowsAffected).toBeGreaterThan(0);
    expect(away().every((row) => row.USERID === 0)).toBe(true);
  });

  it('count nothing under NOCOUNT, and nothing when they only read', () => {
    expect(run('SET NOCOUNT ON; UPDATE DAYSAWAY SET UPDATED = GETDATE()').rowsAffected).toBe(-1);
    expect(run('SELECT 1 AS a').rowsAffected).toBe(-1);
    expect(run('UPDATE DAYSAWAY SET UPDATED = GETDATE() WHERE 1 = 2').rowsAffected).toBe(0);
  });

  it('change of users what is granted', () => {
    run("UPDATE USERS SET EMAIL = 'new@example.com', UPDATED = GETDATE() WHERE USERID = 2");
    expect(rows('SELECT EMAIL FROM USERS WHERE USERID = 2')).toEqual([{ EMAIL: 'new@example.com' }]);
    expect(numberOf("UPDATE USERS SET PASSWORD = 'x'")).toBe(230);
  });

  it.each([
    ['DELETE FROM APPOINTMENTS', 229],
    ['INSERT INTO EMAIL (EMAIL) VALUES (NULL)', 229],
    ['DELETE FROM USERS', 229],
    ['INSERT INTO NOPE (A) VALUES (1)', 208],
    ['INSERT INTO DAYSAWAY (NOPE) VALUES (1)', 207],
    ['UPDATE DAYSAWAY SET NOPE = 1', 207],
    ['INSERT INTO DAYSAWAY (RECORDSTATUS) VALUES (1)', 515],
    ['UPDATE DAYSAWAY SET USERID = NULL', 515],
    ['INSERT INTO DAYSAWAY (RECORDID) VALUES (1)', 544],
    ['UPDATE DAYSAWAY SET RECORDID = 1', 8102],
    ["UPDATE DAYSAWAY SET USERID = 'abc'", 245],
    ["UPDATE DAYSAWAY SET STARTDATE = 'soon'", 241],
    ['UPDATE DAYSAWAY SET STARTDATE = 5', 257],
    ['UPDATE DAYSAWAY SET USERID = GETDATE()', 257],
    ['UPDATE DAYSAWAY SET USERID = 3000000000', 8115],
    ["UPDATE DAYSAWAY SET AWAYREASON = REPLICATE('x', 101)", 2628],
    ['INSERT INTO DAYSAWAY (USERID, RECORDSTATUS) VALUES (1)', 109],
    ['INSERT INTO DAYSAWAY (USERID) VALUES (1, 2)', 110],
    ['INSERT INTO DAYSAWAY (USERID, USERID) VALUES (1, 2)', 264],
    ['UPDATE DAYSAWAY SET USERID = COUNT(*)', 157],
    ['UPDATE DAYSAWAY SET USERID = 1 FROM DAYSAWAY', 156],
    ['COMMIT', 3902],
    ['ROLLBACK', 3903],
  ])('are refused: %s: %i', (sql, number) => {
    const before = away();
    expect(numberOf(sql)).toBe(number);
    expect(away()).toEqual(before);
  });
});

describe('a batch', () => {
  it('keeps what came before a failure, statement by statement', () => {
    expect(numberOf('DELETE FROM DAYSAWAY; UPDATE DAYSAWAY SET NOPE = 1; SELECT 1 AS a')).toBe(207);
    expect(away()).toEqual([]);
  });

  it('goes on behind an error that ends only its statement, as SQL Server does', () => {
    expect(numberOf('BEGIN TRAN; DELETE FROM DAYSAWAY; DELETE FROM PATIENTS; COMMIT')).toBe(229);
    expect(away()).toEqual([]);
  });

  it('is rolled back whole under XACT_ABORT, and when it is not committed', () => {
    const before = away();
    expect(
      numberOf('SET XACT_ABORT ON; BEGIN TRAN; DELETE FROM DAYSAWAY; DELETE FROM PATIENTS; COMMIT'),
    ).toBe(229);
    expect(away()).toEqual(before);
    run('BEGIN TRANSACTION; DELETE FROM DAYSAWAY');
    expect(away()).toEqual(before);
    run('BEGIN TRAN; DELETE FROM DAYSAWAY; ROLLBACK TRAN');
    expect(away()).toEqual(before);
    run('BEGIN TRAN; BEGIN TRAN; DELETE FROM DAYSAWAY; COMMIT; COMMIT');
    expect(away()).toEqual([]);
  });

  it('branches, assigns and returns', () => {
    expect(
      rows(
        `DECLARE @a int = 1, @b varchar(3) = 'abcdef', @n int;
        SELECT @n = DAYCODE, @a = @a + 0 FROM DAYOFWEEK WHERE 1 = 2;
        IF EXISTS (SELECT 1 FROM DAYOFWEEK) BEGIN SET @a = 2; SELECT @n = MAX(DAYCODE) FROM DAYOFWEEK END ELSE SET @a = 3
        SELECT @a AS a, @b AS b, @n AS n, @@ROWCOUNT AS c`.replace(', @a = @a + 0', ''),
      ),
    ).toEqual([{ a: 2, b: 'abc', n: 7, c: 1 }]);
    expect(rows('SELECT 1 AS a; RETURN; DELETE FROM PATIENTS')).toEqual([{ a: 1 }]);
  });

  it.each([
    ['SET @a = 1', 137],
    ['DELETE FROM DAYSAWAY; SELECT @a', 137],
    ['DECLARE @a int; DECLARE @A int', 134],
    ['DECLARE @a nope', 2715],
    ['DECLARE @a int; SELECT @a = 1, 2', 141],
    ['DECLARE @n int; SELECT @n = @n + DAYCODE FROM DAYOFWEEK', 102],
    ['RETURN 1', 178],
    ['WHILE 1 = 1 SELECT 1', 156],
    ['SELECT 1; nope', 102],
    ['EXEC BP_IsAppointmentBooked 1, NULL, 3, 4', 8144],
    ['DECLARE @u int; EXEC BP_IsAppointmentBooked @u OUTPUT, NULL, 1', 8162],
    ['EXEC BP_IsAppointmentBooked 1 OUTPUT, NULL, 1', 179],
  ])('is refused: %s: %i', (sql, number) => {
    const before = away();
    expect(numberOf(sql)).toBe(number);
    expect(away()).toEqual(before);
  });
});

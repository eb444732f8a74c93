import { beforeAll, describe, expect, it } from 'vitest';
import type { BatchParameter } from '../../../sandbox/sql/engine.ts';
import { SqlEngine } from '../../../sandbox/sql/engine.ts';
import { databaseOf } from '../practice-fixture.ts';

let engine: SqlEngine;
beforeAll(() => {
  engine = new SqlEngine(databaseOf('9001'), () => '2026-11-23T10:11:12');
});

const rows = (sql: string, ...parameters: BatchParameter[]) => engine.runText(sql, parameters).rows;
const value = (expression: string, ...parameters: BatchParameter[]) =>
  rows(`SELECT ${expression} AS v`, ...parameters)[0]?.v;
const text = (name: string, given: string | null): BatchParameter => ({
  name,
  type: 'VarChar',
  value: given,
});
const int = (name: string, given: string): BatchParameter => ({ name, type: 'Int', value: given });
const numberOf = (sql: string, ...parameters: BatchParameter[]): unknown => {
  try {
    engine.runText(sql, parameters);
  } catch (error) {
    return (error as { number?: number }).number;
  }
  return 'no error';
};

describe('what SQL Server would answer', () => {
  it.each([
    ['7 / 2', 3],
    ['7 % 2', 1],
    ['1.5 + 1', 2.5],
    ["'a' + 'b'", 'ab'],
    ["LEN('abc  ')", 3],
    ["LEFT('abcdef', 2)", 'ab'],
    ["RIGHT('abcdef', 2)", 'ef'],
    ["SUBSTRING('abcdef', 2, 3)", 'bcd'],
    ["SUBSTRING('abcdef', 0, 3)", 'ab'],
    ["REPLACE('0491 570 006', ' ', '')", '0491570006'],
    ["REPLACE('aXbx', 'x', '-')", 'a-b-'],
    ["UPPER('abc') + LOWER('DEF')", 'ABCdef'],
    ["CONCAT('a', NULL, 1)", 'a1'],
    ["ISNULL(NULL, 'x')", 'x'],
    ['COALESCE(NULL, NULL, 3)', 3],
    ["NULLIF('a', 'A')", null],
    ['ABS(-3)', 3],
    ["CHARINDEX('B', 'abc')", 2],
    ["CAST('42' AS int) + 1", 43],
    ['CAST(1 AS bit)', true],
    ["CAST('x' AS char(3))", 'x  '],
    ['CONVERT(varchar(10), GETDATE(), 23)', '2026-11-23'],
    ['CONVERT(varchar(10), GETDATE(), 103)', '23/11/2026'],
    ['CAST(GETDATE() AS date)', '2026-11-23T00:00:00'],
    ["DATEADD(second, 29700, CAST('2026-11-23' AS datetime))", '2026-11-23T08:15:00'],
    ["DATEADD(month, 1, '2026-01-31')", '2026-02-28T00:00:00'],
    ["DATEDIFF(day, '2026-11-22T23:59:00', '2026-11-23T00:01:00')", 1],
    ["DATEDIFF(hour, '2026-11-22T23:59:00', '2026-11-23T00:01:00')", 1],
    ["DATEDIFF(week, '2026-11-21', '2026-11-22')", 1],
    ['DATEDIFF(second, CAST(GETDATE() AS date), GETDATE())', 36672],
    ['DATEPART(weekday, GETDATE())', 2],
    ["CASE WHEN 'smith ' = 'SMITH' THEN 1 ELSE 0 END", 1],
    ["CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' END", 'two'],
    ['CASE WHEN NULL IN (1, 2) THEN 1 ELSE 0 END', 0],
    ["IIF(1 < 2, 'yes', 'no')", 'yes'],
    ["'it''s -- not a comment'", "it's -- not a comment"],
    ["'[USERS] @x LIMIT 1'", '[USERS] @x LIMIT 1'],
  ])('%s is %j', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  it('takes parameters by their declared type', () => {
    expect(value('@n + 1', int('@n', '41'))).toBe(42);
    expect(value('@d', { name: '@d', type: 'Date', value: '20261123' })).toBe('2026-11-23T00:00:00');
    expect(value('@t', text('@t', "x' OR 1=1 --"))).toBe("x' OR 1=1 --");
    expect(value('@t', text('@t', null))).toBe(null);
  });

  it('pads char(n) when a column is selected, and not when it is trimmed', () => {
    const [row] = rows(
      "SELECT TOP 1 p.SURNAME, RTRIM(p.SURNAME) AS trimmed, p.POSTCODE + '!' AS joined, ISNULL(p.MIDDLENAME, '') AS middle FROM PATIENTS p WHERE p.INTERNALID = 1",
    );
    expect(row).toEqual({
      SURNAME: "O'Sampleton".padEnd(40),
      trimmed: "O'Sampleton",
      joined: '2000!',
      middle: row?.middle,
    });
    expect(String(row?.middle)).toHaveLength(30);
  });

  it('pads through UNION ALL, derived tables and common table expressions', () => {
    expect(rows('SELECT SEX FROM SEX UNION ALL SELECT SEX FROM SEX')[1]).toEqual({ SEX: 'Female    ' });
    expect(rows("SELECT SEX FROM SEX UNION ALL SELECT 'x'").map(({ SEX }) => SEX)).toEqual(
      expect.arrayContaining(['Female    ', 'x']),
    );
    expect(
      rows('WITH s AS (SELECT SEX AS a FROM SEX) SELECT x.a FROM (SELECT a FROM s) x ORDER BY a DESC')[0],
    ).toEqual({
      a: 'Other     ',
    });
  });

  it('compares text without regard to case and trailing blanks', () => {
    expect(rows('SELECT 1 AS n FROM SEX WHERE SEX = @s', text('@s', 'female   '))).toHaveLength(1);
    expect(rows("SELECT 1 AS n FROM SEX WHERE SEX LIKE 'FEM%'")).toHaveLength(1);
    expect(rows("SELECT 1 AS n FROM SEX WHERE RTRIM(SEX) IN ('FEMALE', 'male')")).toHaveLength(2);
  });

  it('reads a day with its joins, prefixes, hints and brackets', () => {
    const day = rows(
      `SELECT a.RECORDID AS id, RTRIM(p.SURNAME) AS surname, DATEADD(second, a.APPOINTMENTTIME, a.APPOINTMENTDATE) AS [start]
       FROM BPSPATIENTS.dbo.APPOINTMENTS a WITH (NOLOCK) INNER JOIN dbo.PATIENTS AS p ON p.INTERNALID = a.INTERNALID
       LEFT OUTER JOIN BPSPatients..[APPOINTMENTTYPES] t ON t.APPOINTMENTCODE = a.APPOINTMENTTYPE
       WHERE a.APPOINTMENTDATE = @day AND a.RECORDSTATUS = 1 AND a.INTERNALID <> 0 ORDER BY a.APPOINTMENTTIME, a.RECORDID`,
      { name: '@day', type: 'Date', value: '2026-11-23' },
    );
    expect(day).toHaveLength(20);
    expect(day[0]).toMatchObject({
      id: expect.any(Number),
      start: expect.stringMatching(/^2026-11-23T\d\d:\d\d:00$/),
    });
  });

  it('numbers rows within a partition, groups, counts and pages', () => {
    const latest = rows(
      `SELECT x.USERID, x.rn FROM (SELECT USERID, ROW_NUMBER() OVER (PARTITION BY USERID ORDER BY APPOINTMENTDATE DESC, RECORDID) AS rn
       FROM APPOINTMENTS) x WHERE x.rn <= 2 ORDER BY x.USERID, x.rn`,
    );
    expect(latest.map(({ rn }) => rn)).toEqual([1, 2, 1, 2]);
    expect(rows('SELECT COUNT(*) FROM PATIENTS')).toEqual([{ Column1: 40 }]);
    expect(rows('SELECT TOP (@n) DAYCODE FROM DAYOFWEEK ORDER BY DAYCODE DESC', int('@n', '2'))).toEqual([
      { DAYCODE: 7 },
      { DAYCODE: 6 },
    ]);
    expect(
      rows('SELECT DAYCODE FROM DAYOFWEEK ORDER BY DAYCODE OFFSET 2 ROWS FETCH NEXT 1 ROWS ONLY'),
    ).toEqual([{ DAYCODE: 2 }]);
    expect(
      rows('SELECT GROUPCODE AS g, COUNT(*) AS n FROM USERS GROUP BY GROUPCODE HAVING COUNT(*) > 9'),
    ).toEqual([]);
  });

  it('knows subqueries, values lists and correlated EXISTS', () => {
    expect(
      rows(
        'SELECT v.id FROM (VALUES (1), (2)) AS v(id) WHERE EXISTS (SELECT 1 FROM DAYOFWEEK d WHERE d.DAYCODE = v.id + 6)',
      ),
    ).toEqual([{ id: 1 }]);
    expect(
      rows(
        'SELECT (SELECT MAX(d.DAYCODE) FROM DAYOFWEEK d WHERE d.DAYCODE < s.SEXCODE) AS below FROM SEX s ORDER BY s.SEXCODE',
      ),
    ).toEqual([{ below: null }, { below: 0 }, { below: 1 }, { below: 2 }]);
    expect(
      rows('SELECT SEXCODE FROM SEX WHERE SEXCODE NOT IN (SELECT DAYCODE FROM DAYOFWEEK WHERE DAYCODE > 0)'),
    ).toEqual([{ SEXCODE: 0 }]);
  });

  it('selects all columns where SQL Server would, the password too', () => {
    expect(rows('SELECT * FROM USERS')[0]).toHaveProperty('PASSWORD', 'not-a-pass');
  });
});

describe('BP_* procedures', () => {
  it('answers through the DECLARE, EXEC, SELECT form', () => {
    const sql =
      'DECLARE @r int; EXEC @r = dbo.BP_IsAppointmentBooked @userid = @u, @aptdate = @d, @apttime = @t; SELECT @r AS booked;';
    const [booked] = rows(
      "SELECT TOP 1 USERID AS u, APPOINTMENTTIME AS t FROM APPOINTMENTS WHERE APPOINTMENTDATE = '2026-11-24' AND RECORDSTATUS = 1 AND APPOINTMENTCODE = 1 AND INTERNALID <> 0",
    );
    const day = { name: '@d', type: 'Date', value: '2026-11-24' };
    expect(rows(sql, int('@u', String(booked?.u)), day, int('@t', String(booked?.t)))).toEqual([
      { booked: 1 },
    ]);
    expect(rows(sql, int('@u', String(booked?.u)), day, int('@t', '1'))).toEqual([{ booked: 0 }]);
  });

  it('offers free times that nothing in the book touches, in seconds', () => {
    const free = rows("EXEC BP_GetFreeAppointments @userid = 2, @aptdate = '2026-11-24'");
    const taken = rows(
      "SELECT APPOINTMENTTIME AS t FROM APPOINTMENTS WHERE USERID = 2 AND APPOINTMENTDATE = '2026-11-24' AND RECORDSTATUS = 1",
    );
    expect(free.length).toBeGreaterThan(0);
    expect(free.map((row) => row.AppointmentTime)).not.toEqual(expect.arrayContaining([taken[0]?.t]));
    expect(free.every((row) => row.AppointmentLength === 900)).toBe(true);
  });

  it('raises an error that says away for a user on leave', () => {
    expect(() => rows("EXEC BP_GetFreeAppointments @userid = 2000000553, @aptdate = '2026-12-08'")).toThrow(
      /away .* that date/,
    );
  });

  it('lists users and a patient’s appointments with padded names', () => {
    expect(String(rows('EXEC BP_GetAllUsers')[0]?.Surname)).toHaveLength(100);
    expect(rows('EXEC BP_GetPatientAppointments @patientid = 7').length).toBeGreaterThan(0);
  });
});

describe('refused texts, with the error number of SQL Server', () => {
  it.each([
    ['SELECT nope FROM USERS', 207],
    ['SELECT u.nope FROM USERS u', 207],
    ['SELECT x.USERID FROM USERS u', 4104],
    ['SELECT USERID FROM USERS u JOIN PATIENTS p ON p.USERID = u.USERID', 209],
    ['SELECT * FROM NOPE', 208],
    ['SELECT * FROM sys.tables', 208],
    ['SELECT * FROM sqlite_master', 208],
    ['SELECT sqlite_version()', 195],
    ["SELECT load_extension('x')", 195],
    ['SELECT tsql_int(1)', 195],
    ['SELECT @q', 137],
    ['SELECT 1 FROM', 102],
    ['SELECT TOP 1 PERCENT 1', 156],
    ['SELECT 1 LIMIT 1, 2', 102],
    ['SELECT u.USERID FROM USERS u CROSS APPLY (SELECT 1 AS x) y', 156],
    ['SELECT 1 WHERE 1', 4145],
    ['selct', 2812],
    ['EXEC BP_Nope', 2812],
    ['EXEC BP_GetFreeAppointments @userid = 1', 201],
    ['EXEC BP_GetFreeAppointments @nope = 1', 8145],
    ['EXEC BP_AddAppointment 1', 201],
    ['EXEC BP_AddPatient 1', 201],
    ['EXEC BP_AddMessage 1', 229],
    ['IF 1 = 1 DELETE FROM PATIENTS', 229],
    ['IF 1 = 1 SELECT 1 AS a; ELSE SELECT 2 AS a', 156],
    ['IF 1 = 1', 102],
    ['EXEC BP_GetPatientAppointments @patientid = 3 + 4', 102],
    ["EXEC xp_cmdshell 'dir'", 229],
    ['DROP TABLE PATIENTS', 229],
    ['SELECT 1; DELETE FROM PATIENTS', 229],
    ["UPDATE PATIENTS SET SURNAME = 'x'", 229],
    ['INSERT INTO PATIENTS (INTERNALID) VALUES (1)', 229],
    ['SELECT * INTO COPY FROM PATIENTS', 229],
    ['PRAGMA table_info(USERS)', 102],
    ["ATTACH 'x' AS y", 156],
    ["SELECT 1 FROM USERS WHERE USERID = 'abc'", 245],
    ["SELECT 1 FROM APPOINTMENTS WHERE APPOINTMENTDATE = 'soon'", 241],
    ["SELECT 1 FROM APPOINTMENTS WHERE APPOINTMENTDATE = '2026-02-30'", 242],
    ['SELECT 1 / 0', 8134],
    ['SELECT (SELECT USERID FROM USERS) AS u', 512],
    ['SELECT (SELECT 1, 2) AS u', 116],
    ['SELECT USERID, COUNT(*) FROM USERS', 8120],
    ['SELECT CASE WHEN COUNT(*) > 1 THEN SURNAME END FROM USERS', 8120],
    ["SELECT 1 FROM USERS WHERE SURNAME LIKE 'a' ESCAPE 'xx'", 506],
    ['SELECT LEFT(SURNAME) FROM USERS', 174],
    ['SELECT CONVERT(varchar(20), GETDATE(), 9)', 281],
    ['SELECT x.a FROM (SELECT 1) x', 8155],
    ['SELECT 1 UNION ALL SELECT 1, 2', 205],
    ['SELECT USERID FROM USERS WHERE COUNT(*) > 1', 147],
  ])('%s: %i', (sql, number) => {
    expect(numberOf(sql)).toBe(number);
  });

  it('refuses parameters that are not what they say, and too many', () => {
    expect(numberOf('SELECT @n', int('@n', 'abc'))).toBe(245);
    expect(numberOf('SELECT @d', { name: '@d', type: 'Date', value: '23rd' })).toBe(241);
    const many = Array.from({ length: 2_099 }, (_, index) => int(`@p${index}`, '1'));
    expect(numberOf('SELECT 1', ...many)).toBe(8003);
    expect(numberOf('SELECT 1', ...many.slice(1))).toBe('no error');
  });

  it('changes nothing, whatever the text holds', () => {
    const before = rows('SELECT COUNT(*) AS n FROM PATIENTS');
    for (const surname of ["'; DROP TABLE PATIENTS; --", '%', '[', "' OR '1'='1"]) {
      expect(rows('SELECT 1 AS n FROM PATIENTS WHERE SURNAME = @s', text('@s', surname))).toEqual([]);
    }
    expect(rows('SELECT COUNT(*) AS n FROM PATIENTS')).toEqual(before);
  });
});

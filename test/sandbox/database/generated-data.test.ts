import { describe, expect, it } from 'vitest';
import { medicareCheckDigit } from '../../../sandbox/database/medicare.ts';
import { fictionMobiles } from '../../../sandbox/database/names.ts';
import { openPracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import { practices } from '../../../sandbox/practices.ts';
import { databaseOf, practiceNamed, today } from '../practice-fixture.ts';

const wattle = databaseOf('1001');
const count = (sql: string): number =>
  wattle.all<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)[0]?.n ?? 0;
const fictional = (digits: string): boolean =>
  fictionMobiles.includes(digits) || /^0[2378](5550|7010)\d{4}$/.test(digits);

describe('invented people', () => {
  it('have Medicare numbers with the right check digit', () => {
    expect(medicareCheckDigit('21234567')).toBe(0);
    const numbers = wattle.all<{ n: string }>(
      'SELECT MEDICARENO AS n FROM PATIENTS WHERE MEDICARENO IS NOT NULL',
    );
    expect(numbers.length).toBeGreaterThan(2000);
    expect(
      numbers.filter(
        ({ n }) => !/^[2-6]\d{9}$/.test(n) || medicareCheckDigit(n.slice(0, 8)) !== Number(n[8]),
      ),
    ).toEqual([]);
  });

  it('have telephone numbers of the fiction ranges only', () => {
    for (const { bpSiteId } of [practiceNamed('1001'), practiceNamed('1003'), practiceNamed('9004')]) {
      const numbers = databaseOf(bpSiteId).all<{ n: string }>(
        [
          'PATIENTS.HOMEPHONE',
          'PATIENTS.WORKPHONE',
          'PATIENTS.MOBILEPHONE',
          'USERS.PHONE',
          'USERS.MOBILEPHONE',
          'LOCATIONS.PHONE',
        ]
          .map((column) => `SELECT ${column} AS n FROM ${column.split('.')[0]} WHERE ${column} IS NOT NULL`)
          .join(' UNION ALL '),
      );
      expect(numbers.length).toBeGreaterThan(20);
      expect(numbers.filter(({ n }) => n.length > 14 || !fictional(n.replace(/\D/g, '')))).toEqual([]);
    }
  });

  it('have mail at example.com only', () => {
    expect(count("EMAIL WHERE EMAIL NOT LIKE '%@example.com'")).toBe(0);
    expect(count("USERS WHERE EMAIL NOT LIKE '%@example.com'")).toBe(0);
  });

  it('include those who break things', () => {
    expect(count("PATIENTS WHERE SURNAME = 'O''Sampleton'")).toBe(1);
    expect(count("PATIENTS WHERE FIRSTNAME = ''")).toBe(1);
    expect(count("PATIENTS WHERE FIRSTNAME = 'Zoë'")).toBe(1);
    expect(count("PATIENTS WHERE instr(FIRSTNAME, '[50%]') > 0")).toBe(1);
    expect(count('PATIENTS WHERE PATIENTSTATUS = 3 AND DATEOFDEATH IS NOT NULL')).toBeGreaterThan(10);
    expect(count('PATIENTS WHERE PATIENTSTATUS = 2')).toBeGreaterThan(50);
    expect(count('PATIENTS WHERE RECORDSTATUS <> 1')).toBeGreaterThan(10);
    expect(count('PATIENTS WHERE MOBILEPHONE IS NULL')).toBeGreaterThan(100);
    expect(count("PATIENTS WHERE MOBILEPHONE LIKE '% %'")).toBeGreaterThan(100);
  });

  it('store text without trailing blanks and within its length', () => {
    expect(
      count('PATIENTS WHERE SURNAME <> rtrim(SURNAME) OR length(MOBILEPHONE) > 14 OR length(FIRSTNAME) > 40'),
    ).toBe(0);
  });
});

describe('the book', () => {
  const day = (date: string) => `APPOINTMENTS WHERE APPOINTMENTDATE = '${date}T00:00:00'`;

  it('holds a hundred visits every weekday, a few on Saturday, none on Sunday', () => {
    for (const date of ['2026-11-23', '2026-11-24', '2026-09-16', '2027-05-14']) {
      expect(count(`${day(date)} AND RECORDSTATUS = 1 AND INTERNALID <> 0`)).toBe(100);
    }
    expect(count(`${day('2026-11-28')} AND RECORDSTATUS = 1 AND INTERNALID <> 0`)).toBe(8);
    expect(count(day('2026-11-29'))).toBe(0);
  });

  it('is over for past days, mixed today and booked ahead', () => {
    const codes = (date: string) =>
      wattle
        .all<{ c: number }>(
          `SELECT DISTINCT APPOINTMENTCODE AS c FROM ${day(date)} AND RECORDSTATUS = 1 AND INTERNALID <> 0 ORDER BY 1`,
        )
        .map(({ c }) => c);
    expect(codes('2026-11-20')).toEqual([4, 5, 10, 12, 13]);
    expect(codes(today)).toEqual(expect.arrayContaining([1, 2, 3, 10, 13]));
    expect(codes('2026-11-25')).toEqual([1]);
  });

  it('keeps blocked times apart from patients, and a row for each cancellation', () => {
    expect(count('APPOINTMENTS WHERE INTERNALID = 0 AND APPOINTMENTCODE NOT IN (0, 9, 11, 99)')).toBe(0);
    expect(count('APPOINTMENTS WHERE INTERNALID = 0')).toBeGreaterThan(100);
    expect(count('APPOINTMENTS WHERE RECORDSTATUS <> 1')).toBe(count('CANCELLEDAPPOINTMENTS'));
    expect(count('CANCELLEDAPPOINTMENTS')).toBeGreaterThan(100);
  });

  it('never has one user twice at a time', () => {
    expect(
      count(
        `APPOINTMENTS a JOIN APPOINTMENTS b ON b.USERID = a.USERID AND b.APPOINTMENTDATE = a.APPOINTMENTDATE AND b.RECORDID > a.RECORDID
         AND b.APPOINTMENTTIME < a.APPOINTMENTTIME + a.APPOINTMENTLENGTH AND a.APPOINTMENTTIME < b.APPOINTMENTTIME + b.APPOINTMENTLENGTH
         WHERE a.RECORDSTATUS = 1 AND b.RECORDSTATUS = 1`,
      ),
    ).toBe(0);
  });

  it('respects absences and the closed day', () => {
    expect(count(`${day('2026-12-08')} AND USERID = 2000000553`)).toBe(0);
    expect(count(day('2026-12-16'))).toBe(0);
  });

  it('has a doctor who is full on the next weekday', () => {
    expect(count(`${day('2026-11-24')} AND USERID = 2 AND RECORDSTATUS = 1`)).toBe(32);
  });
});

describe('the roster', () => {
  it('keeps practice sessions but at one practice, and one rotating roster', () => {
    const sessions = (id: string, where: string) =>
      databaseOf(id).all(`SELECT 1 FROM SESSIONS WHERE ${where}`).length;
    expect(sessions('1001', 'USERID = 0')).toBe(2);
    expect(sessions('1003', 'USERID = 0')).toBe(0);
    expect(sessions('1001', 'WEEKS = 2')).toBe(12);
    expect(sessions('1004', 'USERID = 0 AND LOCATIONID = 2')).toBe(2);
  });
});

describe('determinism', () => {
  it('gives the same rows for the same practice and day, others for another', () => {
    const dump = (id: string) => {
      const database = openPracticeDatabase(practiceNamed(id), today);
      return JSON.stringify(
        ['PATIENTS', 'APPOINTMENTS', 'USERS'].map((table) => database.all(`SELECT * FROM ${table}`)),
      );
    };
    expect(dump('9002')).toBe(dump('9002'));
    expect(dump('9002')).not.toBe(dump('9003'));
  });

  it('gives every practice GUIDs of its own', () => {
    const guids = practices.flatMap(({ haloGuid, standbyHaloGuid, formerHaloGuid }) => [
      haloGuid,
      standbyHaloGuid,
      formerHaloGuid ?? haloGuid,
    ]);
    expect(new Set(guids).size).toBe(practices.length * 2 + 1);
  });
});

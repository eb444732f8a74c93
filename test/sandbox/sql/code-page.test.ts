import { describe, expect, it } from 'vitest';
import { openPracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import { SqlEngine } from '../../../sandbox/sql/engine.ts';
import { practiceNamed, today } from '../practice-fixture.ts';

const small = { ...practiceNamed('9001'), patients: 3, appointmentsPerDay: 0, daysBack: 0 };
const engine = new SqlEngine(openPracticeDatabase(small, today), () => `${today}T10:11:12`);
const text = (name: string, type: string, value: string, size?: number) => ({ name, type, value, size });
const first = (sql: string, ...parameters: ReturnType<typeof text>[]) =>
  engine.runText(sql, parameters).rows[0];

describe('D2: columns of code page 1252', () => {
  it('keep ? for what the page lacks, however it is written', () => {
    const call = (surname: string) =>
      `DECLARE @r INT; EXEC @r = dbo.BP_AddPatient @titlecode = 0, @firstname = N'Lệ', @middlename = 'Œdi–Š', @surname = ${surname},
       @preferredname = '', @address1 = '', @address2 = '', @city = '', @postcode = '', @postaladdress = '', @postalcity = '',
       @postalpostcode = '', @dob = '19900506', @sexcode = 0, @homephone = '', @workphone = '', @mobilephone = '', @medicareno = '',
       @medicarelineno = '', @medicareexpiry = '', @pensioncode = 0, @pensionno = '', @pensionexpiry = NULL, @dvacode = 0,
       @dvano = '', @recordno = '', @externalid = '', @email = '';
       SELECT p.FIRSTNAME AS f, RTRIM(p.MIDDLENAME) AS m, RTRIM(p.SURNAME) AS s FROM PATIENTS p WHERE p.INTERNALID = @r`;
    expect(first(call('@n'), text('@n', 'NVarChar', 'Łucja 🙂'))).toMatchObject({
      m: 'Œdi–Š',
      s: '?ucja ??',
    });
    expect(first(call('@n'), text('@n', 'VarChar', 'Łucja'))?.s).toBe('?ucja');
    expect(first(call("'Łucja'"))).toMatchObject({ s: '?ucja' });
    expect(String(first(call('@n'), text('@n', 'VarChar', 'x'))?.f).trim()).toBe('L?');
  });

  it('a text parameter is cut to its size', () => {
    expect(first('SELECT @n AS n', text('@n', 'VarChar', 'Sample', 3))).toEqual({ n: 'Sam' });
    expect(first('SELECT @n AS n', text('@n', 'NVarChar', 'Sample', 50))).toEqual({ n: 'Sample' });
  });
});

describe('COLLATE', () => {
  const matches = (condition: string) => first(`SELECT CASE WHEN ${condition} THEN 1 ELSE 0 END AS n`)?.n;

  it('compares byte by byte by a binary collation, and disregards case by the others', () => {
    expect(matches("'Ann' LIKE 'ann%'")).toBe(1);
    expect(matches("'Ann' COLLATE Latin1_General_BIN2 LIKE 'ann%'")).toBe(0);
    expect(matches("'Ann' COLLATE Latin1_General_BIN2 LIKE '[Aa]nn%'")).toBe(1);
    expect(matches("'Ann' COLLATE Latin1_General_BIN2 = 'ann'")).toBe(0);
    expect(matches("'Ann' COLLATE Latin1_General_CI_AS = 'ann'")).toBe(1);
    expect(first("SELECT REPLACE('Aa' COLLATE Latin1_General_BIN2, 'a', 'x') AS n")).toEqual({ n: 'Ax' });
  });

  it('is an error for a collation that does not exist, and for what is no text', () => {
    expect(() => first("SELECT 'a' COLLATE Klingon_CI_AS AS n")).toThrow(/Invalid collation/);
    expect(() => first('SELECT 1 COLLATE Latin1_General_BIN2 AS n')).toThrow(/COLLATE clause/);
  });
});

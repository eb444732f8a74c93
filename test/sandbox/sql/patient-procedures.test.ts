import { beforeEach, describe, expect, it } from 'vitest';
import type { PracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import { openPracticeDatabase } from '../../../sandbox/database/practice-database.ts';
import { SqlEngine } from '../../../sandbox/sql/engine.ts';
import { practiceNamed, today } from '../practice-fixture.ts';

const small = { ...practiceNamed('9001'), patients: 10, appointmentsPerDay: 0, daysBack: 0 };
let database: PracticeDatabase;
let engine: SqlEngine;
beforeEach(() => {
  database = openPracticeDatabase(small, today);
  engine = new SqlEngine(database, () => `${today}T10:11:12`);
});

const details: Readonly<Record<string, string>> = {
  titlecode: '1',
  firstname: "N'Zoë'",
  middlename: 'NULL',
  surname: "'Sampleton'",
  preferredname: "''",
  address1: "'1 Sample Street'",
  address2: "''",
  city: "'Sydney'",
  postcode: "'20001'",
  postaladdress: "''",
  postalcity: "''",
  postalpostcode: "''",
  dob: "'19900131'",
  sexcode: '2',
  homephone: "''",
  workphone: "''",
  mobilephone: "'0491 570 006'",
  medicareno: "''",
  medicarelineno: "''",
  medicareexpiry: "''",
  pensioncode: '0',
  pensionno: "''",
  pensionexpiry: 'NULL',
  dvacode: '0',
  dvano: "''",
  recordno: "''",
  externalid: "''",
  email: "'zoe@example.com'",
};
const args = (changes: Readonly<Record<string, string>> = {}) =>
  Object.entries({ ...details, ...changes })
    .map(([name, value]) => `@${name} = ${value}`)
    .join(', ');
const returned = (call: string) =>
  engine.runText(`DECLARE @r int; EXEC @r = dbo.${call}; SELECT @r AS r`, []).rows[0]?.r;
const add = (changes?: Readonly<Record<string, string>>) =>
  Number(returned(`BP_AddPatient ${args(changes)}`));
const patient = (id: number) =>
  database.all('SELECT * FROM PATIENTS WHERE INTERNALID = @id', { '@id': id })[0];
const emails = (id: number) =>
  database.all('SELECT EMAIL, RECORDSTATUS FROM EMAIL WHERE INTERNALID = @id ORDER BY RECORDID', {
    '@id': id,
  });
const numberOf = (call: string): unknown => {
  try {
    returned(call);
  } catch (error) {
    return (error as { number?: number }).number;
  }
  return 'no error';
};

describe('BP_AddPatient', () => {
  it('RETURNs the INTERNALID of a current, active patient', () => {
    const id = add();
    expect(patient(id)).toMatchObject({
      RECORDSTATUS: 1,
      PATIENTSTATUS: 1,
      FIRSTNAME: 'Zoë',
      MIDDLENAME: null,
      POSTCODE: '2000',
      DOB: '1990-01-31T00:00:00',
      CREATED: `${today}T10:11:12`,
    });
    expect(emails(id)).toEqual([{ EMAIL: 'zoe@example.com', RECORDSTATUS: 1 }]);
    expect(add()).toBe(id + 1);
    expect(emails(add({ email: "''" }))).toEqual([]);
  });

  it.each([
    [`BP_AddPatient ${args({ titlecode: '77' })}`, 547],
    [`BP_AddPatient ${args({ sexcode: 'NULL' })}`, 515],
    [`BP_AddPatient ${args({ dob: "'soon'" })}`, 241],
    ['BP_AddPatient 1', 201],
    [`BP_AddPatient ${args()}, @nope = 1`, 8145],
    [`BP_UpdatePatient @patientid = 4711, ${args()}`, 50000],
    ["BP_UpdatePatientEmail @patientid = 4711, @email = 'x'", 50000],
    ['BP_UpdatePatientEmail @patientid = 1', 201],
  ])('is refused: %s: %i', (call, number) => {
    expect(numberOf(call)).toBe(number);
  });
});

describe('BP_UpdatePatient and its like', () => {
  it('sets everything that is passed, and leaves what is optional alone', () => {
    const id = add({ consentsmsreminder: '1' });
    expect(returned(`BP_UpdatePatient @patientid = ${id}, ${args({ surname: "'Other   '" })}`)).toBe(1);
    expect(patient(id)).toMatchObject({
      SURNAME: 'Other',
      CONSENTSMSREMINDER: 1,
      UPDATED: `${today}T10:11:12`,
    });
  });

  it.each([
    [
      'BP_UpdatePatientMedicare',
      "@medicareno = '2123456701', @medicarelineno = '3', @medicareexpiry = '01/2028'",
      { MEDICARENO: '2123456701', MEDICARELINENO: '3' },
    ],
    [
      'BP_UpdatePatientPension',
      "@pensioncode = 1, @pensionno = 'X1', @pensionexpiry = '2028-01-31'",
      { PENSIONCODE: 1, PENSIONEXPIRY: '2028-01-31T00:00:00' },
    ],
    ['BP_UpdatePatientDVA', "@dvacode = 2, @dvano = 'NX1'", { DVACODE: 2, DVANO: 'NX1' }],
    [
      'BP_UpdatePatientContacts',
      "@homephone = NULL, @workphone = NULL, @mobilephone = '1'",
      { MOBILEPHONE: '1' },
    ],
    [
      'BP_UpdatePatientAddress',
      "@address1 = 'a', @address2 = 'b', @city = 'c', @postcode = 'd'",
      { ADDRESS1: 'a', POSTCODE: 'd', POSTALCITY: '' },
    ],
  ])('%s changes its own columns alone', (name, passed, expected) => {
    const id = add();
    const before = patient(id);
    expect(returned(`${name} @patientid = ${id}, ${passed}`)).toBe(1);
    const after = patient(id);
    expect(after).toMatchObject(expected);
    expect(after).toMatchObject({ SURNAME: before?.SURNAME, FIRSTNAME: before?.FIRSTNAME });
    expect(emails(id)).toEqual([{ EMAIL: 'zoe@example.com', RECORDSTATUS: 1 }]);
  });

  it('changes the address of an e-mail in its row, and deletes it softly', () => {
    const id = add();
    returned(`BP_UpdatePatientEmail @patientid = ${id}, @email = 'new@example.com'`);
    expect(emails(id)).toEqual([{ EMAIL: 'new@example.com', RECORDSTATUS: 1 }]);
    returned(`BP_UpdatePatientEmail @patientid = ${id}, @email = NULL`);
    expect(emails(id)).toEqual([{ EMAIL: 'new@example.com', RECORDSTATUS: 2 }]);
  });
});

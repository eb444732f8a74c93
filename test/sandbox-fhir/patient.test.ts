import { expect, test } from 'vitest';
import { clientOf, databaseOf, patientRow, users } from './known-practice.ts';

const database = databaseOf({
  USERS: users,
  PATIENTS: [
    patientRow(42, {
      TITLECODE: 2,
      FIRSTNAME: 'Testina',
      MIDDLENAME: 'Quill',
      SURNAME: "O'Sampleton",
      PREFERREDNAME: 'Tess',
      ADDRESS1: '5 Sample Street',
      ADDRESS2: 'Unit 3',
      CITY: 'Tweed Heads',
      POSTCODE: '2485',
      COUNTRY: 'Australia',
      POSTALADDRESS: 'PO Box 12',
      POSTALCITY: 'Coolangatta',
      POSTALPOSTCODE: '4225',
      DOB: '1960-02-29T00:00:00',
      HOMEPHONE: '(07) 5550 1000',
      WORKPHONE: '07 5550 2000',
      MOBILEPHONE: '0491 570 006',
      MEDICARENO: '4328659306',
      MEDICARELINENO: '3',
      MEDICAREEXPIRY: '08/2028',
      DVACODE: 1,
      DVANO: 'NX900042',
      IHI: '8003600071969700',
      USERID: 7,
      UPDATED: '2026-03-01T10:00:00',
    }),
    patientRow(43, {
      FIRSTNAME: null,
      MIDDLENAME: 'Alone',
      SURNAME: 'Middling',
      DVACODE: 0,
      DVANO: 'QX900043',
    }),
    patientRow(44, { PATIENTSTATUS: 3, DATEOFDEATH: '2025-05-06T00:00:00' }),
    patientRow(45, { PATIENTSTATUS: 3 }),
    patientRow(46, { PATIENTSTATUS: 2, MEDICARENO: '4328659306' }),
    patientRow(47, { RECORDSTATUS: 2 }),
  ],
  EMAIL: [
    { RECORDID: 1, RECORDSTATUS: 2, INTERNALID: 42, EMAILCODE: 1, EMAIL: 'old@example.com' },
    { RECORDID: 2, INTERNALID: 42, EMAILCODE: 2, EMAIL: 'second@example.com' },
    { RECORDID: 3, INTERNALID: 42, EMAILCODE: 1, EMAIL: 'first@example.com' },
  ],
});
database.run(
  "UPDATE PATIENTS SET SEXCODE = (SELECT SEXCODE FROM SEX WHERE SEX = 'Female') WHERE INTERNALID = 42",
);
const fhir = clientOf(database);

test('a patient with everything', () => {
  const type = (system: string, code: string) => ({ coding: [{ system, code }] });
  expect(fhir.get('Patient/42')).toEqual({
    status: 200,
    body: {
      resourceType: 'Patient',
      id: '42',
      meta: { lastUpdated: '2026-03-01T10:00:00+11:00' },
      identifier: [
        {
          type: type('http://terminology.hl7.org/CodeSystem/v2-0203', 'MC'),
          system: 'http://ns.electronichealth.net.au/id/medicare-number',
          value: '43286593063',
          period: { end: '2028-08' },
        },
        {
          type: { ...type('http://terminology.hl7.org.au/CodeSystem/v2-0203', 'DVG'), text: 'Gold' },
          system: 'http://ns.electronichealth.net.au/id/dva',
          value: 'NX900042',
        },
        {
          type: { ...type('http://terminology.hl7.org/CodeSystem/v2-0203', 'NI'), text: 'IHI' },
          system: 'http://ns.electronichealth.net.au/id/hi/ihi/1.0',
          value: '8003600071969700',
        },
      ],
      active: true,
      name: [
        {
          use: 'official',
          text: "Mrs. Testina Quill O'Sampleton",
          family: "O'Sampleton",
          given: ['Testina', 'Quill'],
          prefix: ['Mrs.'],
        },
        { use: 'usual', given: ['Tess'] },
      ],
      telecom: [
        { system: 'phone', use: 'home', value: '(07) 5550 1000' },
        { system: 'phone', use: 'work', value: '07 5550 2000' },
        { system: 'phone', use: 'mobile', value: '0491 570 006' },
        { system: 'email', value: 'first@example.com' },
        { system: 'email', value: 'second@example.com' },
      ],
      gender: 'female',
      birthDate: '1960-02-29',
      address: [
        {
          use: 'home',
          type: 'physical',
          line: ['5 Sample Street', 'Unit 3'],
          city: 'Tweed Heads',
          postalCode: '2485',
          country: 'Australia',
        },
        { type: 'postal', line: ['PO Box 12'], city: 'Coolangatta', postalCode: '4225' },
      ],
      generalPractitioner: [{ reference: 'Practitioner/7' }],
    },
  });
});

test('a patient with few details: no empty lists, a middle name in its place', () => {
  const { body } = fhir.get('Patient/43');
  expect(body.name).toEqual([
    expect.objectContaining({
      family: 'Middling',
      given: [null, 'Alone'],
      _given: [expect.anything(), null],
    }),
  ]);
  expect(body.identifier).toEqual([
    { system: 'http://ns.electronichealth.net.au/id/dva', value: 'QX900043' },
  ]);
  expect(body.gender).toBe('unknown');
  expect(Object.keys(body).sort()).toEqual(
    ['resourceType', 'id', 'meta', 'identifier', 'active', 'name', 'gender'].sort(),
  );
});

test('active, inactive, deceased with and without a date, deleted', () => {
  const { body: dated } = fhir.get('Patient/44');
  expect([dated.deceasedDateTime, dated.deceasedBoolean, dated.active]).toEqual([
    '2025-05-06',
    undefined,
    undefined,
  ]);
  expect(fhir.get('Patient/45').body).toMatchObject({ deceasedBoolean: true });
  expect(fhir.get('Patient/46').body).toMatchObject({ active: false, identifier: [{ value: '4328659306' }] });
  expect(fhir.get('Patient/47').status).toBe(404);
  expect(fhir.ids('Patient', '')).toEqual(['44', '45', '46', '43', '42']);
});

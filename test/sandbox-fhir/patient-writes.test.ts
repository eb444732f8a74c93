import { beforeEach, describe, expect, test } from 'vitest';
import type { PracticeDatabase } from '../../sandbox/database/practice-database.ts';
import {
  type Body,
  clientOf,
  databaseOf,
  locations,
  patientRow,
  practiceOf,
  today,
  users,
} from './known-practice.ts';

const medicare = 'http://ns.electronichealth.net.au/id/medicare-number';
const dva = 'http://ns.electronichealth.net.au/id/dva';
const ihi = 'http://ns.electronichealth.net.au/id/hi/ihi/1.0';
const auTypes = 'http://terminology.hl7.org.au/CodeSystem/v2-0203';

let database: PracticeDatabase;
let fhir: ReturnType<typeof clientOf>;
beforeEach(() => {
  database = databaseOf({
    USERS: users,
    LOCATIONS: locations,
    PATIENTS: [
      patientRow(42, {
        ...{ TITLECODE: 6, MIDDLENAME: 'Mid', PREFERREDNAME: 'Pip', DOB: '1980-02-29T00:00:00', SEXCODE: 1 },
        ...{ ADDRESS1: '1 Sample Street', ADDRESS2: 'Unit 2', CITY: 'Tweed Heads', POSTCODE: '2485' },
        ...{ COUNTRY: 'Australia', POSTALADDRESS: 'PO Box 9', POSTALCITY: 'Sydney', POSTALPOSTCODE: '2000' },
        ...{ HOMEPHONE: '(07) 5550 1000', WORKPHONE: '(07) 5550 2000', MOBILEPHONE: '0491570006' },
        ...{ MEDICARENO: '2123456701', MEDICARELINENO: '2', MEDICAREEXPIRY: '05/2027' },
        ...{ DVACODE: 1, DVANO: 'NX900001', IHI: '8003608166690503', USERID: 7 },
        ...{ RECORDNO: '10042', PENSIONNO: '123456789X', CONSENTSMSREMINDER: 1 },
      }),
      patientRow(43, { PATIENTSTATUS: 3, DATEOFDEATH: '2026-01-02T00:00:00', DVACODE: 4 }),
      patientRow(44, { RECORDSTATUS: 2 }),
      patientRow(45, { PATIENTSTATUS: 2, FIRSTNAME: '', SURNAME: 'Mononymous' }),
      // Invalid as a write, but it does not block other changes while it stays unchanged.
      patientRow(46, { PATIENTSTATUS: 3, SURNAME: null, MEDICARENO: '12345', USERID: 12, MIDDLENAME: 'Mid' }),
    ],
    EMAIL: [
      { RECORDID: 1, INTERNALID: 42, EMAILCODE: 1, EMAIL: 'one@example.com' },
      { RECORDID: 2, INTERNALID: 42, EMAILCODE: 2, EMAIL: 'two@example.com' },
      { RECORDID: 3, INTERNALID: 45, EMAILCODE: 1, EMAIL: 'old@example.com', RECORDSTATUS: 2 },
    ],
  });
  fhir = clientOf(database);
});

const wanted = (differences: object = {}) => ({
  resourceType: 'Patient',
  name: [{ use: 'official', family: 'Sampleford', given: ['Zoë'] }],
  ...differences,
});
const create = (differences: object = {}) => fhir.send('POST', 'Patient', wanted(differences));
const served = (id: number): Body => fhir.get(`Patient/${id}`).body;
const put = (id: number, differences: object) =>
  fhir.send('PUT', `Patient/${id}`, { ...served(id), ...differences });
const row = (id: number) =>
  database.all('SELECT * FROM PATIENTS WHERE INTERNALID = @id', { '@id': id })[0] ?? {};
const emails = (id: number) =>
  database
    .all<{ EMAIL: string }>('SELECT EMAIL FROM EMAIL WHERE INTERNALID = @id AND RECORDSTATUS = 1', {
      '@id': id,
    })
    .map(({ EMAIL }) => EMAIL);
const everything = () => [database.all('SELECT * FROM PATIENTS'), database.all('SELECT * FROM EMAIL')];

/** Columns that differ from what they were, the stamps aside. */
function changes(id: number, write: () => void): Body {
  const before = row(id);
  write();
  const after = Object.entries(row(id)).filter(([name]) => !name.startsWith('UPDATED'));
  return Object.fromEntries(after.filter(([name, value]) => before[name] !== value));
}

const full = {
  name: [
    { use: 'official', family: 'Sampleford', given: ['Zoë', 'Ann', 'Lee'], prefix: ['mrs'] },
    { use: 'usual', given: ['Zo'] },
  ],
  gender: 'female',
  birthDate: '1990-12-31',
  telecom: [
    { system: 'phone', use: 'home', value: '(07) 5550 1234' },
    { system: 'phone', use: 'work', value: '(07) 5550 4321' },
    { system: 'phone', use: 'mobile', value: '0491570156' },
    { system: 'email', value: 'zoe@example.com' },
  ],
  address: [
    {
      ...{ use: 'home', type: 'physical', line: ['2 Sample Street', 'Unit 1'] },
      ...{ city: 'Coolangatta', postalCode: '4225', country: 'Australia' },
    },
    { type: 'postal', line: ['PO Box 1'], city: 'Brisbane', postalCode: '4000' },
  ],
  identifier: [
    { system: medicare, value: '3123456791 1', period: { end: '2028-03' } },
    { type: { coding: [{ system: auTypes, code: 'DVW' }], text: 'White' }, system: dva, value: 'QX123456' },
    { system: ihi, value: '8003608166690511' },
  ],
  generalPractitioner: [{ reference: 'Practitioner/7' }],
};

describe('create', () => {
  test('answers 201, the resource as it is served, and where', () => {
    const answer = create(full);
    expect(answer).toMatchObject({
      status: 201,
      headers: { location: expect.stringMatching(/\/fhir\/R4\/Patient\/47$/) },
    });
    expect(answer.body).toEqual(served(47));
    expect(answer.body).toMatchObject({
      id: '47',
      active: true,
      name: [
        { use: 'official', family: 'Sampleford', given: ['Zoë', 'Ann Lee'], prefix: ['Mrs.'] },
        { use: 'usual', given: ['Zo'] },
      ],
      gender: 'female',
      birthDate: '1990-12-31',
      telecom: full.telecom,
      address: full.address,
      identifier: [
        { system: medicare, value: '31234567911', period: { end: '2028-03' } },
        { system: dva, value: 'QX123456', type: { text: 'White' } },
        { system: ihi, value: '8003608166690511' },
      ],
      generalPractitioner: [{ reference: 'Practitioner/7' }],
    });
  });

  test('keeps it in the columns of the database', () => {
    create(full);
    expect(row(47)).toMatchObject({
      ...{ RECORDSTATUS: 1, PATIENTSTATUS: 1, TITLECODE: 2, FIRSTNAME: 'Zoë', MIDDLENAME: 'Ann Lee' },
      ...{ SURNAME: 'Sampleford', PREFERREDNAME: 'Zo', DOB: '1990-12-31T00:00:00' },
      ...{ HOMEPHONE: '(07) 5550 1234', WORKPHONE: '(07) 5550 4321', MOBILEPHONE: '0491570156' },
      ...{ ADDRESS1: '2 Sample Street', ADDRESS2: 'Unit 1', CITY: 'Coolangatta', POSTCODE: '4225' },
      ...{ COUNTRY: 'Australia', POSTALADDRESS: 'PO Box 1', POSTALCITY: 'Brisbane', POSTALPOSTCODE: '4000' },
      ...{ MEDICARENO: '3123456791', MEDICARELINENO: '1', MEDICAREEXPIRY: '03/2028' },
      ...{ DVACODE: 2, DVANO: 'QX123456', IHI: '8003608166690511', USERID: 7 },
      ...{ CREATED: `${today}T10:11:12`, CREATEDBY: 0, UPDATED: null },
    });
    expect(emails(47)).toEqual(['zoe@example.com']);
  });

  test('accepts a patient with only a family name', () => {
    expect(create({ name: [{ family: 'Mononymous' }] }).status).toBe(201);
    expect(row(47)).toMatchObject({
      ...{ SURNAME: 'Mononymous', FIRSTNAME: null, TITLECODE: 0, DOB: null, DVACODE: 0, USERID: 0 },
    });
    expect(served(47)).toMatchObject({ gender: 'unknown', active: true });
  });

  test('does not take the id that is sent', () => {
    expect(create({ id: '42', active: true }).body.id).toBe('47');
  });

  test('takes a sex by its name, whichever code it has', () => {
    const code = { male: 0, female: 0, other: 0, unknown: 0 };
    for (const [gender, id] of Object.keys(code).map((each, index) => [each, 47 + index] as const)) {
      create({ gender });
      expect([gender, served(id).gender]).toEqual([gender, gender]);
    }
    expect(new Set([47, 48, 49, 50].map((id) => row(id).SEXCODE)).size).toBe(4);
  });

  test('is served where only what is documented is', () => {
    const documented = clientOf(database, practiceOf('1006'));
    expect(documented.send('POST', 'Patient', wanted()).status).toBe(201);
    expect(
      documented.send('PUT', 'Patient/47', { ...wanted(), id: '47', active: true, gender: 'other' }).body
        .gender,
    ).toBe('other');
  });
});

const official = { use: 'official', family: 'Sampleford' };
const refusals: readonly (readonly [string, number, object])[] = [
  ['no name', 422, { name: undefined }],
  ['no family name', 422, { name: [{ use: 'official', given: ['Zoë'] }] }],
  ['only what the patient likes to be called', 422, { name: [{ use: 'usual', given: ['Zo'] }] }],
  ['a family name of blanks', 400, { name: [{ ...official, family: '  ' }] }],
  ['a family name that is too long', 422, { name: [{ ...official, family: 'x'.repeat(41) }] }],
  ['a first name that is too long', 422, { name: [{ ...official, given: ['x'.repeat(41)] }] }],
  ['middle names that are too long', 422, { name: [{ ...official, given: ['x', ...'x'.repeat(16)] }] }],
  ['given names that are no list', 400, { name: [{ ...official, given: 'Zoë' }] }],
  ['an unknown title', 422, { name: [{ ...official, prefix: ['Baroness'] }] }],
  ['two titles', 422, { name: [{ ...official, prefix: ['Dr', 'Mx'] }] }],
  ['a suffix', 422, { name: [{ ...official, suffix: ['Jr'] }] }],
  ['a former name', 422, { name: [official, { use: 'maiden', family: 'Before' }] }],
  ['two official names', 422, { name: [official, official] }],
  ['a name that is no object', 400, { name: ['Zoë Sampleford'] }],
  ['a gender that is no code', 400, { gender: 'Female' }],
  ['a birth date in the future', 422, { birthDate: '2026-11-23' }],
  ['a birth date that does not exist', 400, { birthDate: '2026-02-29' }],
  ['a year of birth', 422, { birthDate: '1990' }],
  ['a fax', 422, { telecom: [{ system: 'fax', use: 'home', value: '(07) 5550 1' }] }],
  ['a phone without use', 422, { telecom: [{ system: 'phone', value: '(07) 5550 1' }] }],
  ['a phone without number', 400, { telecom: [{ system: 'phone', use: 'home' }] }],
  [
    'a phone that is too long',
    422,
    { telecom: [{ system: 'phone', use: 'home', value: '+61 491 570 006' }] },
  ],
  ['two phones of one use', 422, { telecom: [full.telecom[0], full.telecom[0]] }],
  ['an e-mail that is too long', 422, { telecom: [{ system: 'email', value: `${'x'.repeat(250)}@e` }] }],
  ['a former e-mail', 422, { telecom: [{ system: 'email', use: 'old', value: 'old@example.com' }] }],
  ['three home lines', 422, { address: [{ line: ['a', 'b', 'c'] }] }],
  ['two postal lines', 422, { address: [{ type: 'postal', line: ['a', 'b'] }] }],
  ['a state', 422, { address: [{ line: ['a'], state: 'NSW' }] }],
  ['an address at work', 422, { address: [{ use: 'work', line: ['a'] }] }],
  ['two home addresses', 422, { address: [{ line: ['a'] }, { line: ['b'] }] }],
  ['a long postcode', 422, { address: [{ postalCode: '20000' }] }],
  ['nine digits of Medicare', 422, { identifier: [{ system: medicare, value: '212345670' }] }],
  ['twelve digits of Medicare', 422, { identifier: [{ system: medicare, value: '212345670112' }] }],
  ['two Medicare cards', 422, { identifier: [full.identifier[0], full.identifier[0]] }],
  ['a Medicare card to no month', 422, { identifier: [{ ...full.identifier[0], period: { end: '2028' } }] }],
  ['an unknown DVA card', 422, { identifier: [{ system: dva, value: 'X', type: { text: 'Blue' } }] }],
  [
    'a DVA card of two colours',
    422,
    { identifier: [{ system: dva, value: 'X', type: { coding: [{ code: 'DVG' }], text: 'White' } }] },
  ],
  ['an IHI of letters', 422, { identifier: [{ system: ihi, value: 'x'.repeat(16) }] }],
  ['another kind of number', 422, { identifier: [{ system: 'urn:passport', value: '1' }] }],
  ['an unknown practitioner', 422, { generalPractitioner: [{ reference: 'Practitioner/99' }] }],
  ['a deleted practitioner', 422, { generalPractitioner: [{ reference: 'Practitioner/12' }] }],
  ['an organisation as doctor', 422, { generalPractitioner: [{ reference: 'Organization/1' }] }],
  ['an element that is not kept', 422, { maritalStatus: { text: 'M' } }],
  ['an inactive patient', 422, { active: false }],
  ['a deceased patient', 422, { deceasedBoolean: true }],
  ['another type of resource', 400, { resourceType: 'Person' }],
];

test.each(refusals)('create answers for %s %i and writes nothing', (_, status, differences) => {
  const before = everything();
  const answer = create(differences);
  expect([answer.status, answer.body.resourceType]).toEqual([status, 'OperationOutcome']);
  expect(everything()).toEqual(before);
});

test.each(refusals)('update answers for %s %i and writes nothing', (_, status, differences) => {
  const before = everything();
  const answer = put(42, { telecom: [], birthDate: '1999-09-09', ...differences });
  expect([answer.status, answer.body.resourceType]).toEqual([status, 'OperationOutcome']);
  expect(everything()).toEqual(before);
});

describe('update', () => {
  test('sending back what was read changes nothing', () => {
    const before = everything();
    for (const id of [42, 43, 45, 46]) expect(put(id, {})).toEqual({ status: 200, body: served(id) });
    expect(everything()).toEqual(before);
  });

  test('changes what differs and nothing else', () => {
    expect(changes(42, () => put(42, { gender: 'other' }))).toEqual({ SEXCODE: 3 });
    expect(row(42)).toMatchObject({ UPDATED: `${today}T10:11:12`, UPDATEDBY: 0 });
    expect(served(42).meta.lastUpdated).toBe(`${today}T10:11:12+11:00`);
    expect(
      changes(42, () => {
        const [first, ...others] = served(42).identifier;
        put(42, { identifier: [{ ...first, value: '5123456781' }, ...others] });
      }),
    ).toEqual({ MEDICARENO: '5123456781', MEDICARELINENO: null });
    expect(changes(46, () => put(46, { birthDate: '1970-01-01' }))).toEqual({ DOB: '1970-01-01T00:00:00' });
  });

  test('takes away what is left out, and only what FHIR shows', () => {
    const answer = fhir.send('PUT', 'Patient/42', {
      resourceType: 'Patient',
      id: '42',
      active: true,
      name: [{ family: 'Family42' }],
    });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({
      resourceType: 'Patient',
      id: '42',
      meta: { lastUpdated: `${today}T10:11:12+11:00` },
      active: true,
      name: [{ use: 'official', text: 'Family42', family: 'Family42' }],
      gender: 'unknown',
    });
    expect(row(42)).toMatchObject({
      ...{ TITLECODE: 0, FIRSTNAME: null, MIDDLENAME: null, PREFERREDNAME: null, DOB: null },
      ...{ ADDRESS1: null, ADDRESS2: null, CITY: null, POSTCODE: null, COUNTRY: null },
      ...{ POSTALADDRESS: null, POSTALCITY: null, POSTALPOSTCODE: null, HOMEPHONE: null, WORKPHONE: null },
      ...{ MOBILEPHONE: null, MEDICARENO: null, MEDICARELINENO: null, MEDICAREEXPIRY: null, DVACODE: 0 },
      ...{ DVANO: null, IHI: null, USERID: 0 },
      ...{ RECORDNO: '10042', PENSIONNO: '123456789X', CONSENTSMSREMINDER: 1, PATIENTSTATUS: 1 },
    });
    expect(emails(42)).toEqual([]);
  });

  const withEmails = (id: number, ...addresses: string[]) =>
    put(id, {
      telecom: [
        ...(served(id).telecom ?? []).filter(({ system }: Body) => system === 'phone'),
        ...addresses.map((value) => ({ system: 'email', value })),
      ],
    });

  test.each([
    [42, ['one@example.com', 'two@example.com']],
    [42, ['new@example.com', 'two@example.com']],
    [42, ['one@example.com']],
    [42, ['two@example.com']],
    [42, ['new@example.com']],
    [42, []],
    [45, ['new@example.com']],
    [45, []],
  ])('the e-mail addresses of %i become %j', (id, addresses) => {
    const phones = changes(id, () => expect(withEmails(id, ...addresses).status).toBe(200));
    expect(phones).toEqual({});
    expect(emails(id).toSorted()).toEqual(addresses.toSorted());
    expect(
      (served(id).telecom ?? []).flatMap(({ system, value }: Body) => (system === 'email' ? [value] : [])),
    ).toEqual(addresses);
  });

  test.each([
    [42, ['one@example.com', 'new@example.com']],
    [42, ['one@example.com', 'two@example.com', 'new@example.com']],
    [45, ['one@example.com', 'two@example.com']],
  ])('a second address of %i is not written: %j', (id, addresses) => {
    const before = everything();
    expect(withEmails(id, ...addresses).status).toBe(422);
    expect(everything()).toEqual(before);
  });

  test('a middle name alone, as it is served', () => {
    put(42, {
      name: [{ family: 'Family42', given: [null, 'Mid'], _given: [{ extension: [{ url: 'x' }] }, null] }],
    });
    expect(row(42)).toMatchObject({ FIRSTNAME: null, MIDDLENAME: 'Mid' });
    expect(served(42).name[0].given).toEqual([null, 'Mid']);
  });

  test.each<[string, number, object, number]>([
    ['another id in the body', 42, { id: '43' }, 400],
    ['active to inactive', 42, { active: false }, 422],
    ['active to nothing', 42, { active: undefined }, 422],
    ['inactive to active', 45, { active: true }, 422],
    ['the living to the dead', 42, { deceasedDateTime: '2026-11-01' }, 422],
    ['the dead to the living', 43, { deceasedDateTime: undefined, active: true }, 422],
    ['another date of death', 43, { deceasedDateTime: '2026-01-03' }, 422],
    ['a part of a resource', 42, { meta: { tag: [{ code: 'SUBSETTED' }] } }, 400],
  ])('refuses %s', (_, id, differences, status) => {
    const before = everything();
    expect(put(id, { gender: 'other', ...differences }).status).toBe(status);
    expect(everything()).toEqual(before);
  });

  test('answers 404 for who is no patient, and creates none', () => {
    for (const id of [44, 99])
      expect(fhir.send('PUT', `Patient/${id}`, { ...wanted(), id: String(id) }).status).toBe(404);
  });

  test('names the element in a refusal, never what it holds', () => {
    const { body } = put(42, { birthDate: '2999-01-01' });
    expect(body.issue).toEqual([
      { severity: 'error', code: 'business-rule', details: { text: 'birthDate is in the future' } },
    ]);
  });
});

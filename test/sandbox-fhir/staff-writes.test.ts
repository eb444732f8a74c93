import { beforeEach, describe, expect, test } from 'vitest';
import type { PracticeDatabase } from '../../sandbox/database/practice-database.ts';
import {
  type Body,
  clientOf,
  databaseOf,
  locations,
  practiceOf,
  sessionRow,
  today,
  users,
} from './known-practice.ts';

const away = (id: number, from: string, to: string | null, differences: object = {}) => ({
  RECORDID: id,
  USERID: 7,
  STARTDATE: `${from}T00:00:00`,
  FINISHDATE: to && `${to}T00:00:00`,
  ...differences,
});

let database: PracticeDatabase;
let fhir: ReturnType<typeof clientOf>;
beforeEach(() => {
  database = databaseOf({
    USERS: users,
    LOCATIONS: locations,
    SESSIONS: [sessionRow(1), sessionRow(2, { LOCATIONID: 2, DAYOFWEEK: 7 })],
    DAYSAWAY: [
      away(1, '2026-12-24', '2026-12-31', { AWAYREASON: 'Annual leave' }),
      away(2, '2026-12-01', null),
      away(3, '2026-12-25', '2026-12-25', { USERID: 0, AWAYREASON: 'Closed' }),
      away(4, '2026-12-24', '2026-12-31', { USERID: 9, AWAYREASON: 'Annual leave' }),
      // The end is before the start: a write of it would be refused.
      away(5, '2026-10-02', '2026-10-01', { USERID: 9 }),
    ],
  });
  fhir = clientOf(database);
});

const served = (path: string): Body => fhir.get(path).body;
const put = (path: string, differences: object) =>
  fhir.send('PUT', path, { ...served(path), ...differences });
const everything = () => [database.all('SELECT * FROM USERS'), database.all('SELECT * FROM DAYSAWAY')];

function refused(path: string, status: number, differences: object): void {
  const before = everything();
  const answer = put(path, differences);
  expect([answer.status, answer.body.resourceType]).toEqual([status, 'OperationOutcome']);
  expect(everything()).toEqual(before);
}

describe('a practitioner', () => {
  const user = (id: number) => database.all('SELECT * FROM USERS WHERE USERID = @id', { '@id': id })[0];
  const phone = (value: string, use: string | undefined = 'work') => ({ system: 'phone', use, value });
  const email = (value: string) => ({ system: 'email', value });

  test('gets another phone and another e-mail', () => {
    const telecom = [phone('(07) 5550 9999'), email('new@example.com')];
    const answer = put('Practitioner/7', { telecom });
    expect(answer).toEqual({ status: 200, body: served('Practitioner/7') });
    expect(answer.body).toMatchObject({ telecom, meta: { lastUpdated: `${today}T10:11:12+11:00` } });
    expect(user(7)).toMatchObject({
      ...{ PHONE: '(07) 5550 9999', EMAIL: 'new@example.com', MOBILEPHONE: '0491 570 006' },
      ...{ PASSWORD: 'not-a-pass', UPDATED: `${today}T10:11:12`, UPDATEDBY: 0 },
    });
  });

  test('loses what is left out', () => {
    put('Practitioner/7', { telecom: [email('ada@example.com')] });
    expect(user(7)).toMatchObject({ PHONE: null, EMAIL: 'ada@example.com' });
    expect(put('Practitioner/7', { telecom: undefined }).body).not.toHaveProperty('telecom');
    expect(user(7)).toMatchObject({ PHONE: null, EMAIL: null });
  });

  test('gets a first one, also when inactive', () => {
    expect(put('Practitioner/10', { telecom: [phone('1300 975 707', undefined)] }).status).toBe(200);
    expect(user(10)).toMatchObject({ PHONE: '1300 975 707', EMAIL: null });
  });

  test('is left alone by what was read', () => {
    const before = everything();
    for (const id of [7, 9, 10]) expect(put(`Practitioner/${id}`, {}).status).toBe(200);
    expect(put('Practitioner/7', { meta: undefined }).status).toBe(200);
    expect(put('Practitioner/7', { meta: { lastUpdated: '2020-01-01T00:00:00Z' } }).status).toBe(200);
    expect(everything()).toEqual(before);
  });

  test.each<[string, number, object]>([
    ['another name', 400, { name: [{ family: 'Other' }] }],
    ['no name', 400, { name: undefined }],
    ['inactivity', 400, { active: false }],
    ['an identifier', 400, { identifier: [{ system: 'urn:x', value: '1' }] }],
    ['something new', 400, { gender: 'female' }],
    ['another id', 400, { id: '9' }],
    ['a mobile', 422, { telecom: [phone('0491570006', 'mobile')] }],
    ['two phones', 422, { telecom: [phone('1'), phone('2')] }],
    ['two addresses', 422, { telecom: [email('a@example.com'), email('b@example.com')] }],
    ['a pager', 422, { telecom: [{ system: 'pager', value: '1' }] }],
    ['a phone that is too long', 422, { telecom: [phone('+61 7 5550 9999')] }],
    ['no value', 400, { telecom: [{ system: 'email' }] }],
  ])('is refused %s', (_, status, differences) => refused('Practitioner/7', status, differences));
});

describe('a role', () => {
  const rows = (userId: number) =>
    database.all(
      'SELECT RECORDID AS id, STARTDATE AS start, FINISHDATE AS finish, AWAYREASON AS reason, RECORDSTATUS AS status ' +
        'FROM DAYSAWAY WHERE USERID = @user ORDER BY RECORDID',
      { '@user': userId },
    );
  const entry = (start: string, end: string, description = 'Away') => ({
    description,
    during: { start, end },
  });
  const leave = entry('2026-12-24', '2026-12-31', 'Annual leave');
  const one = entry('2026-12-01', '2026-12-01');

  test('gets an absence, which holds at every location', () => {
    const added = entry('2026-12-10', '2026-12-11', 'Conference');
    const answer = put('PractitionerRole/7-2', { notAvailable: [one, leave, added] });
    expect(answer).toEqual({ status: 200, body: served('PractitionerRole/7-2') });
    for (const id of ['7-1', '7-2'])
      expect(served(`PractitionerRole/${id}`).notAvailable).toEqual([one, added, leave]);
    expect(served('PractitionerRole/9-1').notAvailable).toHaveLength(2);
    expect(rows(7).at(-1)).toEqual({
      ...{ id: 6, start: '2026-12-10T00:00:00', finish: '2026-12-11T00:00:00', reason: 'Conference' },
      status: 1,
    });
    expect(database.all('SELECT CREATED, CREATEDBY FROM DAYSAWAY WHERE RECORDID = 6')).toEqual([
      { CREATED: `${today}T09:11:12`, CREATEDBY: 0 },
    ]);
  });

  test('gets its first absence', () => {
    expect(put('PractitionerRole/10-1', { notAvailable: [leave] }).body.notAvailable).toEqual([leave]);
    expect(rows(10)).toHaveLength(1);
  });

  test('loses the absence that is missing, softly', () => {
    expect(put('PractitionerRole/7-1', { notAvailable: [leave] }).body.notAvailable).toEqual([leave]);
    expect(rows(7).map(({ id, status }) => [id, status])).toEqual([
      [1, 1],
      [2, 0],
    ]);
    expect(put('PractitionerRole/7-1', { notAvailable: undefined }).body).not.toHaveProperty('notAvailable');
    expect(rows(7).map(({ status }) => status)).toEqual([0, 0]);
    expect([rows(0), rows(9)].flat().map(({ status }) => status)).toEqual([1, 1, 1]);
  });

  test('another end or reason is another absence', () => {
    const longer = entry('2026-12-24', '2027-01-03', 'Annual leave');
    put('PractitionerRole/7-1', { notAvailable: [one, longer] });
    expect(rows(7).map(({ id, status }) => [id, status])).toEqual([
      [1, 0],
      [2, 1],
      [6, 1],
    ]);
  });

  test('the same absence twice is two, of which one can go', () => {
    put('PractitionerRole/7-1', { notAvailable: [leave, leave] });
    expect(served('PractitionerRole/7-1').notAvailable).toEqual([leave, leave]);
    put('PractitionerRole/7-1', { notAvailable: [leave] });
    expect(served('PractitionerRole/7-1').notAvailable).toEqual([leave]);
  });

  test('is left alone by what was read, in whatever order', () => {
    const before = everything();
    for (const id of ['7-1', '7-2', '9-1', '10-1'])
      expect(put(`PractitionerRole/${id}`, {}).status).toBe(200);
    expect(put('PractitionerRole/7-1', { notAvailable: [leave, one] }).status).toBe(200);
    expect(everything()).toEqual(before);
  });

  test.each<[string, number, object]>([
    ['other times', 400, { availableTime: undefined }],
    ['another location', 400, { location: [{ reference: 'Location/2' }] }],
    ['another practitioner', 400, { practitioner: { reference: 'Practitioner/9' } }],
    ['inactivity', 400, { active: false }],
    ['no description', 400, { notAvailable: [{ during: { start: '2026-12-01', end: '2026-12-01' } }] }],
    ['a long description', 422, { notAvailable: [entry('2026-12-01', '2026-12-02', 'x'.repeat(101))] }],
    ['no days', 422, { notAvailable: [{ description: 'Away' }] }],
    ['no end', 400, { notAvailable: [{ description: 'Away', during: { start: '2026-12-01' } }] }],
    ['hours', 422, { notAvailable: [entry('2026-12-01T09:00:00+10:00', '2026-12-01')] }],
    ['a day that does not exist', 400, { notAvailable: [entry('2026-11-31', '2026-12-01')] }],
    ['an end before the start', 400, { notAvailable: [entry('2026-12-02', '2026-12-01')] }],
    ['one that is fine before one that is not', 422, { notAvailable: [leave, entry('2027-01-01', 'x'), {}] }],
  ])('is refused %s', (_, status, differences) => refused('PractitionerRole/7-1', status, differences));
});

test('is not served where only what is documented is', () => {
  const documented = clientOf(database, practiceOf('1006'));
  for (const path of ['Practitioner/7', 'PractitionerRole/7-1']) {
    const before = everything();
    const { body } = documented.get(path);
    expect([path, documented.send('PUT', path, { ...body, telecom: [] }).status]).toEqual([path, 405]);
    expect(everything()).toEqual(before);
  }
});

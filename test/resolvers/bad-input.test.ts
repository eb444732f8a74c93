import { describe, expect, test } from 'vitest';
import { fakeHalo } from './fake-halo.ts';

const issues = 'code issues { path message }';
const inPractice = (field: string) => `{ practice(bpSiteId: "1001") { ... on Practice { it: ${field} } } }`;
const globalId = (text: string) => Buffer.from(text).toString('base64');

const cases: readonly [what: string, field: string, paths: string[][]][] = [
  ['a malformed date', 'appointments(from: "23/11/2026")', [['from']]],
  ['a date that does not exist', 'appointments(from: "2026-02-30")', [['from']]],
  ['`from` after `to`', 'appointments(from: "2026-11-23", to: "2026-11-22")', [['to']]],
  ['more than 366 days', 'appointments(from: "2026-01-01", to: "2027-01-02")', [['to']]],
  ['a malformed cursor', 'appointments(from: "2026-11-23", after: "nonsense")', [['after']]],
  [
    'a cursor with SQL in it',
    `appointments(from: "2026-11-23", after: "${Buffer.from('["2026-11-23",0,"1; DROP TABLE X"]').toString('base64url')}")`,
    [['after']],
  ],
  ['`first` above the limit', 'appointments(from: "2026-11-23", first: 5001)', [['first']]],
  ['`first` below zero', 'users(first: -1)', [['first']]],
  [
    'everything at once',
    'appointments(from: "x", to: "y", first: 9999, after: "z")',
    [['from'], ['to'], ['first'], ['after']],
  ],
  ['an empty search', 'patients(search: {})', [['search']]],
  ['a blank search', 'patients(search: { name: "  ", email: "" })', [['search']]],
  ['a search for no ids', 'patients(search: { pmsIds: [] })', [['search']]],
  [
    'a search for too many ids',
    `patients(search: { pmsIds: [${Array(501).fill('"1"').join()}] })`,
    [['search', 'pmsIds']],
  ],
  ['a malformed birth date', 'patients(search: { birthDate: "1980" })', [['search', 'birthDate']]],
  ['a short phone number', 'patients(search: { phone: "12 34" })', [['search', 'phone']]],
  ['an e-mail address without @', 'patients(search: { email: "nobody" })', [['search', 'email']]],
  [
    'a Medicare number of 9 digits',
    'patients(search: { medicareNumber: "123456789" })',
    [['search', 'medicareNumber']],
  ],
  ['a name without a letter', 'patients(search: { name: "%_" })', [['search', 'name']]],
  ['slots of no length', 'availableSlots(from: "2026-11-23", durationMinutes: 0)', [['durationMinutes']]],
  [
    'slots longer than a day',
    'availableSlots(from: "2026-11-23", durationMinutes: 1441)',
    [['durationMinutes']],
  ],
  ['an absence range that is reversed', 'daysClosed(from: "2026-11-23", to: "2026-11-01")', [['to']]],
  ['an id of another practice', `patient(pmsId: "${globalId('Patient:BEST_PRACTICE:1002:7')}")`, [['pmsId']]],
  ['an id of another type', `patient(pmsId: "${globalId('User:BEST_PRACTICE:1001:7')}")`, [['pmsId']]],
  [
    'a filter with an id of another type',
    `appointments(from: "2026-11-23", userId: "${globalId('Patient:BEST_PRACTICE:1001:7')}")`,
    [['userId']],
  ],
  [
    'an id of another practice among others',
    `patients(search: { pmsIds: ["1", "${globalId('Patient:BEST_PRACTICE:1002:7')}"] })`,
    [['search', 'pmsIds', '1']],
  ],
];

describe('invalid input is InvalidInput, with its path and without an upstream request', () => {
  test.each(cases)('%s', async (_what, field, paths) => {
    const { execute, calls } = fakeHalo();
    const answer = await execute(inPractice(`${field} { ... on InvalidInput { ${issues} } }`));
    expect(answer.errors).toBeUndefined();
    expect(answer.data.practice.it.code).toBe('INVALID_INPUT');
    expect(answer.data.practice.it.issues.map((issue: { path: string[] }) => issue.path)).toEqual(paths);
    expect(calls).toEqual([]);
  });

  test('a malformed GUID', async () => {
    const { execute } = fakeHalo();
    const answer = await execute(`{ site(haloGuid: "not-a-guid") { ... on InvalidInput { ${issues} } } }`);
    expect(answer.data.site.issues[0].path).toEqual(['haloGuid']);
  });

  test('a blank Bp Site ID, and a blank PMS id of sites', async () => {
    const { execute } = fakeHalo();
    const answer = await execute(
      `{ practice(bpSiteId: " ") { ... on InvalidInput { ${issues} } } sites(pmsSiteId: "") { ... on InvalidInput { ${issues} } } }`,
    );
    expect(answer.data.practice.issues[0].path).toEqual(['bpSiteId']);
    expect(answer.data.sites.issues[0].path).toEqual(['pmsSiteId']);
  });

  test('a Bp Site ID of 101 characters', async () => {
    const { execute } = fakeHalo();
    const answer = await execute(
      `{ practice(bpSiteId: "${'1'.repeat(101)}") { ... on InvalidInput { ${issues} } } }`,
    );
    expect(answer.data.practice.issues[0].path).toEqual(['bpSiteId']);
  });

  test('a value that is no string is refused by GraphQL itself', async () => {
    const { execute } = fakeHalo();
    const answer = await execute(inPractice('appointments(from: 20261123) { __typename }'));
    expect(answer.data).toBeUndefined();
    expect(answer.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('messages never repeat the value', async () => {
    const { execute, logged } = fakeHalo();
    const answer = await execute(
      inPractice('patients(search: { email: "jo.sample-secret" }) { ... on HaloError { message } }'),
    );
    expect(JSON.stringify([answer, logged])).not.toContain('sample-secret');
  });
});

describe('what does not exist', () => {
  test('an unknown Bp Site ID is NotFound', async () => {
    const { execute } = fakeHalo();
    const answer = await execute('{ practice(bpSiteId: "4040") { ... on NotFound { code message } } }');
    expect(answer.data.practice).toEqual({ code: 'NOT_FOUND', message: 'Not found.' });
  });

  test.each(['999', "1'; DROP TABLE PATIENTS --", '0', '99999999999', '%'])(
    'id %s is NotFound',
    async (id) => {
      const { execute } = fakeHalo();
      const answer = await execute(
        `query ($id: ID!) { practice(bpSiteId: "1001") { ... on Practice {
        patient(pmsId: $id) { __typename } user(pmsId: $id) { __typename } appointment(pmsId: $id) { __typename }
        clinicHours(locationId: $id) { __typename } } } }`,
        { id },
      );
      expect(answer.errors).toBeUndefined();
      expect(Object.values(answer.data.practice)).toEqual(Array(4).fill({ __typename: 'NotFound' }));
    },
  );
});

describe('a search reaches the source in its plain form', () => {
  test.each([
    ['{ phone: "+61 491 570 006" }', { phone: '0491570006' }],
    ['{ phone: "(02) 5550 1234" }', { phone: '0255501234' }],
    ['{ medicareNumber: "2123 45670 1 2" }', { medicareNumber: '2123456701' }],
    ['{ name: " Jo  Sample " , email: "" }', { name: 'Jo  Sample' }],
  ])('%s', async (search, expected) => {
    const { execute, calls } = fakeHalo();
    await execute(inPractice(`patients(search: ${search}) { __typename }`));
    expect(calls[0]?.query.search).toEqual(expected);
  });

  test('ids and criteria together', async () => {
    const { execute, calls } = fakeHalo();
    const id = globalId('Patient:BEST_PRACTICE:1001:7');
    await execute(
      inPractice(`patients(search: { pmsIds: ["3", "${id}", "no body"], name: "In" }) { __typename }`),
    );
    expect(calls[0]?.query).toMatchObject({ ids: ['3', '7'], search: { name: 'In' }, limit: 51 });
  });
});

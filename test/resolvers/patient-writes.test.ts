import { describe, expect, test } from 'vitest';
import type * as domain from '../../src/datasources/domain/index.ts';
import type { PatientDetails } from '../../src/datasources/domain/patient-writes.ts';
import type * as port from '../../src/datasources/practice/port.ts';
import { NoAnswer, type PracticeWrites } from '../../src/datasources/practice/write-port.ts';
import { InvalidInput, SiteUnavailable } from '../../src/errors.ts';
import { isFoundBy, searchWords } from '../../src/text/name-words.ts';
import { fakeHalo, now, patient } from './fake-halo.ts';

const failure =
  '... on HaloError { code message } ... on InvalidInput { issues { path message } } ... on OutcomeUnknown { idempotencyKey }';
const add = `mutation ($input: AddPatientInput!) { result: addPatient(input: $input) { __typename
  ... on AddPatientPayload { patient { pmsId fullName mobilePhone medicare { number individualReferenceNumber expiry } } } ${failure} } }`;
const update = `mutation ($input: UpdatePatientInput!) { result: updatePatient(input: $input) { __typename
  ... on UpdatePatientPayload { patient { pmsId lastName homePhone email address { line1 suburb postcode } } } ${failure} } }`;
const newPatient = { bpSiteId: '1001', firstName: 'Sample', lastName: 'Newcomer', birthDate: '1990-05-06' };

/** A practice that stores what is written to it. */
function surgery(writes: Partial<PracticeWrites> = {}) {
  const patients = new Map<string, domain.Patient>([['5', { ...patient(5), email: 'five@example.com' }]]);
  const received: Partial<PatientDetails>[] = [];
  const keep: Partial<PracticeWrites> = {
    async addPatient({ fields: _, ...details }) {
      received.push(details);
      const pmsId = String(patients.size + 500);
      patients.set(pmsId, { ...patient(1), status: 'ACTIVE', ...recorded(details), pmsId } as domain.Patient);
      return { patientId: pmsId, patient: null };
    },
    async updatePatient({ patientId, details }) {
      received.push(details);
      patients.set(patientId, { ...(patients.get(patientId) as domain.Patient), ...recorded(details) });
      return { patient: null };
    },
  };
  const data: Partial<port.PracticeData> = {
    patients: async ({ ids, search }) =>
      [...patients.values()].filter(
        (each) => ids?.includes(each.pmsId) ?? (search?.birthDate === each.birthDate && search !== undefined),
      ),
  };
  const halo = fakeHalo({ practices: { '1001': { data, writes: { ...keep, ...writes } } } });
  const run = async (query: string, input: object) => (await halo.execute(query, { input })).data.result;
  return {
    ...halo,
    patients,
    received,
    keep,
    add: (input: object = {}) => run(add, { ...newPatient, ...input }),
    update: (input: object) => run(update, { bpSiteId: '1001', patientId: '5', ...input }),
  };
}

function recorded({ address, postalAddress, ...rest }: Partial<PatientDetails>): Partial<domain.Patient> {
  const whole = (known: object | null) => known && { line2: null, state: null, country: null, ...known };
  return {
    ...rest,
    ...(address === undefined ? {} : { address: whole(address) as domain.Address }),
    ...(postalAddress === undefined ? {} : { postalAddress: whole(postalAddress) as domain.Address }),
  };
}

const paths = (answer: { issues: { path: string[] }[] }) => answer.issues.map(({ path }) => path.join('.'));

describe('addPatient', () => {
  test('stores the input in its plain form, and returns the stored record', async () => {
    const practice = surgery();
    const answer = await practice.add({
      mobilePhone: '+61 491 570 006',
      homePhone: '(02) 5550 1234',
      medicare: { number: '2123 45670 1', individualReferenceNumber: '2', expiry: '09/2028' },
      dva: { number: 'nx 123456', type: 'GOLD' },
      address: { line1: ' 1 Sample St ', suburb: 'Sydney', postcode: '2000' },
    });
    expect(answer).toEqual({
      __typename: 'AddPatientPayload',
      patient: {
        pmsId: '501',
        fullName: expect.stringContaining('Newcomer'),
        mobilePhone: '0491570006',
        medicare: { number: '2123456701', individualReferenceNumber: '2', expiry: '09/2028' },
      },
    });
    expect(practice.received[0]).toMatchObject({
      title: null,
      sex: 'UNKNOWN',
      homePhone: '0255501234',
      dva: { number: 'NX123456', type: 'Gold' },
      address: { line1: '1 Sample St', line2: null, suburb: 'Sydney', postcode: '2000' },
      postalAddress: null,
    });
  });

  test('every fault of the input is reported at once, without a request to the practice', async () => {
    const practice = surgery();
    const answer = await practice.add({
      firstName: ' ',
      lastName: '123',
      middleName: 'x'.repeat(31),
      title: 'Mr\nDr',
      birthDate: '2026-11-25',
      homePhone: '5550',
      workPhone: 'call me',
      mobilePhone: '02 5550 1234',
      email: 'nobody',
      address: { postcode: '0001' },
      postalAddress: { postcode: '20000' },
      medicare: { number: '2123456711', individualReferenceNumber: '0', expiry: '13/2028' },
      dva: { number: '12', type: 'WHITE' },
      idempotencyKey: '',
    });
    expect(paths(answer)).toEqual([
      'input.title',
      'input.firstName',
      'input.middleName',
      'input.lastName',
      'input.birthDate',
      'input.address.postcode',
      'input.postalAddress.postcode',
      'input.homePhone',
      'input.workPhone',
      'input.mobilePhone',
      'input.email',
      'input.medicare.number',
      'input.medicare.individualReferenceNumber',
      'input.medicare.expiry',
      'input.dva.number',
      'input.idempotencyKey',
    ]);
    expect(practice.calls).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain('call me');
  });

  test.each(['1890-01-01', '1990-02-30', 'yesterday'])('a birth date of %s is refused', async (birthDate) => {
    expect(paths(await surgery().add({ birthDate }))).toEqual(['input.birthDate']);
  });

  test('a namesake of the same age is added only when the caller says so, and the same person never', async () => {
    const practice = surgery();
    expect((await practice.add()).__typename).toBe('AddPatientPayload');
    expect((await practice.add({ email: 'other@example.com' })).issues[0].message).toMatch(
      /Check whether it is the same person/,
    );
    const allowed = { email: 'other@example.com', allowNamesake: true };
    expect((await practice.add(allowed)).__typename).toBe('AddPatientPayload');
    expect((await practice.add(allowed)).issues[0].message).toMatch(/already has this patient/);
    expect(practice.received).toHaveLength(2);
  });

  test.each([
    [
      { firstName: 'Tess', lastName: 'O’Dupley' },
      { firstName: 'tess', lastName: "O'Dupley" },
    ],
    [
      { firstName: 'Tess', lastName: "O'Dupley" },
      { firstName: 'Tess', lastName: 'O’Dupley' },
    ],
    [
      { firstName: 'Tess', lastName: 'Dupley' },
      { firstName: 'Tess\u200b', lastName: 'Dupley' },
    ],
    [
      { firstName: 'Zoë', lastName: 'Smith-Jones' },
      { firstName: 'Zoe\u0308', lastName: 'Smith Jones' },
    ],
    [
      { firstName: 'Zoe', lastName: 'Vandersample' },
      { firstName: 'Zoé', lastName: 'Van der Sample' },
    ],
    [
      { firstName: null, lastName: 'Sukarno' },
      { firstName: '', lastName: 'sukarno' },
    ],
  ])('B3: of %o, %o is a namesake', async (known, input) => {
    const practice = surgery();
    const there = { ...patient(1), pmsId: '900', birthDate: '1990-05-06', ...known };
    practice.patients.set('900', there as domain.Patient);
    expect((await practice.add(input)).issues[0].message).toMatch(
      /already has (a patient with this name|this patient)/,
    );
    expect(practice.received).toEqual([]);
  });

  test('B3: the search for namesakes finds them whether a name is one word or two', async () => {
    const practice = surgery();
    await practice.add({ firstName: 'Mary-Ann', lastName: "O'Brien" });
    const { search } = practice.calls.find(({ method }) => method === 'patients')?.query ?? {};
    for (const names of [
      ['Maryann', 'OBrien'],
      ['Mary Ann', 'O Brien'],
      ['MARY-ANN', 'O’Brien'],
    ]) {
      expect(isFoundBy(searchWords(search.name), names)).toBe(true);
    }
    expect(search.birthDate).toBe('1990-05-06');
  });

  test.each([[{}], [{ firstName: null }], [{ firstName: '' }], [{ firstName: '\u200b ' }]])(
    'B6: a person with one name only, %o, has it as last name',
    async (firstName) => {
      const practice = surgery();
      const { bpSiteId, birthDate } = newPatient;
      const input = { bpSiteId, birthDate, lastName: 'Sukarno', ...firstName };
      const answer = (await practice.execute(add, { input })).data.result;
      expect(answer).toMatchObject({ __typename: 'AddPatientPayload', patient: { fullName: 'Sukarno' } });
      expect(practice.received[0]).toMatchObject({ firstName: null, lastName: 'Sukarno' });
    },
  );

  test('B6: a patient without a last name is not added', async () => {
    expect(paths(await surgery().add({ firstName: 'Sukarno', lastName: ' ' }))).toEqual(['input.lastName']);
  });

  test('D2: what the code page lacks is refused with its path, letters are composed', async () => {
    const practice = surgery();
    const answer = await practice.add({
      title: 'Пан',
      firstName: 'Lệ',
      middleName: '🙂',
      preferredName: 'Łucja',
      address: { line1: 'ul. Łódzka 1', suburb: 'Hồ' },
      email: 'łucja@example.com',
    });
    expect(paths(answer)).toEqual(
      ['title', 'firstName', 'middleName', 'preferredName', 'address.line1', 'address.suburb', 'email'].map(
        (path) => `input.${path}`,
      ),
    );
    expect(practice.calls).toEqual([]);
    await practice.add({ firstName: 'Zoe\u0308', address: { line1: '1  Sample\u00a0St\u200b' } });
    expect(practice.received[0]).toMatchObject({ firstName: 'Zoë', address: { line1: '1 Sample St' } });
  });

  test('D10: a key has 200 characters as people count them', async () => {
    expect((await surgery().add({ idempotencyKey: '👍🏽'.repeat(200) })).__typename).toBe(
      'AddPatientPayload',
    );
    for (const idempotencyKey of [
      '🙂'.repeat(201),
      'x'.repeat(201),

      `x${'\u0301'.repeat(9_999)}`,
    ]) {
      expect(paths(await surgery().add({ idempotencyKey }))).toEqual(['input.idempotencyKey']);
    }
    expect(paths(await surgery().add({ medicare: { number: '2950123480' } }))).toEqual([
      'input.medicare.number',
    ]);
  });

  test('a title that the practice does not have is an issue of the title', async () => {
    const addPatient = () =>
      Promise.reject(new InvalidInput([{ path: ['title'], message: 'Not one of the list.' }]));
    expect(paths(await surgery({ addPatient }).add({ title: 'Sir' }))).toEqual(['input.title']);
  });

  test('a lost response is found by a look-up, and the key adds no patient twice', async () => {
    const practice = surgery();
    const lost = surgery({
      async addPatient({ fields: _, ...details }) {
        await lost.keep.addPatient?.(details);
        throw new NoAnswer(now, new SiteUnavailable());
      },
    });
    const key = { idempotencyKey: 'once' };
    expect((await lost.add(key)).patient.pmsId).toBe('501');
    expect((await lost.add(key)).patient.pmsId).toBe('501');
    expect(lost.received).toHaveLength(1);
    expect((await practice.add(key)).patient.pmsId).toBe('501');
    expect(paths(await practice.add({ ...key, email: 'a@example.com' }))).toEqual(['input.idempotencyKey']);
  });

  test('where the look-up finds no patient, the outcome is unknown, and stays so under its key', async () => {
    const addPatient = () => Promise.reject(new NoAnswer(now, new SiteUnavailable()));
    const practice = surgery({ addPatient });
    for (const _ of [1, 2]) {
      expect(await practice.add({ idempotencyKey: 'lost' })).toMatchObject({
        __typename: 'OutcomeUnknown',
        idempotencyKey: 'lost',
      });
    }
    expect(practice.calls.filter(({ method }) => method === 'addPatient')).toHaveLength(1);
  });
});

describe('updatePatient', () => {
  test('changes only the given fields; null removes; an address is replaced as a whole', async () => {
    const practice = surgery();
    const answer = await practice.update({
      lastName: 'Renamed',
      email: null,
      address: { suburb: 'Perth', postcode: '6000' },
    });
    expect(practice.received).toEqual([
      {
        lastName: 'Renamed',
        email: null,
        address: { line1: null, line2: null, suburb: 'Perth', postcode: '6000' },
      },
    ]);
    expect(answer.patient).toEqual({
      pmsId: '5',
      lastName: 'Renamed',
      homePhone: patient(5).homePhone,
      email: null,
      address: { line1: null, suburb: 'Perth', postcode: '6000' },
    });
  });

  test('sends nothing where it is so already', async () => {
    const practice = surgery();
    await practice.update({ email: 'FIVE@example.com' });
    expect(practice.calls.map(({ method }) => method)).toEqual(['patients']);
  });

  test('sends a name that is to be written in other letters', async () => {
    const practice = surgery();
    const { lastName } = practice.patients.get('5') as domain.Patient;
    const answer = await practice.update({ lastName: lastName?.toUpperCase() });
    expect(answer.patient.lastName).toBe(lastName?.toUpperCase());
    expect(practice.received).toHaveLength(1);
  });

  test('D3: a change that ends without an error and changes nothing is an error', async () => {
    const practice = surgery({ updatePatient: async () => ({ patient: null }) });
    expect((await practice.update({ lastName: 'Unanswered' })).code).toBe('UPSTREAM_FAILED');
  });

  test.each([
    [{}, 'input'],
    [{ firstName: null }, 'input.firstName'],
    [{ birthDate: null }, 'input.birthDate'],
  ])('refuses %o', async (input, path) => {
    expect(paths(await surgery().update(input))).toEqual([path]);
  });

  test('an unknown id', async () => {
    expect((await surgery().update({ patientId: '777', email: null })).__typename).toBe('NotFound');
    expect((await surgery().update({ patientId: 'x', email: null })).__typename).toBe('NotFound');
  });

  test('after a lost response the record is read back; if it differs, the outcome stays unknown', async () => {
    const lost = surgery({
      async updatePatient(change) {
        if (change.details.email === null) await lost.keep.updatePatient?.(change);
        throw new NoAnswer(now, new SiteUnavailable());
      },
    });
    expect((await lost.update({ email: null })).patient.email).toBeNull();
    expect((await lost.update({ lastName: 'Lost' })).__typename).toBe('OutcomeUnknown');
  });
});

/** Concurrent changes of one resource. */
import type { Patient } from '@medplum/fhirtypes';
import { afterEach, describe, expect, it } from 'vitest';
import { bpSiteId } from './halo-shell.ts';
import { type ForeignPractice, openPractice, patient } from './practice.ts';

let practice: ForeignPractice;
afterEach(() => practice.close());

const update = (details: object) =>
  practice.facade.execute(
    `mutation ($input: UpdatePatientInput!) {
      updatePatient(input: $input) { __typename ... on HaloError { code message } ... on PmsError { errorCode } }
    }`,
    { input: { bpSiteId, patientId: '1', ...details } },
  );
const stored = () => practice.repository.readResource<Patient>('Patient', '1');
const telecomOf = ({ telecom }: Patient) => telecom?.map(({ value }) => value).toSorted();

const phone = { mobilePhone: '0491570156' };
const email = { email: 'terry@example.com' };

/** The front desk changes the birth date of the patient. */
async function deskChanges(day: number): Promise<void> {
  await practice.repository.updateResource({ ...(await stored()), birthDate: `1981-01-0${day}` });
}

describe('two changes of one patient at once', () => {
  it.each([
    ['with versions', {}],
    ['without versions', { withoutVersions: true }],
  ])('D7: are both made, %s', async (_, options) => {
    practice = await openPractice([patient('1')], options);
    const answers = await Promise.all([update(phone), update(email)]);
    expect(answers.map(({ data }) => data.updatePatient.__typename)).toEqual([
      'UpdatePatientPayload',
      'UpdatePatientPayload',
    ]);
    expect(telecomOf(await stored())).toEqual(['0491570156', 'terry@example.com']);
    expect(practice.requests.filter((request) => request === 'PUT Patient/1')).toHaveLength(2);
  });
});

describe('a change between our read and our update', () => {
  it('G12: is kept, and ours is made to it', async () => {
    let changes = 0;
    practice = await openPractice([patient('1')], {
      async before(request) {
        if (request.startsWith('PUT') && ++changes === 1) await deskChanges(changes);
      },
    });
    const { data } = await update(phone);
    expect(data.updatePatient.__typename).toBe('UpdatePatientPayload');
    expect(await stored()).toMatchObject({ birthDate: '1981-01-01', telecom: [{ value: '0491570156' }] });
    expect(practice.requests.filter((request) => /^(GET|PUT) /.test(request))).toEqual([
      'GET Patient/1',
      'PUT Patient/1',
      'GET Patient/1',
      'PUT Patient/1',
    ]);
  });

  it('G12: that comes each time ends in a refusal, and nothing is written', async () => {
    let changes = 0;
    practice = await openPractice([patient('1')], {
      async before(request) {
        if (request.startsWith('PUT')) await deskChanges(++changes);
      },
    });
    const { data } = await update(phone);
    expect(data.updatePatient).toMatchObject({ code: 'PMS_ERROR', errorCode: 412 });
    expect(telecomOf(await stored())).toBeUndefined();
    expect(changes).toBe(2);
  });
});

it.each([405, 412, 428])(
  'G12: an update that is answered %i is refused, and nothing is written',
  async (status) => {
    practice = await openPractice([patient('1')], { refusesUpdates: status });
    const { data } = await update(phone);
    expect(data.updatePatient).toMatchObject({ code: 'PMS_ERROR', errorCode: status });
    expect(telecomOf(await stored())).toBeUndefined();
  },
);

describe('a server that demands If-Match', () => {
  it('G12: gets it', async () => {
    practice = await openPractice([patient('1')], { demandsVersion: true });
    const { data } = await update(phone);
    expect(data.updatePatient.__typename).toBe('UpdatePatientPayload');
    expect(telecomOf(await stored())).toEqual(['0491570156']);
  });

  it('G12: and gives no version refuses, and nothing is written', async () => {
    practice = await openPractice([patient('1')], { demandsVersion: true, withoutVersions: true });
    const { data } = await update(phone);
    expect(data.updatePatient).toMatchObject({ code: 'PMS_ERROR', errorCode: 428 });
    expect(telecomOf(await stored())).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { PatientDetails } from '../../../src/datasources/domain/patient-writes.ts';
import { NoAnswer } from '../../../src/datasources/practice/write-port.ts';
import { NotFound, PmsError, SlotTaken } from '../../../src/errors.ts';
import { membersOf } from '../source-members.ts';
import { fakeConnection } from './fake-connection.ts';
import { wholePatient } from './resources.ts';

const details: PatientDetails = {
  title: 'Mr',
  firstName: 'Sam',
  middleName: null,
  lastName: 'Sample',
  preferredName: null,
  birthDate: '1990-01-01',
  sex: 'MALE',
  address: null,
  postalAddress: null,
  homePhone: null,
  workPhone: null,
  mobilePhone: '0491570006',
  email: null,
  medicare: null,
  dva: null,
};
const stored = { ...wholePatient, extension: [{ url: 'urn:invented' }], invented: { kept: true } };

function practice(also: Parameters<typeof fakeConnection>[0] = {}) {
  const connection = fakeConnection({ resources: [stored], ...also });
  return { ...membersOf(createBpPremier(connection)), connection, written: connection.written };
}

describe('adding a patient', () => {
  it('creates a Patient and gives its id', async () => {
    const { writes, written } = practice();
    expect(await writes.addPatient(details)).toEqual({ patientId: '4711', patient: null });
    expect(written).toEqual([
      {
        resource: 'Patient',
        body: {
          resourceType: 'Patient',
          active: true,
          name: [{ use: 'official', family: 'Sample', given: ['Sam'], prefix: ['Mr'] }],
          telecom: [{ system: 'phone', use: 'mobile', value: '0491570006' }],
          gender: 'male',
          birthDate: '1990-01-01',
        },
      },
    ]);
  });

  it.each([
    ['without an id', { resourceType: 'Patient' }],
    ['of another kind', { resourceType: 'OperationOutcome', id: '12' }],
  ])('does not report an id when the response is a resource %s', async (_what, answer) => {
    const failure = practice({ stored: () => answer, now: '2026-11-23T00:00:01Z' }).writes.addPatient(
      details,
    );
    await expect(failure).rejects.toBeInstanceOf(NoAnswer);
    await expect(failure).rejects.toMatchObject({ sentAt: Date.parse('2026-11-23T00:00:01Z') });
  });
});

describe('updating a patient', () => {
  it('sends everything back, with the changed fields', async () => {
    const { writes, written } = practice();
    await writes.updatePatient({ patientId: '41', details: { birthDate: '1981-03-01' } });
    expect(written).toEqual([
      { resource: 'Patient', id: '41', body: { ...stored, birthDate: '1981-03-01' } },
    ]);
  });

  it('sends nothing where nothing changes', async () => {
    const { writes, written } = practice();
    await writes.updatePatient({
      patientId: '41',
      details: { birthDate: '1980-02-29', homePhone: '(02) 5550 0011' },
    });
    expect(written).toEqual([]);
  });

  it.each(['42', '../Practitioner/7', ''])('who does not exist is NotFound: %j', async (patientId) => {
    const { writes, written } = practice();
    await expect(writes.updatePatient({ patientId, details })).rejects.toBeInstanceOf(NotFound);
    expect(written).toEqual([]);
  });

  it.each([
    ['another id', { id: '99' }],
    ['another type', { resourceType: 'Practitioner' }],
  ])('does not overwrite a response with %s', async (_what, difference) => {
    const { connection, written } = practice();
    const { writes } = createBpPremier({
      ...connection,
      fhirRead: async () => ({ resource: { ...stored, ...difference }, version: null }),
    });
    await expect(writes.updatePatient({ patientId: '41', details })).rejects.toMatchObject({
      code: 'UPSTREAM_FAILED',
    });
    expect(written).toEqual([]);
  });
});

it.each([
  ['a 409 is a refusal: there is no time that could be taken', new SlotTaken(), PmsError],
  ['an answer that never came stays one', new NoAnswer(0, null), NoAnswer],
] as const)('%s', async (_what, thrown, kind) => {
  const { writes } = practice({
    stored: () => {
      throw thrown;
    },
  });
  await expect(writes.addPatient(details)).rejects.toBeInstanceOf(kind);
  await expect(writes.updatePatient({ patientId: '41', details })).rejects.toBeInstanceOf(kind);
});

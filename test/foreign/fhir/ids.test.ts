/** A server whose logical ids are UUIDs. */
import type { Appointment, Location, Patient, Practitioner } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFacade } from '../../open-facade.ts';
import { bpSiteId, type HaloShell, startShell } from './halo-shell.ts';
import { clinic, doctor, patient } from './practice.ts';

const id = (last: number) => `3f1c2d9e-0000-4000-8000-${String(last).padStart(12, '0')}`;
const place: Location = { ...clinic, id: id(1) };
const users: Practitioner[] = [2, 3].map((last) => ({
  ...doctor,
  id: id(last),
  name: [{ family: `Example${last}`, given: ['Ada'] }],
}));
const people: Patient[] = [11, 12, 13].map((last) =>
  patient(id(last), { name: [{ family: 'Sample', given: [`P${last}`] }] }),
);

const appointment = (last: number, start: string): Appointment => ({
  resourceType: 'Appointment',
  id: id(last),
  status: 'booked',
  start,
  end: new Date(Date.parse(start) + 900_000).toISOString(),
  participant: [
    { actor: { reference: `Patient/${id(11)}` }, status: 'accepted' },
    { actor: { reference: `Practitioner/${id(2)}` }, status: 'accepted' },
    { actor: { reference: `Location/${id(1)}` }, status: 'accepted' },
  ],
});

let shell: HaloShell;
let facade: ReturnType<typeof openFacade>;
beforeAll(async () => {
  shell = await startShell([
    place,
    ...users,
    ...people,
    appointment(21, '2026-11-24T09:00:00+11:00'),
    appointment(22, '2026-11-24T09:15:00+11:00'),
  ]);
  facade = openFacade({ baseUrl: shell.url, source: 'bp-premier' });
});
afterAll(async () => {
  await facade.close();
  await shell.close();
});

const sendRequest = async (fields: string) => {
  const answer = await facade.execute(
    `{ practice(bpSiteId: "${bpSiteId}") { ... on Practice { ${fields} } } }`,
  );
  expect(answer.errors).toBeUndefined();
  return answer.data.practice;
};

describe('G14: ids that are UUIDs', () => {
  it('name users, patients and appointments', async () => {
    const found = await sendRequest(`
      user(pmsId: "${id(2)}") { ... on User { pmsId lastName } }
      patient(pmsId: "${id(12)}") { ... on Patient { pmsId firstName } }
      appointment(pmsId: "${id(21)}") { ... on Appointment { pmsId user { pmsId } patient { pmsId } location { pmsId } } }`);
    expect(found).toEqual({
      user: { pmsId: id(2), lastName: 'Example2' },
      patient: { pmsId: id(12), firstName: 'P12' },
      appointment: {
        pmsId: id(21),
        user: { pmsId: id(2) },
        patient: { pmsId: id(11) },
        location: { pmsId: id(1) },
      },
    });
  });

  it('are found again by their global ids', async () => {
    const found = await sendRequest(`
      user(pmsId: "${id(2)}") { ... on User { id } }
      patient(pmsId: "${id(12)}") { ... on Patient { id } }
      appointment(pmsId: "${id(21)}") { ... on Appointment { id } }
      locations { ... on LocationConnection { nodes { id } } }`);
    const ids = [found.user.id, found.patient.id, found.appointment.id, found.locations.nodes[0].id];
    const { data } = await facade.execute('query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', {
      ids,
    });
    expect(data.nodes).toEqual([
      { id: ids[0], __typename: 'User' },
      { id: ids[1], __typename: 'Patient' },
      { id: ids[2], __typename: 'Appointment' },
      { id: ids[3], __typename: 'Location' },
    ]);
  });

  it('lead to the appointments of a user and of a patient', async () => {
    const book = 'appointments(from: "2026-11-24") { ... on AppointmentConnection { nodes { pmsId } } }';
    const found = await sendRequest(`
      user(pmsId: "${id(2)}") { ... on User { ${book} } }
      patient(pmsId: "${id(11)}") { ... on Patient { ${book} } }`);
    const both = { appointments: { nodes: [{ pmsId: id(21) }, { pmsId: id(22) }] } };
    expect(found).toEqual({ user: both, patient: both });
  });

  it.each([
    ['users', 'users(first: 1 AFTER)', 'UserConnection', [id(2), id(3)]],
    [
      'patients',
      'patients(search: { name: "Sample" }, first: 1 AFTER)',
      'PatientConnection',
      [id(11), id(12), id(13)],
    ],
    [
      'appointments',
      'appointments(from: "2026-11-24", first: 1 AFTER)',
      'AppointmentConnection',
      [id(21), id(22)],
    ],
  ])('are in the cursors of %s', async (_, field, type, ids) => {
    const found: string[] = [];
    let after = '';
    do {
      const page = await sendRequest(
        `page: ${field.replace(' AFTER', after)} { ... on ${type} { nodes { pmsId } pageInfo { hasNextPage endCursor } } }`,
      );
      found.push(...page.page.nodes.map(({ pmsId }: { pmsId: string }) => pmsId));
      after = page.page.pageInfo.hasNextPage ? `, after: "${page.page.pageInfo.endCursor}"` : '';
    } while (after !== '');
    expect(found).toEqual(ids);
  });

  it('are taken by changes', async () => {
    const mutations = `mutation ($update: UpdatePatientInput!, $cancel: CancelAppointmentInput!) {
      updatePatient(input: $update) { __typename ... on HaloError { message } }
      cancelAppointment(input: $cancel) { __typename ... on HaloError { message } }
    }`;
    const { data } = await facade.execute(mutations, {
      update: { bpSiteId, patientId: id(13), email: 'p13@example.com' },
      cancel: { bpSiteId, appointmentId: id(22) },
    });
    expect([data.updatePatient.__typename, data.cancelAppointment.__typename]).toEqual([
      'UpdatePatientPayload',
      'CancelAppointmentPayload',
    ]);
    expect(await shell.repository.readResource('Appointment', id(22))).toMatchObject({ status: 'cancelled' });
    expect(await shell.repository.readResource('Patient', id(13))).toMatchObject({
      telecom: [{ system: 'email', value: 'p13@example.com' }],
    });
  });
});

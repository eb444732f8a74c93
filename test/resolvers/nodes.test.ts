import { describe, expect, test } from 'vitest';
import { SiteUnavailable } from '../../src/errors.ts';
import { fakeHalo } from './fake-halo.ts';

const ids = `{ practice(bpSiteId: "1001") { ... on Practice {
  id
  site { id }
  patient(pmsId: "7") { ... on Patient { id } }
  user(pmsId: "7") { ... on User { id } }
  appointment(pmsId: "7") { ... on Appointment { id } }
  locations { ... on LocationConnection { nodes { id clinicHours { id } } } }
} } }`;

describe('node', () => {
  test('a practice has one spelling of its id; no other spelling bypasses its recorded identity', async () => {
    const { execute, calls } = fakeHalo({ practices: { ' 1001': {}, '1001 ': {} } });
    for (const spelling of ['%201001', '1001%20', '1001%09']) {
      const id = Buffer.from(`Patient:BEST_PRACTICE:${spelling}:7`).toString('base64');
      const answer = await execute('query ($id: ID!) { node(id: $id) { id } }', { id });
      expect(answer.errors[0].extensions.code).toBe('INVALID_INPUT');
    }
    expect(calls).toHaveLength(0);
  });

  test('every id returns its object, and objects of one type need one call', async () => {
    const { execute, calls } = fakeHalo();
    const { practice } = (await execute(ids)).data;
    const [main] = practice.locations.nodes;
    const all = [
      practice.id,
      practice.site.id,
      practice.patient.id,
      practice.user.id,
      practice.appointment.id,
      main.id,
      main.clinicHours.id,
    ];
    calls.length = 0;
    const answer = await execute(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Patient { fullName } } }',
      {
        ids: all,
      },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data.nodes.map((node: { id: string }) => node.id)).toEqual(all);
    expect(answer.data.nodes.map((node: { __typename: string }) => node.__typename)).toEqual([
      'Practice',
      'Site',
      'Patient',
      'User',
      'Appointment',
      'Location',
      'ClinicHours',
    ]);
    expect(answer.data.nodes[2].fullName).toBe('Invented Person7');
    expect(calls.map((call) => call.method).sort()).toEqual([
      'appointments',
      'clinicHours',
      'locations',
      'patients',
      'users',
    ]);
    expect(calls.find((call) => call.method === 'patients')?.query.fields).toEqual({ id: {}, fullName: {} });
  });

  test('ids are keyed on the practice, never on the Halo GUID', async () => {
    const { execute } = fakeHalo();
    const { practice } = (await execute(ids)).data;
    expect(Buffer.from(practice.site.id, 'base64').toString()).toBe('Site:BEST_PRACTICE:1001');
    expect(Buffer.from(practice.patient.id, 'base64').toString()).toBe('Patient:BEST_PRACTICE:1001:7');
  });

  test('a malformed id and a failure are null with a code; what does not exist is null alone', async () => {
    const { execute } = fakeHalo({
      practices: { '1001': {}, '1007': { fails: new SiteUnavailable({ availability: 'OFFLINE' }) } },
    });
    const id = (text: string) => Buffer.from(text).toString('base64');
    const answer = await execute(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } node(id: "nonsense") { id } }',
      {
        ids: [
          id('Patient:BEST_PRACTICE:1001:999'),
          id('Patient:BEST_PRACTICE:4040:1'),
          id('Patient:BEST_PRACTICE:1007:1'),
          id('Patient:BEST_PRACTICE:1001'),
          id('Patient:BEST_PRACTICE:1001:%E0%A4%A'),
        ],
      },
    );
    expect(answer.data).toEqual({ nodes: [null, null, null, null, null], node: null });
    expect(
      answer.errors
        .map(
          (error: { path: unknown[]; extensions: { code: string } }) =>
            `${error.path.join('.')} ${error.extensions.code}`,
        )
        .sort(),
    ).toEqual([
      'node INVALID_INPUT',
      'nodes.2 SITE_UNAVAILABLE',
      'nodes.3 INVALID_INPUT',
      'nodes.4 INVALID_INPUT',
    ]);
  });

  test('a global id is accepted in every id argument', async () => {
    const { execute, calls } = fakeHalo();
    const { practice } = (await execute(ids)).data;
    calls.length = 0;
    const answer = await execute(
      `query ($practice: ID!, $user: ID!) { practice(bpSiteId: $practice) { ... on Practice {
        appointments(from: "2026-11-23", userId: $user) { ... on AppointmentConnection { nodes { pmsId } } } } } }`,
      { practice: practice.id, user: practice.user.id },
    );
    expect(calls[0]?.query.userIds).toEqual(['7']);
    expect(answer.data.practice.appointments.nodes).toHaveLength(5);
  });
});

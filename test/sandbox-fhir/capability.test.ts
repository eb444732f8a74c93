import { expect, test } from 'vitest';
import {
  appointmentRow,
  type Body,
  borderPractice,
  clientOf,
  databaseOf,
  locations,
  patientRow,
  practiceOf,
  sessionRow,
  users,
} from './known-practice.ts';

const database = databaseOf({
  USERS: users,
  LOCATIONS: locations,
  PATIENTS: [patientRow(42)],
  APPOINTMENTS: [appointmentRow(1)],
  SESSIONS: [sessionRow(1), sessionRow(2, { USERID: 0 })],
  DAYSAWAY: [{ RECORDID: 1, USERID: 7, STARTDATE: '2026-12-24T00:00:00', FINISHDATE: '2026-12-31T00:00:00' }],
});
const documented = clientOf(database, practiceOf('1006'));
const assumed = clientOf(database);

function listed(statement: Body): Record<string, unknown> {
  return Object.fromEntries(
    statement.rest[0].resource.map((resource: Body) => [
      resource.type,
      [
        ...(resource.interaction ?? []).map(({ code }: Body) => code),
        ...(resource.operation ?? []).map(({ name }: Body) => `$${name}`),
        ...(resource.searchParam ?? []).map(({ name }: Body) => `?${name}`),
      ].join(' '),
    ]),
  );
}

test('what only is documented publicly', () => {
  const { status, body } = documented.get('metadata');
  expect(status).toBe(200);
  expect(listed(body)).toEqual({
    Patient: 'read search-type create update ?_id ?_lastUpdated ?given ?birthdate ?name ?identifier',
    Practitioner: 'read search-type ?_id',
    PractitionerRole: 'read search-type ?_id',
    Organization: 'read search-type ?_id',
    Location: 'read search-type ?_id',
  });
});

test('with what is assumed', () => {
  const shaping = '?_count ?_sort ?_elements';
  expect(listed(assumed.get('metadata').body)).toEqual({
    Patient: `read search-type create update ?_id ?_lastUpdated ?given ?birthdate ?name ?identifier ?family ?phone ?email ${shaping}`,
    Practitioner: `read search-type update ?_id ?name ?active ${shaping}`,
    PractitionerRole: `read search-type update ?_id ?practitioner ${shaping}`,
    Organization: `read search-type ?_id ${shaping}`,
    Location: `read search-type update ?_id ${shaping}`,
    Appointment: `read search-type create update ?_id ?date ?practitioner ?patient ?location ?status ${shaping}`,
    Slot: '$find-free',
  });
});

test('the statement names the server as the documentation shows it', () => {
  const { body } = assumed.get('metadata');
  expect(body).toMatchObject({
    resourceType: 'CapabilityStatement',
    id: borderPractice.haloGuid,
    version: borderPractice.haloLinkVersion,
    name: 'RestServer',
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'application/json'],
    software: { name: 'BP/Halo FHIR Server' },
    rest: [{ mode: 'server' }],
  });
  expect(body.rest[0].resource[0]).toMatchObject({
    type: 'Patient',
    profile: 'http://hl7.org/fhir/StructureDefinition/Patient',
    supportedProfile: ['http://hl7.org.au/fhir/StructureDefinition/au-patient'],
    searchParam: expect.arrayContaining([
      {
        name: '_id',
        definition: 'http://hl7.org/fhir/SearchParameter/Resource-id',
        type: 'token',
        documentation: 'Logical id of this artifact',
      },
    ]),
  });
});

test('the statement does not touch the database', () => {
  const pending = () => {
    throw new Error('requested');
  };
  const broken = {
    all: pending,
    each: pending,
    run: () => undefined,
    define: () => undefined,
    setUp: () => undefined,
  };
  expect(clientOf(broken).get('metadata').status).toBe(200);
});

test('what is not listed is refused', () => {
  expect(assumed.get('Appointment/1').status).toBe(200);
  expect(assumed.get('Slot/$find-free?start=2026-11-23&end=2026-11-23').status).toBe(200);
  for (const path of [
    'Appointment/1',
    'Appointment',
    'Slot/$find-free?start=2026-11-23&end=2026-11-23',
    'Slot',
  ]) {
    const { status, body } = documented.get(path);
    expect([status, body.resourceType]).toEqual([404, 'OperationOutcome']);
  }
  for (const form of ['phone=0491570006', 'email=a@example.com', 'family=x']) {
    expect(documented.search('Patient', form).status).toBe(400);
  }
  expect(documented.search('PractitionerRole', 'practitioner=7').status).toBe(400);
  expect(documented.ids('Patient', 'given=given&_count=10&_sort=birthdate&_elements=name')).toEqual(['42']);
});

test('assumed fields are left out where they are not listed', () => {
  expect(assumed.get('PractitionerRole/7-1').body).toHaveProperty('availableTime');
  expect(assumed.get('PractitionerRole/7-1').body).toHaveProperty('notAvailable');
  expect(assumed.get('Location/1').body).toHaveProperty('hoursOfOperation');
  expect(documented.get('PractitionerRole/7-1').body).not.toHaveProperty('availableTime');
  expect(documented.get('PractitionerRole/7-1').body).not.toHaveProperty('notAvailable');
  expect(documented.get('Location/1').body).not.toHaveProperty('hoursOfOperation');
});

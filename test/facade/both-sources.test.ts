/** The same operation through both sources: the same shape, and the same value wherever both know a field. */
import { afterAll, describe, expect, it } from 'vitest';
import { openFacade } from '../open-facade.ts';

const bySql = openFacade({ source: 'sql-passthrough' });
const byFhir = openFacade({ source: 'bp-premier' });
afterAll(() => Promise.all([bySql.close(), byFhir.close()]));

const practice = (fields: string, bpSiteId = '1001') =>
  `{ practice(bpSiteId: "${bpSiteId}") { __typename ... on Practice { id name timeZone ${fields} } ... on HaloError { code message } } }`;
const address = 'line1 line2 suburb postcode state country';
const place = `id pmsId name timeZone phone email address { ${address} }`;
const patient = `id pmsId status title firstName middleName lastName preferredName fullName birthDate sex ihi email
  homePhone workPhone mobilePhone address { ${address} } postalAddress { ${address} }
  medicare { number individualReferenceNumber expiry } dva { number type } usualUser { pmsId displayName }`;
const user = `id pmsId title firstName lastName displayName role pmsRole active email phone
  location { pmsId name } providerNumbers { number location { pmsId } }`;
const appointment = `id pmsId start end durationMinutes status reason comment bookedAt updatedAt type { pmsId name }
  patient { ${patient} } user { ${user} } location { ${place} }`;
const nodes = (type: string, fields: string) =>
  `{ __typename ... on ${type} { nodes { ${fields} } } ... on HaloError { code message } }`;
const page = (type: string, fields: string) =>
  `{ __typename ... on ${type} { edges { cursor node { ${fields} } } pageInfo { hasNextPage hasPreviousPage endCursor } } ... on HaloError { code message } }`;

const questions: readonly (readonly [string, string])[] = [
  [
    'the day book',
    practice(`appointments(from: "2026-11-24") ${page('AppointmentConnection', appointment)}`),
  ],
  ['a past day', practice(`appointments(from: "2026-11-16") ${nodes('AppointmentConnection', appointment)}`)],
  [
    'a day with its cancellations',
    practice(
      `appointments(from: "2026-11-17", to: "2026-11-20", status: [CANCELLED, NO_SHOW]) ${nodes('AppointmentConnection', appointment)}`,
    ),
  ],
  [
    'the first page of a week',
    practice(
      `appointments(from: "2026-11-23", to: "2026-11-27", first: 7) ${page('AppointmentConnection', 'start patient { fullName }')}`,
    ),
  ],
  [
    'a practice in two zones',
    practice(`appointments(from: "2026-11-24") ${nodes('AppointmentConnection', appointment)}`, '1004'),
  ],
  [
    'patients by name',
    practice(`patients(search: { name: "sam" }, first: 20) ${page('PatientConnection', patient)}`),
  ],
  [
    'patients by two words',
    practice(`patients(search: { name: "bilby  sam" }) ${nodes('PatientConnection', patient)}`),
  ],
  ['an odd name', practice(`patients(search: { name: "o'samp" }) ${nodes('PatientConnection', patient)}`)],
  [
    'patients by phone',
    practice(`patients(search: { phone: "0491 570 156" }) ${nodes('PatientConnection', patient)}`),
  ],
  [
    'no patient',
    practice(`patients(search: { name: "Nobody Atall" }) ${nodes('PatientConnection', patient)}`),
  ],
  ['all users', practice(`users(active: null) ${page('UserConnection', user)}`)],
  ['doctors', practice(`users(role: DOCTOR) ${nodes('UserConnection', user)}`)],
  [
    'users with their book',
    practice(
      `users ${nodes('UserConnection', `pmsId appointments(from: "2026-11-24") ${nodes('AppointmentConnection', 'pmsId start')}`)}`,
    ),
  ],
  ['locations', practice(`locations ${nodes('LocationConnection', place)}`, '1004')],
  [
    'absences',
    practice(
      `users ${nodes('UserConnection', `pmsId daysAway(from: "2026-11-01", to: "2027-01-31") { __typename ... on DaysAway { nodes { from to reason } } }`)}`,
    ),
  ],
  [
    'free slots of a day',
    practice(
      `availableSlots(from: "2026-11-24") { __typename ... on AvailableSlots { complete slots { start end durationMinutes user { pmsId } location { pmsId } } } }`,
    ),
  ],
  [
    'free half hours',
    practice(
      `availableSlots(from: "2026-11-24", durationMinutes: 30) { __typename ... on AvailableSlots { slots { start end user { pmsId } } } }`,
    ),
  ],
];

describe('both sources agree on', () => {
  it.each(questions)('%s', async (name, question) => {
    const [sql, fhir] = await Promise.all([bySql.execute(question), byFhir.execute(question)]);
    expect(sql.errors).toBeUndefined();
    expect(fhir.errors).toBeUndefined();
    expect(fhir.data).toEqual(sql.data);
    expect(sql.text).not.toContain('"code"');
    if (name !== 'no patient') expect(sql.text).toMatch(/"(nodes|edges|slots)":\[\{/);
  });

  it('one thing by its id', async () => {
    const list = await bySql.execute(
      practice(
        `appointments(from: "2026-11-24", first: 1) ${nodes('AppointmentConnection', 'id pmsId patient { id pmsId } user { id pmsId }')}`,
      ),
    );
    const [row] = list.data.practice.appointments.nodes;
    const one = practice(`appointment(pmsId: "${row.id}") { __typename ... on Appointment { ${appointment} } }
      patient(pmsId: "${row.patient.pmsId}") { __typename ... on Patient { ${patient}
        appointments(from: "2026-11-01", to: "2026-12-31") ${nodes('AppointmentConnection', 'pmsId start status')} } }
      user(pmsId: "${row.user.id}") { __typename ... on User { ${user} } }`);
    const [sql, fhir] = await Promise.all([bySql.execute(one), byFhir.execute(one)]);
    expect(sql.data.practice.patient.__typename).toBe('Patient');
    expect(fhir.data).toEqual(sql.data);
    const node = `{ node(id: "${row.id}") { __typename id ... on Appointment { ${appointment} } } }`;
    const [bySqlNode, byFhirNode] = await Promise.all([bySql.execute(node), byFhir.execute(node)]);
    expect(bySqlNode.data.node).toEqual(sql.data.practice.appointment);
    expect(byFhirNode.data.node).toEqual(sql.data.practice.appointment);
  });
});

describe('what only the database knows', () => {
  const question = practice(
    `appointments(from: "2026-11-16", first: 40) ${nodes('AppointmentConnection', 'pmsStatus urgent arrivedAt consultationStartedAt telehealthUrl')}`,
  );

  it('is null by the Bp Premier API', async () => {
    const [sql, fhir] = await Promise.all([bySql.execute(question), byFhir.execute(question)]);
    const rows = sql.data.practice.appointments.nodes as Record<string, unknown>[];
    for (const field of ['pmsStatus', 'urgent', 'arrivedAt', 'consultationStartedAt']) {
      expect(
        rows.some((row) => row[field] !== null),
        field,
      ).toBe(true);
    }
    const unknown = {
      pmsStatus: null,
      urgent: null,
      arrivedAt: null,
      consultationStartedAt: null,
      telehealthUrl: null,
    };
    expect(fhir.data.practice.appointments.nodes).toEqual(rows.map(() => unknown));
  });
});

describe('where only what is documented publicly is served', () => {
  const documentedOnly = practice(
    `appointments(from: "2026-11-24") { __typename ... on OperationNotSupported { operation pms message } }
     availableSlots(from: "2026-11-24") { __typename }
     patients(search: { name: "sam" }, first: 3) { __typename }
     byPhone: patients(search: { phone: "0491570156" }, first: 3) { __typename ... on OperationNotSupported { message } }
     users { __typename }`,
    '1006',
  );

  it('the Bp Premier API alone does not serve the rest, and says what it lacks', async () => {
    const { data } = await byFhir.execute(documentedOnly);
    expect(data.practice).toMatchObject({
      appointments: {
        __typename: 'OperationNotSupported',
        operation: 'READ_APPOINTMENTS',
        pms: 'BEST_PRACTICE',
      },
      availableSlots: { __typename: 'OperationNotSupported' },
      patients: { __typename: 'PatientConnection' },
      byPhone: { __typename: 'OperationNotSupported', message: expect.stringContaining('phone') },
      users: { __typename: 'UserConnection' },
    });
  });

  it('auto takes SQL for it', async () => {
    const auto = openFacade();
    const { data } = await auto.execute(documentedOnly);
    expect(data.practice).toMatchObject({
      appointments: { __typename: 'AppointmentConnection' },
      availableSlots: { __typename: 'AvailableSlots' },
      byPhone: { __typename: 'PatientConnection' },
    });
    await auto.close();
  });
});

import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { Question } from '../../../src/datasources/practice/source-adapter.ts';
import { UpstreamFailed } from '../../../src/errors.ts';
import { maxCallsOf, membersOf } from '../source-members.ts';
import { capabilityWith, fakeConnection, fullCapability } from './fake-connection.ts';
import { appointment, freeSlot, location, patient, practitioner, role, schedule } from './resources.ts';

const range = { from: '2026-11-23', to: '2026-11-23' };
const fields = { patient: { fullName: {} }, user: { role: {} }, location: { name: {} } };

/** Questions of every kind, with the maximum number of charged calls, and the real number if it is lower. */
const questions: readonly [Question, number, number?][] = [
  [{ method: 'appointments', query: { ...range, fields: {} } }, 2],
  [{ method: 'appointments', query: { ...range, fields: { ...fields, user: { displayName: {} } } } }, 4],
  [{ method: 'appointments', query: { ...range, fields } }, 5],
  [{ method: 'appointments', query: { patientIds: ['41', '42'], fields } }, 7, 5],
  [{ method: 'availableSlots', query: range }, 2],
  [{ method: 'availableSlots', query: { ...range, userIds: ['7'] } }, 2],
  [{ method: 'patients', query: { ids: ['41'], fields: {} } }, 1],
  [
    { method: 'patients', query: { ids: Array.from({ length: 501 }, (_, n) => String(n + 1)), fields: {} } },
    2,
  ],
  [{ method: 'patients', query: { search: { name: 'a' }, afterId: '41', fields: {} } }, 5, 1],
  [{ method: 'patients', query: { search: { name: 'a' }, fields: {} } }, 4, 1],
  [{ method: 'users', query: { fields: { displayName: {} } } }, 1],
  [{ method: 'users', query: { role: 'DOCTOR', fields: {} } }, 2],
  [{ method: 'users', query: { ids: ['7'], fields: { location: {} } } }, 2],
  [{ method: 'users', query: { fields: {}, appointments: { ...range, fields } } }, 5],
  [{ method: 'providerNumbers', query: { userIds: ['7'] } }, 1],
  [{ method: 'sessions', query: { userIds: ['7'] } }, 1],
  [{ method: 'daysAway', query: { ...range, userIds: ['7'] } }, 2],
  [{ method: 'locations', query: undefined }, 1],
  [{ method: 'clinicHours', query: undefined }, 1],
];

const availableTime = [{ daysOfWeek: ['mon'], availableStartTime: '09:00:00', availableEndTime: '12:00:00' }];
const hoursOfOperation = [{ daysOfWeek: ['mon'], openingTime: '09:00:00', closingTime: '12:00:00' }];
const practice = [
  location('1', '2000', { hoursOfOperation }),
  practitioner('7', 'Sample', 'Sam'),
  role('7', '1', 'GP', { availableTime }),
  patient('41', 'Testwattle', 'Abel'),
  appointment('1', '2026-11-23T09:00:00+11:00'),
  freeSlot('7-1', '2026-11-23T09:00:00+11:00', '2026-11-23T09:15:00+11:00'),
  schedule('7', '1'),
];

describe('what a question costs', () => {
  it.each<[Question, number, number?]>(questions)(
    'is at most its upper bound: %j',
    async (question: Question, bound: number, cost = bound) => {
      const connection = fakeConnection({
        answer: ({ resource, operation }) =>
          practice.filter((each) =>
            (operation ? /Slot|Schedule/ : RegExp(`^${resource}$`)).test(each.resourceType),
          ),
      });
      const adapter = createBpPremier(connection);
      expect(maxCallsOf(adapter, question)).toBe(bound);
      const { method, query } = question;
      await (adapter.data[method] as (query: unknown) => Promise<unknown>)(query);
      expect(connection.calls.length).toBe(cost);
    },
  );
});

describe('the capabilities of a site', () => {
  it('is everything, when its CapabilityStatement lists everything', async () => {
    const { supports } = membersOf(createBpPremier(fakeConnection({})));
    for (const [question] of questions) expect(await supports(question)).toMatchObject({ can: true });
  });

  it.each<[Question, string | undefined]>([
    [
      { method: 'appointments', query: { fields: { start: {}, urgent: {}, pmsStatus: {} } } },
      'pmsStatus, urgent',
    ],
    [{ method: 'appointments', query: { fields: { start: {} } } }, undefined],
    [{ method: 'users', query: { fields: { takesAppointments: {} } } }, 'takesAppointments'],
    [{ method: 'users', query: { fields: { displayName: {} } } }, undefined],
    [{ method: 'sessions', query: { userIds: ['7'] } }, 'slot lengths and validity of sessions'],
  ])('says which selected fields it leaves null: %o', async (question, leavesOut) => {
    expect(await createBpPremier(fakeConnection({})).supports(question)).toEqual(
      leavesOut === undefined ? { can: true } : { can: true, leavesOut },
    );
  });

  it('is nothing, when it lists nothing', async () => {
    const { supports } = membersOf(createBpPremier(fakeConnection({ capability: capabilityWith({}) })));
    for (const [question] of questions) {
      expect(await supports(question)).toMatchObject({
        can: false,
        reason: expect.stringContaining("not listed in this site's CapabilityStatement."),
      });
    }
  });

  const documented = {
    Patient: ['_id', '_lastUpdated', 'given', 'birthdate', 'name', 'identifier'],
    Practitioner: ['_id', 'name'],
    PractitionerRole: ['_id'],
    Location: ['_id'],
  };

  it.each<[Question, string | null]>([
    [{ method: 'appointments', query: { fields: {} } }, 'Appointment search is not listed'],
    [{ method: 'availableSlots', query: range }, 'Slot $find-free is not listed'],
    [{ method: 'patients', query: { ids: ['1'], fields: {} } }, null],
    [{ method: 'users', query: { fields: { displayName: {} } } }, null],
    [
      { method: 'users', query: { fields: { pmsRole: {} } } },
      'PractitionerRole search by practitioner is not listed',
    ],
    [
      { method: 'users', query: { fields: {}, appointments: { fields: {} } } },
      'Appointment search is not listed',
    ],
    [{ method: 'locations', query: undefined }, null],
  ])('goes by what is documented publicly at a site that lists no more: %j', async (question, reason) => {
    const { supports } = membersOf(
      createBpPremier(fakeConnection({ capability: capabilityWith(documented) })),
    );
    const support = await supports(question);
    expect(support).toEqual(
      reason === null ? { can: true } : { can: false, reason: expect.stringContaining(reason) },
    );
  });

  it.each<[Question, string]>([
    [{ method: 'appointments', query: { ids: ['1'], fields: {} } }, 'Appointment search by _id'],
    [{ method: 'appointments', query: { to: '2026-11-23', fields: {} } }, 'Appointment search by date'],
    [{ method: 'appointments', query: { userIds: ['7'], fields: {} } }, 'Appointment search by practitioner'],
    [{ method: 'appointments', query: { patientIds: ['41'], fields: {} } }, 'Appointment search by patient'],
    [{ method: 'appointments', query: { fields: { patient: {} } } }, 'Patient search'],
    [{ method: 'appointments', query: { fields: { user: {} } } }, 'Practitioner search'],
  ])('depends on each search parameter: %j', async (question, reason) => {
    const capability = capabilityWith({ Appointment: [], Location: [] });
    const support = await createBpPremier(fakeConnection({ capability })).supports(question);
    expect(support).toEqual({ can: false, reason: expect.stringContaining(reason) });
  });

  it('never contains what FHIR cannot represent', async () => {
    const { supports } = membersOf(createBpPremier(fakeConnection({})));
    const never: readonly Question[] = [
      { method: 'appointmentTypes', query: undefined },
      { method: 'daysClosed', query: range },
      { method: 'users', query: { takesAppointments: true, fields: {} } },
    ];
    for (const question of never) expect(await supports(question)).toMatchObject({ can: false });
  });

  it('is empty for another PMS, without a request', async () => {
    const connection = {
      ...fakeConnection({}),
      pms: 'ZEDMED' as const,
      capability: () => Promise.reject(new Error('requested')),
    };
    expect(
      await createBpPremier(connection).supports({ method: 'locations', query: undefined }),
    ).toMatchObject({
      can: false,
    });
  });
});

it.each([
  ['5.0.0', false],
  ['3.0.2', false],
  ['4.6.0', false],
  ['4.0.1', true],
  ['4.3.0', true],
  [null, true],
])('G16: is used where the CapabilityStatement is of FHIR %s: %s', async (fhirVersion, can) => {
  const connection = fakeConnection({ capability: { ...fullCapability, fhirVersion } });
  const { supports, supportsWrite } = membersOf(createBpPremier(connection));
  const reason = can ? {} : { reason: `The site's Bp Premier API speaks FHIR ${fhirVersion}, not R4.` };
  expect(await supports({ method: 'locations', query: undefined })).toEqual({ can, ...reason });
  const write = { method: 'cancelAppointment', change: { appointmentId: '12' } } as const;
  expect(await supportsWrite(write)).toEqual({ can, ...reason });
});

it('C8: is nothing if the site has no CapabilityStatement, and unknown if it cannot be read', async () => {
  const supports = (error: Error) =>
    createBpPremier({ ...fakeConnection({}), capability: () => Promise.reject(error) }).supports({
      method: 'locations',
      query: undefined,
    });
  expect(await supports(new UpstreamFailed(404))).toEqual({
    can: false,
    reason: 'The site has no Bp Premier API.',
  });
  await expect(supports(new UpstreamFailed(500))).rejects.toMatchObject({ code: 'UPSTREAM_FAILED' });
});

it('takes an operation that is listed for the whole server, where its resource is listed', async () => {
  const question: Question = { method: 'availableSlots', query: range };
  const slot = {
    interactions: new Set<string>(),
    searchParams: new Set<string>(),
    operations: new Set<string>(),
  };
  const { resources } = capabilityWith({ Location: ['_id'] });
  const operations = new Set(['find-free']);
  const supports = (listed: typeof resources) =>
    createBpPremier(
      fakeConnection({ capability: { ...capabilityWith({}), operations, resources: listed } }),
    ).supports(question);
  expect(await supports(new Map([...resources, ['Slot', slot]]))).toEqual({ can: true });
  expect(await supports(resources)).toMatchObject({ can: false });
});

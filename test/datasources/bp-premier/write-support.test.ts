import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { PracticeWrites, WriteQuestion } from '../../../src/datasources/practice/write-port.ts';
import { daysOfWeek } from '../../../src/time/local.ts';
import { maxCallsOf, membersOf } from '../source-members.ts';
import { capabilityWith, capabilityWithout, fakeConnection, fullCapability } from './fake-connection.ts';
import { location, practitioner, role, wholePatient } from './resources.ts';

const days = { from: '2026-12-24', to: '2026-12-28' };
const place = { date: '2026-11-25', seconds: 36_000, userId: '7', locationId: '1' };
const someone = {
  title: null,
  firstName: 'Sam',
  middleName: null,
  lastName: 'Sample',
  preferredName: null,
  birthDate: '1990-01-01',
  sex: 'OTHER',
  address: null,
  postalAddress: null,
  homePhone: null,
  workPhone: null,
  mobilePhone: null,
  email: null,
  medicare: null,
  dva: null,
} as const;
const weekOf = (periods: readonly { opens: string; closes: string }[]) =>
  daysOfWeek().map((day) => ({ day, periods }));

/** Changes of every kind that FHIR supports, with their maximum cost and the capabilities that they need. */
const changes: readonly (readonly [WriteQuestion, number, readonly string[]])[] = [
  [
    {
      method: 'bookAppointment',
      change: { ...place, patientId: '41', durationSeconds: 900, typeId: null, reason: null },
    },
    2,
    ['Appointment create', 'Location search'],
  ],
  [
    {
      method: 'updateAppointment',
      change: { appointmentId: '12', typeId: '4', reason: null },
    },
    2,
    ['Appointment read', 'Appointment update'],
  ],
  [
    { method: 'moveAppointment', change: { appointmentId: '12', ...place } },
    3,
    ['Appointment read', 'Appointment update', 'Location search'],
  ],
  [
    { method: 'cancelAppointment', change: { appointmentId: '12' } },
    2,
    ['Appointment read', 'Appointment update'],
  ],
  [
    { method: 'arriveAppointment', change: { appointmentId: '12', arrived: true } },
    2,
    ['Appointment read', 'Appointment update'],
  ],
  [{ method: 'addPatient', change: someone }, 1, ['Patient create']],
  [
    { method: 'updatePatient', change: { patientId: '41', details: { lastName: 'Other' } } },
    2,
    ['Patient read', 'Patient update'],
  ],
  [
    { method: 'updateUser', change: { userId: '7', phone: null } },
    2,
    ['Practitioner read', 'Practitioner update'],
  ],
  [
    { method: 'addDayAway', change: { userId: '7', ...days, reason: null } },
    2,
    ['PractitionerRole search', 'PractitionerRole update'],
  ],
  [
    { method: 'removeDayAway', change: { userId: '7', ...days } },
    3,
    ['PractitionerRole search', 'PractitionerRole update'],
  ],
  [
    {
      method: 'setClinicHours',
      change: { locationId: '1', week: weekOf([{ opens: '08:00', closes: '17:00' }]) },
    },
    2,
    ['Location read', 'Location update'],
  ],
];

const absence = { description: 'Leave', during: { start: days.from, end: days.to } };
const resources = [
  wholePatient,
  practitioner('7', 'Sample', 'Sam'),
  role('7', '1', 'GP', { notAvailable: [absence] }),
  role('7', '2', 'GP', { notAvailable: [absence] }),
  location('1', '2000'),
  location('2', '4225'),
  {
    resourceType: 'Appointment',
    id: '12',
    status: 'booked',
    start: '2026-11-24T09:15:00+11:00',
    minutesDuration: 10,
  },
];

const byMethod = changes.map(([write, ...rest]) => [write.method, write, ...rest] as const);

describe('a change', () => {
  it.each(byMethod)('can be made where all it needs is listed: %s', async (_method, write) => {
    expect(await createBpPremier(fakeConnection({})).supportsWrite(write)).toEqual({ can: true });
  });

  it.each(byMethod)('costs no more than its upper bound: %s', async (_method, { method, change }, calls) => {
    const connection = fakeConnection({ resources });
    let read = 0;
    const adapter = createBpPremier({
      ...connection,
      fhirRead: (...requested) => {
        read += 1;
        return connection.fhirRead(...requested);
      },
    });
    expect(maxCallsOf(adapter, { method, change } as WriteQuestion)).toBeGreaterThanOrEqual(calls);
    await (adapter.writes[method] as (change: unknown) => Promise<unknown>)(change);
    expect(connection.calls.length + read + connection.written.length).toBe(calls);
  });

  it.each(byMethod)('names what is not listed: %s', async (_method, write, _charges, needs) => {
    const supportWithout = (need: string) => {
      const [resource = '', interaction = ''] = need.split(' ');
      const code = interaction === 'search' ? 'search-type' : interaction;
      const capability = capabilityWithout(resource, code);
      return createBpPremier(fakeConnection({ capability })).supportsWrite(write);
    };
    for (const need of needs) {
      expect(await supportWithout(need)).toEqual({
        can: false,
        reason: `${need} is not listed in this site's CapabilityStatement.`,
      });
    }
    for (const [resource, { interactions }] of fullCapability.resources) {
      for (const interaction of interactions) {
        const need = `${resource} ${interaction === 'search-type' ? 'search' : interaction}`;
        if (!needs.includes(need)) expect(await supportWithout(need), need).toEqual({ can: true });
      }
    }
  });

  it.each(byMethod)('is never made if nothing is listed, or at another PMS: %s', async (_method, write) => {
    const nothing = createBpPremier(fakeConnection({ capability: capabilityWith({}) }));
    expect(await nothing.supportsWrite(write)).toMatchObject({ can: false });
    const zedmed = createBpPremier({ ...fakeConnection({}), pms: 'ZEDMED' });
    expect(await zedmed.supportsWrite(write)).toMatchObject({ can: false });
  });
});

describe('what FHIR cannot represent', () => {
  const never: readonly (readonly [WriteQuestion, string])[] = [
    [
      { method: 'addDayClosed', change: { ...days, reason: 'Holiday' } },
      'on which days the practice is closed',
    ],
    [{ method: 'removeDayClosed', change: days }, 'on which days the practice is closed'],
    [
      { method: 'updateUser', change: { userId: '7', takesAppointments: false } },
      'which users take appointments',
    ],
    [{ method: 'setClinicHours', change: { locationId: '1', week: weekOf([]) } }, 'never open'],
  ];

  it.each(never.map(([write, words]) => [write.method, words, write] as const))(
    'is not offered, and refused all the same: %s, because it cannot say %s',
    async (_method, words, { method, change }) => {
      const connection = fakeConnection({ resources });
      const { supportsWrite, writes } = membersOf(createBpPremier(connection));
      expect(await supportsWrite({ method, change } as WriteQuestion)).toEqual({
        can: false,
        reason: expect.stringContaining(words),
      });
      const made = (writes[method] as (change: unknown) => ReturnType<PracticeWrites['updateUser']>)(change);
      await expect(made).rejects.toMatchObject({
        code: 'OPERATION_NOT_SUPPORTED',
        message: expect.stringContaining(words),
      });
      expect(connection.written).toEqual([]);
    },
  );
});

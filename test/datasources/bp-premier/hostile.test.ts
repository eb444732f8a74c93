import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import type { FhirResource } from '../../../src/datasources/halo-cloud/practice-connection.ts';
import { HaloError } from '../../../src/errors.ts';
import { fakeConnection } from './fake-connection.ts';
import { appointment, freeSlot, location, practitioner, role, schedule, wholePatient } from './resources.ts';

const wellFormed: readonly FhirResource[] = [
  wholePatient,
  practitioner('7', 'Sample', 'Sam'),
  location('1', '2000', {
    hoursOfOperation: [{ daysOfWeek: ['mon'], openingTime: '09:00:00', closingTime: '12:00:00' }],
  }),
  role('7', '1', 'GP', {
    availableTime: [{ daysOfWeek: ['mon'], availableStartTime: '09:00:00', availableEndTime: '12:00:00' }],
    notAvailable: [{ description: 'Leave', during: { start: '2026-11-23', end: '2026-11-23' } }],
  }),
  appointment('1', '2026-11-23T09:00:00+11:00'),
  freeSlot('7-1', '2026-11-23T09:00:00+11:00', '2026-11-23T09:15:00+11:00'),
  schedule('7', '1'),
];

const fields = { patient: {}, user: { role: {} }, location: {} };
const range = { from: '2026-11-23', to: '2026-11-23' };
const odd = fc.oneof(
  fc.constantFrom(null, '', '2026-11-23T99:00:00Z', '2026-02-30', '__proto__', 'constructor', -1, Number.NaN),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A resource in which one value, however deep, is replaced. */
function damaged(resource: FhirResource, at: number, value: unknown): FhirResource {
  const paths: (string | number)[][] = [];
  const walk = (node: unknown, path: (string | number)[]) => {
    if (path.length > 0 && path[0] !== 'resourceType') paths.push(path);
    if (typeof node !== 'object' || node === null) return;
    for (const [key, child] of Object.entries(node)) walk(child, [...path, key]);
  };
  walk(resource, []);
  const path = paths[at % paths.length] ?? [];
  const copy = structuredClone(resource);
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], copy);
  (parent as Record<string | number, unknown>)[path.at(-1) ?? ''] = value;
  return copy;
}

describe('any response of the server', () => {
  it('gives domain objects or an error of the table, never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(wellFormed.length - 1), fc.nat(), odd, async (which, at, value) => {
        const resources = wellFormed.map((resource, n) =>
          n === which ? damaged(resource, at, value) : resource,
        );
        const connection = fakeConnection({
          answer: ({ resource, operation }) =>
            operation ? resources : resources.filter(({ resourceType }) => resourceType === resource),
        });
        const { data } = createBpPremier(connection);
        const answers = await Promise.allSettled([
          data.appointments({ ...range, fields }),
          data.patients({ search: { name: 'test' }, fields: {} }),
          data.users({ fields: { role: {} } }),
          data.sessions({ userIds: ['7'] }),
          data.daysAway({ ...range, userIds: ['7'] }),
          data.locations(),
          data.clinicHours(),
          data.availableSlots({ ...range, durationMinutes: 15 }),
        ]);
        for (const answer of answers) {
          if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(HaloError);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('changes of it are made, or fail with an error of the table', async () => {
    const details = {
      title: 'Dr',
      firstName: 'New',
      middleName: null,
      lastName: 'Name',
      preferredName: 'Nn',
      birthDate: '1990-01-01',
      sex: 'OTHER',
      address: { line1: '2 Sample Street', line2: null, suburb: 'Wattle Flat', postcode: '2000' },
      postalAddress: null,
      homePhone: '0255500100',
      workPhone: null,
      mobilePhone: '0491570006',
      email: 'new@example.com',
      medicare: { number: '2950987651', individualReferenceNumber: '1', expiry: '01/2030' },
      dva: null,
    } as const;
    const holiday = { userId: '7', from: '2026-11-23', to: '2026-11-23' };
    const week = [{ day: 'MONDAY', periods: [{ opens: '08:00', closes: '24:00' }] }] as const;
    await fc.assert(
      fc.asyncProperty(fc.nat(wellFormed.length - 1), fc.nat(), odd, async (which, at, value) => {
        const resources = wellFormed.map((resource, n) =>
          n === which ? damaged(resource, at, value) : resource,
        );
        const { writes } = createBpPremier(fakeConnection({ resources }));
        const answers = await Promise.allSettled([
          writes.updatePatient({ patientId: '41', details }),
          writes.updateUser({ userId: '7', phone: '0255500111', email: null }),
          writes.addDayAway({ ...holiday, reason: null }),
          writes.removeDayAway(holiday),
          writes.setClinicHours({ locationId: '1', week }),
        ]);
        for (const answer of answers) {
          if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(HaloError);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('leaves out resources of another type', async () => {
    const junk = [
      null,
      42,
      'text',
      [],
      {},
      { resourceType: 'OperationOutcome' },
    ] as unknown as FhirResource[];
    const { data } = createBpPremier(
      fakeConnection({ now: '2026-11-22T00:00:00Z', answer: () => [...junk, ...wellFormed] }),
    );
    expect(await data.appointments({ ...range, fields })).toHaveLength(1);
    expect(await data.locations()).toHaveLength(1);
    expect((await data.availableSlots(range)).slots).toHaveLength(1);
  });

  it('names the resource and the field, and nothing about the patient', async () => {
    const broken = { ...wholePatient, id: 'not an id' };
    const { data } = createBpPremier(fakeConnection({ resources: [broken] }));
    const error = await data
      .patients({ search: { name: 'test' }, fields: {} })
      .catch((each: unknown) => each);
    const detail = expect.stringMatching(/FHIR Patient without a usable id$/);
    expect(error).toMatchObject({ code: 'UPSTREAM_FAILED', detail });
  });
});

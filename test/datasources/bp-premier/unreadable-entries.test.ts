import { describe, expect, it } from 'vitest';
import { createBpPremier } from '../../../src/datasources/bp-premier/index.ts';
import { appointmentStatuses } from '../../../src/datasources/domain/appointment.ts';
import type { UnreadableRow } from '../../../src/datasources/domain/unreadable-rows.ts';
import {
  type FhirResource,
  unreadableEntry,
} from '../../../src/datasources/halo-cloud/practice-connection.ts';
import type { PracticeData } from '../../../src/datasources/practice/port.ts';
import { fakeConnection } from './fake-connection.ts';
import { appointment, freeSlot, location, patient, practitioner, role, schedule } from './resources.ts';

const many = <T>(make: (id: number) => T): T[] => [11, 12, 13, 14].map(make);
const start = '2026-11-23T09:00:00+11:00';
const range = { from: '2026-11-23', to: '2026-11-23' };
const hours = {
  hoursOfOperation: [{ daysOfWeek: ['mon'], openingTime: '09:00:00', closingTime: '12:00:00' }],
};
const times = {
  availableTime: [{ daysOfWeek: ['mon'], availableStartTime: '09:00:00', availableEndTime: '12:00:00' }],
  notAvailable: [{ description: 'Leave', during: { start: '2026-11-23', end: '2026-11-23' } }],
};

const practice: Readonly<Record<string, readonly FhirResource[]>> = {
  Appointment: many((id) => appointment(String(id), start)),
  Patient: many((id) => patient(String(id), `Sample${id}`, 'Sam')),
  Practitioner: many((id) => practitioner(String(id), `Sample${id}`, 'Sam')),
  PractitionerRole: many((id) => role(String(id), '1', 'GP', times)),
  Location: many((id) => location(String(id), '2000', hours)),
  Slot: [
    ...many((id) => freeSlot(`${id}-1`, start, '2026-11-23T09:15:00+11:00')),
    ...many((id) => schedule(String(id), '1')),
  ],
};

const questions: readonly (readonly [
  type: string,
  readFrom: (data: PracticeData) => Promise<readonly unknown[]>,
])[] = [
  ['Appointment', (data) => data.appointments({ ...range, statuses: appointmentStatuses, fields: {} })],
  ['Patient', (data) => data.patients({ search: { name: 'Sam' }, fields: {} })],
  ['Practitioner', async (data) => (await data.users({ fields: {} })).users],
  ['PractitionerRole', (data) => data.sessions({ userIds: ['11', '12', '13', '14'] })],
  ['PractitionerRole', (data) => data.daysAway({ ...range, userIds: ['11', '12', '13', '14'] })],
  ['Location', (data) => data.locations()],
  ['Location', (data) => data.clinicHours()],
  ['Slot', async (data) => (await data.availableSlots(range)).slots],
];

/** A practice of which some entries of one type are replaced. */
async function readFrom(
  type: string,
  bad: number,
  replaced: FhirResource,
  question: (typeof questions)[number][1],
) {
  const omitted: UnreadableRow[] = [];
  const connection = {
    ...fakeConnection({
      now: '2026-11-22T00:00:00Z',
      answer: ({ resource }) =>
        (practice[resource] ?? []).map((each, at) => (resource === type && at < bad ? replaced : each)),
    }),
    unreadable: (rows: readonly UnreadableRow[]) => omitted.push(...rows),
  };
  return { found: await question(createBpPremier(connection).data), omitted };
}

describe('C1: unreadable entries of a Bundle', () => {
  it.each(questions)('%s: the readable ones are kept, the others are reported', async (type, question) => {
    const whole = (await readFrom(type, 0, unreadableEntry, question)).found;
    expect(whole).toHaveLength(4);
    for (const broken of [unreadableEntry, { resourceType: type, id: 'no id', status: 'free' }]) {
      const { found, omitted } = await readFrom(type, 2, broken, question);
      expect(found).toEqual(whole.slice(2));
      expect(omitted).toHaveLength(2);
    }
  });

  it.each(questions)('%s: more than half fail the whole', async (type, question) => {
    await expect(readFrom(type, 3, unreadableEntry, question)).rejects.toMatchObject({
      code: 'UPSTREAM_FAILED',
    });
  });

  it('an appointment without a start is left out, and logged by its id', async () => {
    const id = '11';
    const withoutStart = { resourceType: 'Appointment', id, status: 'cancelled' };
    const { found, omitted } = await readFrom('Appointment', 1, withoutStart, questions[0]?.[1] as never);
    expect(found).toHaveLength(3);
    expect(omitted).toEqual([
      { table: 'Appointment', id, reason: 'FHIR Appointment without a usable start' },
    ]);
  });
});

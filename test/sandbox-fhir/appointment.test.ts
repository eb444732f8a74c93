import { expect, test } from 'vitest';
import { appointmentRow, clientOf, databaseOf, hour, locations, matches, users } from './known-practice.ts';

const fhir = clientOf(
  databaseOf({
    USERS: users,
    LOCATIONS: locations,
    APPOINTMENTS: [
      appointmentRow(1, { REASON: 'Results', COMMENT: 'Prefers the ramp', UPDATED: '2026-11-02T09:00:00' }),
      appointmentRow(2, {
        APPOINTMENTCODE: 2,
        APPOINTMENTTIME: 10 * hour,
        LOCATIONID: 2,
        APPOINTMENTTYPE: 0,
      }),
      appointmentRow(3, { APPOINTMENTCODE: 3, APPOINTMENTTIME: 8 * hour }),
      appointmentRow(4, { APPOINTMENTCODE: 4, APPOINTMENTDATE: '2026-11-22T00:00:00' }),
      appointmentRow(5, { APPOINTMENTCODE: 5, APPOINTMENTDATE: '2026-11-24T00:00:00', INTERNALID: 43 }),
      appointmentRow(6, { APPOINTMENTCODE: 10, USERID: 2000000553 }),
      appointmentRow(7, { RECORDSTATUS: 2, APPOINTMENTLENGTH: 1800 }),
      appointmentRow(8, { APPOINTMENTCODE: 12, APPOINTMENTDATE: '2026-11-25T00:00:00' }),
      appointmentRow(9, { APPOINTMENTCODE: 13, APPOINTMENTDATE: '2026-11-25T00:00:00' }),
      appointmentRow(10, { APPOINTMENTCODE: 77, APPOINTMENTDATE: '2026-11-25T00:00:00' }),
      ...[0, 9, 11, 99].map((APPOINTMENTCODE, index) => appointmentRow(20 + index, { APPOINTMENTCODE })),
      appointmentRow(30, { INTERNALID: 0 }),
    ],
  }),
);

test('an appointment, at the time of its location', () => {
  expect(fhir.get('Appointment/1').body).toEqual({
    resourceType: 'Appointment',
    id: '1',
    meta: { lastUpdated: '2026-11-02T09:00:00+11:00' },
    status: 'booked',
    appointmentType: { coding: [{ code: '1', display: 'Standard' }], text: 'Standard' },
    description: 'Results',
    start: '2026-11-23T09:00:00+11:00',
    end: '2026-11-23T09:15:00+11:00',
    minutesDuration: 15,
    created: '2026-11-01T08:30:00+11:00',
    comment: 'Prefers the ramp',
    participant: ['Patient/42', 'Practitioner/7', 'Location/1'].map((reference) => ({
      actor: { reference },
      status: 'accepted',
    })),
  });
  const { body: over } = fhir.get('Appointment/2');
  expect([over.start, over.end]).toEqual(['2026-11-23T10:00:00+10:00', '2026-11-23T10:15:00+10:00']);
  expect([over.meta, over.appointmentType]).toEqual([undefined, undefined]);
});

test('every status, and no row that only blocks time', () => {
  const all = matches(fhir.search('Appointment', '').body);
  expect(Object.fromEntries(all.map(({ id, status }) => [id, status]))).toEqual({
    1: 'booked',
    2: 'arrived',
    3: 'checked-in',
    4: 'fulfilled',
    5: 'fulfilled',
    6: 'noshow',
    7: 'cancelled',
    8: 'fulfilled',
    9: 'fulfilled',
    10: 'pending',
  });
  for (const id of [20, 21, 22, 23, 30]) expect(fhir.get(`Appointment/${id}`).status).toBe(404);
});

test('by day, practitioner, patient, location, status and id; by time, then id', () => {
  expect(fhir.ids('Appointment', 'date=ge2026-11-23&date=le2026-11-23')).toEqual(['3', '1', '6', '7', '2']);
  expect(fhir.ids('Appointment', 'date=2026-11-23&practitioner=2000000553')).toEqual(['6']);
  expect(fhir.ids('Appointment', 'patient=Patient/43,44')).toEqual(['5']);
  expect(fhir.ids('Appointment', 'location=2')).toEqual(['2']);
  expect(fhir.ids('Appointment', 'status=noshow,cancelled')).toEqual(['6', '7']);
  expect(fhir.ids('Appointment', '_id=9,1,999,x')).toEqual(['1', '9']);
  expect(fhir.ids('Appointment', 'date=2026-11-23&_sort=-date')).toEqual(['2', '1', '6', '7', '3']);
  expect(fhir.ids('Appointment', 'practitioner=Patient/7')).toEqual([]);
});

test('a moment with an offset is another wall time in each zone', () => {
  // 10:15 in Coolangatta is 11:15 in Tweed Heads: only the one at 10:00 Queensland time has begun after 10:50 Sydney time.
  expect(fhir.ids('Appointment', 'date=ge2026-11-23T10:50:00%2B11:00&date=lt2026-11-24')).toEqual(['2']);
  expect(fhir.ids('Appointment', 'date=ge2026-11-22T23:50:00Z&date=lt2026-11-24')).toEqual(['2']);
  expect(fhir.ids('Appointment', 'date=ge2026-11-23T10:50:00&date=lt2026-11-24')).toEqual([]);
});

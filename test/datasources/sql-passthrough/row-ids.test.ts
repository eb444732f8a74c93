import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/datasources/practice/source-adapter.ts';
import type { WriteQuestion } from '../../../src/datasources/practice/write-port.ts';
import { namesRowsOnly } from '../../../src/datasources/sql-passthrough/row-ids.ts';

const uuid = '3f1c2d9e-0000-4000-8000-00000000abcd';
const range = { from: '2026-11-23', to: '2026-11-23' };
const after = { date: '2026-11-23', seconds: 0, pmsId: uuid };
const booking = {
  patientId: '1',
  userId: '2',
  locationId: '3',
  date: '2026-11-23',
  seconds: 0,
  durationSeconds: 900,
  typeId: null,
  reason: null,
};

describe('G14: an id that is no INT can only go to the FHIR source', () => {
  it.each<Question | WriteQuestion>([
    { method: 'appointments', query: { ids: [uuid], fields: {} } },
    { method: 'appointments', query: { userIds: ['7', uuid], fields: {} } },
    { method: 'appointments', query: { patientIds: ['2147483648'], fields: {} } },
    { method: 'appointments', query: { locationId: uuid, fields: {} } },
    { method: 'appointments', query: { after, fields: {} } },
    { method: 'availableSlots', query: { ...range, userIds: [uuid] } },
    { method: 'availableSlots', query: { ...range, locationId: uuid } },
    { method: 'patients', query: { ids: [uuid], fields: {} } },
    { method: 'patients', query: { afterId: uuid, fields: {} } },
    { method: 'users', query: { ids: [uuid], fields: {} } },
    { method: 'users', query: { fields: {}, appointments: { locationId: uuid, fields: {} } } },
    { method: 'providerNumbers', query: { userIds: [uuid] } },
    { method: 'sessions', query: { userIds: [uuid] } },
    { method: 'daysAway', query: { ...range, userIds: [uuid] } },
    { method: 'bookAppointment', change: { ...booking, patientId: uuid } },
    { method: 'bookAppointment', change: { ...booking, userId: uuid } },
    { method: 'bookAppointment', change: { ...booking, locationId: uuid } },
    { method: 'bookAppointment', change: { ...booking, typeId: 'ROUTINE' } },
    { method: 'cancelAppointment', change: { appointmentId: uuid } },
    { method: 'updatePatient', change: { patientId: uuid, details: {} } },
    { method: 'updateUser', change: { userId: uuid } },
    { method: 'addDayAway', change: { ...range, userId: uuid, reason: null } },
    { method: 'setClinicHours', change: { locationId: uuid, week: [] } },
  ])('%j', (question) => {
    expect(namesRowsOnly(question)).toBe(false);
  });

  it.each<Question | WriteQuestion>([
    { method: 'locations', query: undefined },
    { method: 'appointments', query: { ...range, ids: ['1'], userIds: ['7'], locationId: '1', fields: {} } },
    { method: 'users', query: { fields: {}, appointments: { ...range, fields: {} } } },
    { method: 'bookAppointment', change: booking },
  ])('and one that is can go to either: %j', (question) => {
    expect(namesRowsOnly(question)).toBe(true);
  });
});

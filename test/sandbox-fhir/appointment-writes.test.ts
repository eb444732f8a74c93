import { beforeEach, describe, expect, test } from 'vitest';
import type { PracticeDatabase } from '../../sandbox/database/practice-database.ts';
import {
  appointmentRow,
  type Body,
  clientOf,
  databaseOf,
  hour,
  locations,
  patientRow,
  practiceOf,
  today,
  users,
} from './known-practice.ts';

const ids = { patient: 42, user: 7, location: 1 };
let database: PracticeDatabase;
let fhir: ReturnType<typeof clientOf>;
beforeEach(() => {
  database = databaseOf({
    USERS: users,
    LOCATIONS: locations,
    PATIENTS: [patientRow(42), patientRow(43), patientRow(44, { RECORDSTATUS: 2 })],
    APPOINTMENTS: [
      appointmentRow(1, { REASON: 'Sample', COMMENT: 'Prefers the ramp', APPOINTMENTTYPE: 2 }),
      appointmentRow(2, { APPOINTMENTTIME: 10 * hour }),
      appointmentRow(3, { APPOINTMENTTIME: 11 * hour, APPOINTMENTCODE: 13 }),
      appointmentRow(4, { APPOINTMENTTIME: 12 * hour, APPOINTMENTCODE: 11, INTERNALID: 0 }),
      appointmentRow(5, { APPOINTMENTTIME: 13 * hour, RECORDSTATUS: 2 }),
    ],
  });
  fhir = clientOf(database);
});

function participants({ patient, user, location }: { patient: number; user: number; location: number }) {
  return [`Patient/${patient}`, `Practitioner/${user}`, `Location/${location}`].map((reference) => ({
    actor: { reference },
    status: 'accepted',
  }));
}
const wanted = (differences: object = {}) => ({
  resourceType: 'Appointment',
  status: 'booked',
  start: '2026-11-24T14:00:00+11:00',
  end: '2026-11-24T14:15:00+11:00',
  minutesDuration: 15,
  participant: participants(ids),
  ...differences,
});
const create = (differences: object = {}) => fhir.send('POST', 'Appointment', wanted(differences));
const served = (id: number): Body => fhir.get(`Appointment/${id}`).body;
const put = (id: number, differences: object) =>
  fhir.send('PUT', `Appointment/${id}`, { ...served(id), ...differences });
const row = (id: number) => database.all('SELECT * FROM APPOINTMENTS WHERE RECORDID = @id', { '@id': id })[0];
const rows = () => database.all('SELECT * FROM APPOINTMENTS');

describe('create', () => {
  test('answers 201, the resource as it is served, and where', () => {
    const answer = create({
      appointmentType: { coding: [{ code: '2' }] },
      description: 'Results',
      comment: 'Call first',
    });
    expect(answer).toMatchObject({
      status: 201,
      headers: { location: expect.stringMatching(/\/fhir\/R4\/Appointment\/6$/) },
    });
    expect(answer.body).toEqual(served(6));
    expect(answer.body).toMatchObject({
      id: '6',
      status: 'booked',
      start: '2026-11-24T14:00:00+11:00',
      description: 'Results',
      comment: 'Call first',
      appointmentType: { text: 'Long' },
      participant: participants(ids),
    });
    expect(row(6)).toMatchObject({
      INTERNALID: 42,
      USERID: 7,
      LOCATIONID: 1,
      APPOINTMENTDATE: '2026-11-24T00:00:00',
      APPOINTMENTTIME: 14 * hour,
      APPOINTMENTLENGTH: 900,
      APPOINTMENTCODE: 1,
      CREATED: `${today}T10:11:12`,
      UPDATED: null,
    });
  });

  test('reads the start on the wall of the location, whatever its offset', () => {
    create({
      start: '2026-11-23T23:30:00Z',
      end: undefined,
      participant: participants({ ...ids, location: 2 }),
    });
    expect(row(6)).toMatchObject({
      APPOINTMENTDATE: '2026-11-24T00:00:00',
      APPOINTMENTTIME: 9.5 * hour,
      CREATED: `${today}T09:11:12`,
    });
  });

  test('does without minutes, type and location: by the end, standard, the usual one', () => {
    create({
      minutesDuration: undefined,
      end: '2026-11-24T14:20:30+11:00',
      participant: participants(ids).slice(0, 2),
    });
    expect(row(6)).toMatchObject({
      APPOINTMENTLENGTH: 1230,
      APPOINTMENTTYPE: 1,
      LOCATIONID: 1,
      REASON: null,
    });
  });

  test('answers 409 for a time that a current row touches', () => {
    const at = (clock: string) => create({ start: `2026-11-23T${clock}:00+11:00`, end: undefined });
    for (const clock of ['09:00', '09:14', '08:46', '12:00']) {
      const { status, body } = at(clock);
      expect([clock, status, body.issue[0].code]).toEqual([clock, 409, 'conflict']);
    }
    expect(rows()).toHaveLength(5);
    for (const clock of ['09:15', '08:45', '13:00']) expect([clock, at(clock).status]).toEqual([clock, 201]);
  });

  test.each<[string, object]>([
    ['another type of resource', { resourceType: 'Patient' }],
    ['another status', { status: 'arrived' }],
    ['no status', { status: undefined }],
    ['no start', { start: undefined }],
    ['a start without offset', { start: '2026-11-24T14:00:00' }],
    ['a start that does not exist', { start: '2026-13-24T14:00:00Z', end: undefined }],
    ['no length', { end: undefined, minutesDuration: undefined }],
    ['an end before the start', { end: '2026-11-24T13:00:00+11:00', minutesDuration: undefined }],
    ['minutes that are not the end’s', { minutesDuration: 30 }],
    ['half minutes', { minutesDuration: 14.5 }],
    ['no participants', { participant: undefined }],
    ['no practitioner', { participant: participants(ids).slice(0, 1) }],
    ['two patients', { participant: [...participants(ids), ...participants(ids)] }],
    ['an unknown patient', { participant: participants({ ...ids, patient: 99 }) }],
    ['a deleted patient', { participant: participants({ ...ids, patient: 44 }) }],
    ['an unknown practitioner', { participant: participants({ ...ids, user: 99 }) }],
    ['a closed location', { participant: participants({ ...ids, location: 3 }) }],
    ['an unknown type of appointment', { appointmentType: { coding: [{ code: '4711' }] } }],
    ['a type without code', { appointmentType: { text: 'Long' } }],
    ['an empty reason', { description: '' }],
    ['a long reason', { description: 'x'.repeat(501) }],
  ])('answers 400 for %s', (_, differences) => {
    const { status, body } = create(differences);
    expect([status, body.resourceType]).toEqual([400, 'OperationOutcome']);
    expect(rows()).toHaveLength(5);
  });

  test('answers 400 for what is no JSON', () => {
    expect(fhir.send('POST', 'Appointment').status).toBe(400);
    expect(fhir.send('POST', 'Appointment', null).status).toBe(400);
  });
});

describe('update', () => {
  test('sending back what was read changes nothing', () => {
    const before = rows();
    for (const id of [1, 2, 3, 5]) expect(put(id, {})).toEqual({ status: 200, body: served(id) });
    expect(rows()).toEqual(before);
  });

  test('takes away what is left out', () => {
    expect(put(1, { description: 'Other' }).body).toMatchObject({ comment: 'Prefers the ramp' });
    put(1, { description: undefined, comment: undefined, appointmentType: undefined });
    expect(row(1)).toMatchObject({
      REASON: null,
      COMMENT: null,
      APPOINTMENTTYPE: 1,
      UPDATED: `${today}T10:11:12`,
    });
  });

  test('moves, unless the new time is taken by another', () => {
    const to = (clock: string) => put(1, { start: `2026-11-23T${clock}:00+11:00`, end: undefined });
    expect(to('10:10').status).toBe(409);
    expect(row(1)).toMatchObject({ APPOINTMENTTIME: 9 * hour, UPDATED: null });
    expect(to('09:10').body).toMatchObject({
      start: '2026-11-23T09:10:00+11:00',
      comment: 'Prefers the ramp',
    });
    expect(put(1, { participant: participants({ ...ids, user: 2000000553, location: 2 }) }).status).toBe(200);
    // The same instant is an hour earlier on the wall over there.
    expect(row(1)).toMatchObject({
      USERID: 2000000553,
      LOCATIONID: 2,
      APPOINTMENTTIME: 8 * hour + 600,
      UPDATED: `${today}T09:11:12`,
    });
  });

  test('makes longer, as far as the time is free that is gained', () => {
    expect(put(1, { minutesDuration: 61, end: undefined }).status).toBe(409);
    expect(put(1, { minutesDuration: 60, end: undefined }).status).toBe(200);
    expect(row(1)).toMatchObject({ APPOINTMENTLENGTH: 3600 });
    database.run('UPDATE APPOINTMENTS SET APPOINTMENTLENGTH = 3660 WHERE RECORDID = 1');
    expect(put(1, { description: 'Other' }).status).toBe(200);
    expect(put(1, { minutesDuration: 45, end: undefined }).status).toBe(200);
  });

  test('cancels, and nothing else', () => {
    expect(put(1, { status: 'cancelled', description: 'Other' }).body).toMatchObject({
      status: 'cancelled',
      description: 'Sample',
    });
    expect(row(1)).toMatchObject({ RECORDSTATUS: 2 });
    expect(
      database.all('SELECT CANCELLEDDATE, CANCELLEDTIME FROM CANCELLEDAPPOINTMENTS WHERE APPOINTMENTID = 1'),
    ).toContainEqual({ CANCELLEDDATE: `${today}T00:00:00`, CANCELLEDTIME: 36_672 });
  });

  test('arrives and takes that back', () => {
    expect(put(1, { status: 'arrived' }).body.status).toBe('arrived');
    expect(row(1)).toMatchObject({ APPOINTMENTCODE: 2, ARRIVALTIME: 36_672 });
    expect(put(1, { status: 'booked' }).body.status).toBe('booked');
    expect(row(1)).toMatchObject({ APPOINTMENTCODE: 1, ARRIVALTIME: 0 });
  });

  test.each<[string, number, object]>([
    ['another id in the body', 1, { id: '2' }],
    ['another patient', 1, { participant: participants({ ...ids, patient: 43 }) }],
    ['an unknown practitioner', 1, { participant: participants({ ...ids, user: 99 }) }],
    ['booked to fulfilled', 1, { status: 'fulfilled' }],
    ['fulfilled to arrived', 3, { status: 'arrived' }],
    ['cancelled to booked', 5, { status: 'booked' }],
    ['a cancelled one that moves', 5, { start: '2026-11-24T14:00:00+11:00', end: undefined }],
  ])('answers 400 for %s', (_, id, differences) => {
    const before = rows();
    expect(put(id, differences).status).toBe(400);
    expect(rows()).toEqual(before);
  });

  test('answers 404 for what is no appointment, and creates none', () => {
    for (const id of [4, 99])
      expect(fhir.send('PUT', `Appointment/${id}`, wanted({ id: String(id) })).status).toBe(404);
  });
});

test('is refused where it is not listed, and where nothing does it', () => {
  const documented = clientOf(database, practiceOf('1006'));
  expect(documented.send('POST', 'Appointment', wanted()).status).toBe(404);
  expect(documented.send('PUT', 'Appointment/1', served(1)).status).toBe(404);
  for (const [method, path] of [
    ['PUT', 'Appointment'],
    ['POST', 'Appointment/1'],
    ['DELETE', 'Appointment/1'],
    ['PATCH', 'Appointment/1'],
    ['POST', 'Location'],
  ] as const)
    expect([method, path, fhir.send(method, path, wanted()).status]).toEqual([method, path, 405]);
});

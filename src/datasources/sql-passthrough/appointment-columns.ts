import { UpstreamFailed } from '../../errors.ts';
import { addSeconds, localInstant } from '../../time/local.ts';
import type { PracticeConnection } from '../practice-connection.ts';
import type { Appointment, AppointmentType, Instant, Selection, TimeZone } from '../practice-data.ts';
import { appointmentStatus, currentRecord, minutesOfLength, userCondition } from './codes.ts';
import type { Column, FieldColumns, SelectList } from './columns.ts';
import { locationFields, locationKey, locationOf } from './location-columns.ts';
import { patientFields, patientKey, patientOf } from './patient-columns.ts';
import type { Row, WallTime } from './row.ts';
import { userFields, userKey, userOf } from './user-columns.ts';

/** Always: the place in the book, what tells an instant from it, and whose it is. `a` is APPOINTMENTS. */
const appointmentKey: readonly Column[] = [
  { alias: 'pmsId', sql: 'a.RECORDID' },
  { alias: 'date', sql: 'a.APPOINTMENTDATE' },
  { alias: 'seconds', sql: 'a.APPOINTMENTTIME' },
  { alias: 'length', sql: 'a.APPOINTMENTLENGTH' },
  { alias: 'recordStatus', sql: 'a.RECORDSTATUS' },
  { alias: 'code', sql: 'a.APPOINTMENTCODE' },
  { alias: 'patientId', sql: 'a.INTERNALID' },
  { alias: 'userId', sql: 'a.USERID' },
  { alias: 'locationId', sql: 'a.LOCATIONID' },
];

const locationJoin = 'LEFT JOIN dbo.LOCATIONS l ON l.LOCATIONID = a.LOCATIONID';
const patientJoin = `LEFT JOIN dbo.PATIENTS p ON p.INTERNALID = a.INTERNALID AND p.RECORDSTATUS = ${currentRecord}`;
const userJoin = `LEFT JOIN dbo.USERS u ON u.USERID = a.USERID AND ${userCondition('u')}`;
/** Two columns are called APPOINTMENTCODE: that of APPOINTMENTTYPES is the type, that of APPOINTMENTS the status. */
const typeJoin = 'LEFT JOIN dbo.APPOINTMENTTYPES t ON t.APPOINTMENTCODE = a.APPOINTMENTTYPE';

const appointmentFields: FieldColumns = {
  pmsStatus: [
    {
      alias: 'pmsStatus',
      sql: 'c.DESCRIPTION',
      join: 'LEFT JOIN dbo.APPOINTMENTCODES c ON c.APPOINTMENTCODE = a.APPOINTMENTCODE',
    },
  ],
  reason: [{ alias: 'reason', sql: 'a.REASON' }],
  comment: [{ alias: 'comment', sql: 'a.COMMENT' }],
  urgent: [{ alias: 'urgent', sql: 'a.URGENT' }],
  telehealthUrl: [{ alias: 'telehealthUrl', sql: 'a.VIDEOURL' }],
  arrivedAt: [{ alias: 'arrival', sql: 'a.ARRIVALTIME' }],
  consultationStartedAt: [{ alias: 'consultation', sql: 'a.CONSULTATIONTIME' }],
  bookedAt: [{ alias: 'created', sql: 'a.CREATED' }],
  updatedAt: [{ alias: 'updated', sql: 'a.UPDATED' }],
};

const typeKey: readonly Column[] = [
  { alias: 'pmsId', sql: 't.APPOINTMENTCODE', join: typeJoin },
  { alias: 'name', sql: 't.DESCRIPTION' },
];
const typeFields: FieldColumns = {
  defaultDurationMinutes: [{ alias: 'length', sql: 't.APPOINTMENTLENGTH' }],
};

/**
 * Adds what appointments with these fields are read from to a statement whose `a` is APPOINTMENTS. `userInRow`: the
 * statement has USERS as `u` already.
 */
export function addAppointment(list: SelectList, fields: Selection, userInRow = false): SelectList {
  list
    .add(appointmentKey)
    .join(locationJoin)
    .add(locationKey, 'location')
    .addFields(appointmentFields, fields);
  if (fields.type) list.add(typeKey, 'type').addFields(typeFields, fields.type, 'type');
  if (fields.location) {
    list
      .add([{ alias: 'recordStatus', sql: 'l.RECORDSTATUS' }], 'location')
      .addFields(locationFields, fields.location, 'location');
  }
  if (fields.patient) {
    list.join(patientJoin).add(patientKey, 'patient').addFields(patientFields, fields.patient, 'patient');
  }
  if (fields.user && !userInRow) {
    list.join(userJoin).add(userKey, 'user').addFields(userFields, fields.user, 'user');
  }
  return list;
}

/**
 * An appointment, with the instants of its location's zone and what was selected of patient, user and location. Null
 * when the row has no appointment. CREATED and UPDATED are taken for wall time at the location too (assumption B11).
 */
export function appointmentOf(
  row: Row,
  fields: Selection,
  connection: PracticeConnection,
): Appointment | null {
  const pmsId = row.id('pmsId');
  if (pmsId === null) return null;
  const zone = connection.zoneOf(row.of('location').text('postcode'));
  const { date, seconds } = placeInBook(row);
  const start = localInstant(date, seconds, zone);
  const length = Math.max(row.number('length'), 0);
  const onTheDay = (secondsOfDay: number | null): Instant | null =>
    isTimeOfDay(secondsOfDay) && secondsOfDay > 0 ? localInstant(date, secondsOfDay, zone) : null;
  return {
    pmsId,
    start,
    end: addSeconds(start, length, zone),
    durationMinutes: Math.round(length / 60),
    status: appointmentStatus(row.number('recordStatus'), row.number('code')),
    pmsStatus: row.text('pmsStatus'),
    type: typeOf(row.of('type')),
    reason: row.text('reason'),
    comment: row.text('comment'),
    urgent: row.flag('urgent'),
    telehealthUrl: row.text('telehealthUrl'),
    arrivedAt: onTheDay(row.integer('arrival')),
    consultationStartedAt: onTheDay(row.integer('consultation')),
    bookedAt: instantOf(row.moment('created'), zone),
    updatedAt: instantOf(row.moment('updated'), zone),
    patientId: row.id('patientId'),
    userId: row.id('userId'),
    locationId: row.id('locationId'),
    ...(fields.patient ? { patient: patientOf(row.of('patient')) } : {}),
    ...(fields.user ? { user: userOf(row.of('user')) } : {}),
    ...(fields.location ? { location: currentLocation(row.of('location'), connection) } : {}),
  };
}

function placeInBook(row: Row): WallTime {
  const date = row.date('date');
  const seconds = row.number('seconds');
  if (date === null || !isTimeOfDay(seconds)) {
    throw new UpstreamFailed(200, { detail: 'SQL Passthrough: an appointment has no date or time of day.' });
  }
  return { date, seconds };
}

function isTimeOfDay(seconds: number | null): seconds is number {
  return seconds !== null && seconds >= 0 && seconds < 86_400;
}

function typeOf(row: Row): AppointmentType | null {
  const pmsId = row.id('pmsId');
  const name = row.text('name');
  if (pmsId === null || name === null) return null;
  return { pmsId, name, defaultDurationMinutes: minutesOfLength(row.integer('length')) };
}

function instantOf(moment: WallTime | null, zone: TimeZone): Instant | null {
  return moment && localInstant(moment.date, moment.seconds, zone);
}

/** A location that the practice has given up still tells the zone, but is no longer shown. */
function currentLocation(row: Row, connection: PracticeConnection) {
  return row.integer('recordStatus') === currentRecord ? locationOf(row, connection) : null;
}

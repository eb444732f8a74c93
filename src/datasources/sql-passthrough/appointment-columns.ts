import type { Cells } from '../../engine/row-decoder.ts';
import { UpstreamFailed } from '../../errors.ts';
import { type Day, dayIn, instantOn, laterInstantOn, localInstant } from '../../time/local.ts';
import type { Instant, TimeZone } from '../../time/types.ts';
import type { Appointment } from '../domain/appointment.ts';
import type { Selection } from '../domain/selection.ts';
import type { UnreadableRows } from '../domain/unreadable-rows.ts';
import { appointmentTypeReader } from './appointment-type-columns.ts';
import { currentRecord } from './codes.ts';
import { type SelectList, whereSelected } from './columns.ts';
import { locationReader, postcodeOfLocation } from './location-columns.ts';
import { lookUpJoin } from './look-up.ts';
import { patientReader } from './patient-columns.ts';
import { nothing, type Reader, type WallTime } from './row.ts';
import { userReader } from './user-columns.ts';
import type { Zones } from './zones.ts';

const locationJoin = 'LEFT JOIN dbo.LOCATIONS l ON l.LOCATIONID = a.LOCATIONID';
const patientJoin = `LEFT JOIN dbo.PATIENTS p ON p.INTERNALID = a.INTERNALID AND p.RECORDSTATUS = ${currentRecord}`;
/** Two columns are called APPOINTMENTCODE. In APPOINTMENTTYPES it is the type, in APPOINTMENTS the status. */
const typeJoin = lookUpJoin('FROM dbo.APPOINTMENTTYPES', {
  code: 'APPOINTMENTCODE',
  columns: ['DESCRIPTION', 'APPOINTMENTLENGTH'],
  alias: 't',
  on: 'a.APPOINTMENTTYPE',
});
const statusJoin = lookUpJoin('FROM dbo.APPOINTMENTCODES', {
  code: 'APPOINTMENTCODE',
  columns: ['DESCRIPTION'],
  alias: 'c',
  on: 'a.APPOINTMENTCODE',
});

export type AppointmentReader = (row: Cells, zones: Zones, unreadable: UnreadableRows) => Appointment | null;

/**
 * Selects the columns of appointments with these fields, in a statement whose `a` is APPOINTMENTS. Always selects the place
 * in the book, the postcode for the time zone, and the ids of patient and user.
 *
 * The reader returns an appointment with instants in its location's zone and the selected fields of patient, user and
 * location. It returns null when the row has no appointment. An unreadable patient, user or location is null. CREATED and
 * UPDATED are read as wall time at the location too (assumption B11).
 */
export function appointmentReader(list: SelectList, fields: Selection): AppointmentReader {
  const selected = whereSelected(fields);
  const { codes } = list;
  const userJoin = `LEFT JOIN dbo.USERS u ON u.USERID = a.USERID AND ${codes.userCondition('u')}`;
  const pmsId = list.id('a.RECORDID');
  const date = list.date('a.APPOINTMENTDATE');
  const seconds = list.number('a.APPOINTMENTTIME');
  const length = list.number('a.APPOINTMENTLENGTH');
  const recordStatus = list.number('a.RECORDSTATUS');
  const code = list.number('a.APPOINTMENTCODE');
  const patientId = list.id('a.INTERNALID');
  const userId = list.id('a.USERID');
  const locationId = list.id('a.LOCATIONID');
  const postcode = list.join(locationJoin).text(postcodeOfLocation);
  const pmsStatus = selected(['pmsStatus'], () => list.text('c.DESCRIPTION', statusJoin));
  const type = fields.type ? appointmentTypeReader(list.join(typeJoin), fields.type) : nothing;
  const reason = selected(['reason'], () => list.text('a.REASON'));
  const comment = selected(['comment'], () => list.text('a.COMMENT'));
  const urgent = selected(['urgent'], () => list.flag('a.URGENT'));
  const telehealthUrl = selected(['telehealthUrl'], () => list.text('a.VIDEOURL'));
  const arrival = selected(['arrivedAt'], () => list.integer('a.ARRIVALTIME'));
  const consultation = selected(['consultationStartedAt'], () => list.integer('a.CONSULTATIONTIME'));
  const created = selected(['bookedAt'], () => list.moment('a.CREATED'));
  const updated = selected(['updatedAt'], () => list.moment('a.UPDATED'));
  const patient =
    fields.patient && part('PATIENTS', patientId, patientReader(list.join(patientJoin), fields.patient));
  const user = fields.user && part('USERS', userId, userReader(list.join(userJoin), fields.user));
  const location =
    fields.location && part('LOCATIONS', locationId, currentLocationReader(list, fields.location));
  return (row, zones, unreadable) => {
    const id = pmsId(row);
    if (id === null) return null;
    const zone = zones.of(postcode(row));
    const time = seconds(row);
    const day = dayOf(date(row), time, zone);
    const lasts = Math.max(length(row), 0);
    return {
      pmsId: id,
      start: instantOn(day, time),
      end: laterInstantOn(day, time, lasts),
      durationMinutes: Math.round(lasts / 60),
      status: codes.appointmentStatus(recordStatus(row), code(row)),
      pmsStatus: fields.pmsStatus ? codes.pmsStatusOf(recordStatus(row), pmsStatus(row)) : null,
      type: type(row),
      reason: reason(row),
      comment: comment(row),
      urgent: urgent(row),
      telehealthUrl: telehealthUrl(row),
      arrivedAt: onTheDay(day, arrival(row)),
      consultationStartedAt: onTheDay(day, consultation(row)),
      bookedAt: instantOf(created(row), zone),
      updatedAt: instantOf(updated(row), zone),
      patientId: patientId(row),
      userId: userId(row),
      locationId: locationId(row),
      patient: patient?.(row, zones, unreadable),
      user: user?.(row, zones, unreadable),
      location: location?.(row, zones, unreadable),
    };
  };
}

/** Reads another record of the same row. When it is unreadable, the row stays without it. */
function part<T>(
  table: string,
  id: Reader<string | null>,
  read: (row: Cells, zones: Zones) => T | null,
): (row: Cells, zones: Zones, unreadable: UnreadableRows) => T | null {
  return (row, zones, unreadable) => {
    try {
      return read(row, zones);
    } catch (error) {
      unreadable.addPart({ table, id: id(row) }, error);
      return null;
    }
  };
}

function dayOf(date: string | null, seconds: number, zone: TimeZone): Day {
  if (date === null || !isTimeOfDay(seconds)) {
    throw new UpstreamFailed(200, { detail: 'SQL Passthrough: an appointment has no date or time of day.' });
  }
  return dayIn(date, zone);
}

function isTimeOfDay(seconds: number): boolean {
  return seconds >= 0 && seconds < 86_400;
}

/** Midnight means that the time is not recorded. */
function onTheDay(day: Day, seconds: number | null): Instant | null {
  return seconds !== null && seconds !== 0 && isTimeOfDay(seconds) ? instantOn(day, seconds) : null;
}

function instantOf(moment: WallTime | null, zone: TimeZone): Instant | null {
  return moment && localInstant(moment.date, moment.seconds, zone);
}

/** A former location still determines the zone, but is not shown. */
function currentLocationReader(list: SelectList, fields: Selection): ReturnType<typeof locationReader> {
  const recordStatus = list.integer('l.RECORDSTATUS');
  const location = locationReader(list, fields);
  return (row, zones) => (recordStatus(row) === currentRecord ? location(row, zones) : null);
}

import {
  addEntry,
  arriveEntry,
  bookedCode,
  cancelEntry,
  changeEntry,
  type Entry,
  entryOf,
  isCurrent,
  type Stamp,
  standardType,
  usualLocation,
  waitingCode,
} from '../database/appointment-book.ts';
import { dateTime } from '../database/dates.ts';
import type { PracticeDatabase } from '../database/practice-database.ts';
import type { Arguments, Clock, Procedure } from './procedure.ts';
import { mustNotBeNull, numberIn, parameter, parameterOf, raised, textIn } from './procedure-arguments.ts';

// Rests on assumptions S7 and S8.

const aptid = parameter('@aptid');
const aptdate = parameter('@aptdate', 'datetime');
const apttime = parameter('@apttime');
const aptlen = parameter('@aptlen');
const practitionerid = parameter('@practitionerid');
const patientid = parameter('@patientid');
const reason = parameterOf('APPOINTMENTS', 'REASON');
const loginid = parameter('@loginid', 'int', true);

function dateIn(args: Arguments): string {
  const value = args['@aptdate'];
  if (typeof value === 'string') return value.slice(0, 10);
  throw mustNotBeNull('@aptdate');
}

function checkTime(time: number): number {
  if (time < 0 || time >= 86_400) throw raised('The appointment time is not a time of day.');
  return time;
}

function checkLength(length: number): number {
  if (length <= 0 || length > 86_400) throw raised('The appointment length is not valid.');
  return length;
}

function checkType(database: PracticeDatabase, type: number): number {
  if (!isCurrent(database, 'APPOINTMENTTYPES', type)) throw raised('The appointment type does not exist.');
  return type;
}

function checkUser(database: PracticeDatabase, user: number): number {
  if (!isCurrent(database, 'USERS', user)) throw raised('The practitioner does not exist.');
  return user;
}

/** The given type: one of the list, or the current type of the appointment, even if that is none. */
function typeIn(args: Arguments, database: PracticeDatabase, id: number): number {
  const type = numberIn(args, '@apttype');
  return entryOf(database, id)?.APPOINTMENTTYPE === type ? type : checkType(database, type);
}

/** The given location, else the user's usual one. */
function locationIn(args: Arguments, database: PracticeDatabase, user: number): number {
  const location = Number(args['@locationid'] ?? usualLocation(database, user));
  if (!isCurrent(database, 'LOCATIONS', location)) throw raised('The location does not exist.');
  return location;
}

function currentEntry(args: Arguments, database: PracticeDatabase): Entry & { readonly id: number } {
  const id = numberIn(args, '@aptid');
  const entry = entryOf(database, id);
  if (entry?.RECORDSTATUS !== 1) throw raised('The appointment does not exist or is no longer current.');
  return { ...entry, id };
}

function stampOf(args: Arguments, now: Clock, location: number): Stamp {
  return { now: now(location), by: Number(args['@loginid'] ?? 0) };
}

/** RETURNs the new RECORDID; 0 when the patient is deleted or unknown. Callers check whether the time is free. */
function add(args: Arguments, database: PracticeDatabase, now: Clock, typeId: number): { returned: number } {
  const userId = checkUser(database, numberIn(args, '@practitionerid'));
  const locationId = locationIn(args, database, userId);
  const patientId = numberIn(args, '@patientid');
  const place = {
    userId,
    date: dateIn(args),
    time: checkTime(numberIn(args, '@apttime')),
    length: checkLength(numberIn(args, '@aptlen')),
  };
  if (!isCurrent(database, 'PATIENTS', patientId)) return { returned: 0 };
  const entry = {
    ...place,
    patientId,
    locationId,
    typeId,
    reason: textIn(args, '@reason'),
    videoUrl: textIn(args, '@videourl'),
  };
  return { returned: addEntry(database, entry, stampOf(args, now, locationId)) };
}

function arrival(name: string, arrived: boolean): Procedure {
  return {
    name,
    parameters: [aptid, loginid],
    run(args, database, now) {
      const { id, LOCATIONID, APPOINTMENTCODE } = currentEntry(args, database);
      if (APPOINTMENTCODE !== bookedCode && APPOINTMENTCODE !== waitingCode)
        throw raised('The appointment is neither booked nor waiting.');
      const isSo = (APPOINTMENTCODE === waitingCode) === arrived;
      if (!isSo) arriveEntry(database, id, arrived, stampOf(args, now, LOCATIONID));
      return {};
    },
  };
}

function attendance(name: string, ATTENDANCECONFIRMED: number): Procedure {
  return {
    name,
    parameters: [aptid],
    run(args, database, now) {
      const { id, LOCATIONID } = currentEntry(args, database);
      const stamp = stampOf(args, now, LOCATIONID);
      const columns = { ATTENDANCECONFIRMED, ATTENDANCEUPDATED: stamp.now, ATTENDANCEUPDATEDBY: stamp.by };
      changeEntry(database, id, columns, stamp);
      return {};
    },
  };
}

/** The BP_* procedures that write in the appointment book. */
export const bookProcedures: readonly Procedure[] = [
  {
    name: 'BP_AddAppointment',
    parameters: [
      aptdate,
      apttime,
      aptlen,
      practitionerid,
      patientid,
      loginid,
      parameter('@locationid', 'int', true),
    ],
    run: (args, database, now) => add(args, database, now, standardType),
  },
  {
    name: 'BP_AddAppointmentEx',
    parameters: [
      aptdate,
      apttime,
      parameter('@appointmenttype'),
      aptlen,
      practitionerid,
      patientid,
      reason,
      loginid,
      parameter('@locationid', 'int', true),
      parameterOf('APPOINTMENTS', 'VIDEOURL', true),
    ],
    run: (args, database, now) =>
      add(args, database, now, checkType(database, numberIn(args, '@appointmenttype'))),
  },
  {
    name: 'BP_UpdateAppointment',
    parameters: [aptid, parameter('@apttype'), aptlen, reason],
    run(args, database, now) {
      const { id, LOCATIONID } = currentEntry(args, database);
      const columns = {
        APPOINTMENTTYPE: typeIn(args, database, id),
        APPOINTMENTLENGTH: checkLength(numberIn(args, '@aptlen')),
        REASON: textIn(args, '@reason'),
      };
      changeEntry(database, id, columns, stampOf(args, now, LOCATIONID));
      return {};
    },
  },
  {
    // Does not look whether the place is free: that of the real one is not known, and callers look first.
    name: 'BP_MoveAppointment',
    parameters: [aptid, aptdate, apttime, practitionerid, parameter('@locationid')],
    run(args, database, now) {
      const { id } = currentEntry(args, database);
      const USERID = checkUser(database, numberIn(args, '@practitionerid'));
      const LOCATIONID = locationIn(args, database, USERID);
      const columns = {
        APPOINTMENTDATE: dateTime(dateIn(args)),
        APPOINTMENTTIME: checkTime(numberIn(args, '@apttime')),
        USERID,
        LOCATIONID,
      };
      changeEntry(database, id, columns, stampOf(args, now, LOCATIONID));
      return {};
    },
  },
  {
    name: 'BP_CancelAppointment',
    parameters: [aptid, loginid],
    run(args, database, now) {
      const { id, LOCATIONID } = currentEntry(args, database);
      cancelEntry(database, id, stampOf(args, now, LOCATIONID));
      return {};
    },
  },
  arrival('BP_ArriveAppointment', true),
  arrival('BP_UnarriveAppointment', false),
  attendance('BP_ConfirmAppointment', 1),
  attendance('BP_DeclineAppointment', 2),
];

import {
  addEntry,
  arriveEntry,
  cancelEntry,
  changeEntry,
  isTaken,
  type Place,
  type Stamp,
  standardType,
} from '../database/appointment-book.ts';
import { dateTime } from '../database/dates.ts';
import { type AppointmentContent, appointmentContent, checkReferences } from './appointment-content.ts';
import { badResource, conflict } from './outcome.ts';
import type { Facade, FhirResource } from './resource-kind.ts';
import type { Fields } from './sent-element.ts';

// Rests on assumption S10.

function stamp({ now }: Facade, locationId: number): Stamp {
  return { now: now(locationId), by: 0 };
}

/** Books an appointment and returns the new id. Throws a FhirRefusal: 400, or 409 for a taken time. */
export function createAppointment(resource: Fields, facade: Facade): string {
  const content = appointmentContent(resource, facade);
  if (content.status !== 'booked') throw badResource('Appointment.status: only booked can be created');
  checkReferences(content, facade);
  if (isTaken(facade.database, content)) throw conflict('The time is not free');
  const entry = { ...content, typeId: content.typeId ?? standardType };
  return String(addEntry(facade.database, entry, stamp(facade, content.locationId)));
}

/**
 * Replaces an appointment with the sent resource. Omitted elements are removed. Cancelling changes nothing else.
 * Throws a FhirRefusal before anything is written.
 */
export function updateAppointment(current: FhirResource, resource: Fields, facade: Facade): void {
  const { database } = facade;
  const id = Number(current.id);
  const was = appointmentContent(current, facade);
  const wanted = appointmentContent(resource, facade);
  if (wanted.patientId !== was.patientId)
    throw badResource('Appointment.participant: the patient cannot change');
  const step = statusStep(was.status, wanted.status);
  if (step === 'cancel') {
    cancelEntry(database, id, stamp(facade, was.locationId));
    return;
  }
  const columns = changes(was, wanted);
  if (Object.keys(columns).length > 0) {
    if (was.status === 'cancelled') throw badResource('Appointment.status: a cancelled one stays as it is');
    checkReferences(wanted, facade, was);
    const gained = newTime(was, wanted);
    if (gained && isTaken(database, gained, id)) throw conflict('The time is not free');
    changeEntry(database, id, columns, stamp(facade, wanted.locationId));
  }
  if (step !== null) arriveEntry(database, id, step === 'arrive', stamp(facade, wanted.locationId));
}

/** Throws a FhirRefusal 400 for a way that does not lead there. */
function statusStep(from: string, to: string): 'cancel' | 'arrive' | 'unarrive' | null {
  if (from === to) return null;
  if (to === 'cancelled') return 'cancel';
  if (from === 'booked' && to === 'arrived') return 'arrive';
  if (from === 'arrived' && to === 'booked') return 'unarrive';
  throw badResource('Appointment.status cannot change so');
}

/** The requested time minus the time the appointment already has. A move to another place needs all of it. */
function newTime(was: AppointmentContent, wanted: AppointmentContent): Place | null {
  if (isMoved(was, wanted)) return wanted;
  const length = wanted.length - was.length;
  return length > 0 ? { ...wanted, time: was.time + was.length, length } : null;
}

function isMoved(was: AppointmentContent, wanted: AppointmentContent): boolean {
  const place = ['date', 'time', 'userId', 'locationId'] as const;
  return place.some((name) => was[name] !== wanted[name]);
}

/** The changed columns: all of them for a move, otherwise only those that differ. */
function changes(
  was: AppointmentContent,
  wanted: AppointmentContent,
): Record<string, string | number | null> {
  return {
    ...(isMoved(was, wanted) && {
      APPOINTMENTDATE: dateTime(wanted.date),
      APPOINTMENTTIME: wanted.time,
      USERID: wanted.userId,
      LOCATIONID: wanted.locationId,
    }),
    ...(was.length !== wanted.length && { APPOINTMENTLENGTH: wanted.length }),
    ...(was.typeId !== wanted.typeId && { APPOINTMENTTYPE: wanted.typeId ?? standardType }),
    ...(was.reason !== wanted.reason && { REASON: wanted.reason }),
    ...(was.comment !== wanted.comment && { COMMENT: wanted.comment }),
  };
}

import { isCurrent, usualLocation } from '../database/appointment-book.ts';
import { badResource } from './outcome.ts';
import type { Facade } from './resource-kind.ts';
import { type Fields, isFields } from './sent-element.ts';
import { wallTextOf } from './wall-clock.ts';
import { zoneOf } from './zones.ts';

/** The content of an Appointment resource, in the columns of the appointment book. */
export interface AppointmentContent {
  readonly status: string;
  readonly patientId: number;
  readonly userId: number;
  readonly locationId: number;
  /** Wall date and seconds since its midnight, at the location. */
  readonly date: string;
  readonly time: number;
  /** Seconds. */
  readonly length: number;
  /** Null if the resource has none. */
  readonly typeId: number | null;
  readonly reason: string | null;
  readonly comment: string | null;
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const maxSeconds = 86_400;
const maxCharacters = 500;

/** Reads a resource, whether sent or served. Throws a FhirRefusal 400 that names the element. */
export function appointmentContent(resource: Fields, facade: Facade): AppointmentContent {
  const { practice, database } = facade;
  const { status } = resource;
  if (typeof status !== 'string') throw badResource('Appointment.status is missing');
  const [patientId, userId] = [actor(resource, 'Patient'), actor(resource, 'Practitioner')];
  if (patientId === undefined) throw badResource('Appointment.participant names no Patient');
  if (userId === undefined) throw badResource('Appointment.participant names no Practitioner');
  const locationId = actor(resource, 'Location') ?? usualLocation(database, userId);
  const start = moment(resource, 'start');
  if (start === undefined) throw badResource('Appointment.start is missing');
  const wall = wallTextOf(start, zoneOf(practice, locationId));
  const [hours = 0, minutes = 0, seconds = 0] = wall.slice(11).split(':').map(Number);
  return {
    status,
    patientId,
    userId,
    locationId,
    date: wall.slice(0, 10),
    time: hours * 3600 + minutes * 60 + seconds,
    length: lengthOf(resource, start),
    typeId: typeOf(resource),
    reason: text(resource, 'description'),
    comment: text(resource, 'comment'),
  };
}

/** Checks that every referenced record exists. Unchanged references are not checked. Throws a FhirRefusal 400. */
export function checkReferences(
  content: AppointmentContent,
  { database }: Facade,
  before?: AppointmentContent,
): void {
  const named = [
    ['PATIENTS', 'patientId', 'participant: no such Patient'],
    ['USERS', 'userId', 'participant: no such Practitioner'],
    ['LOCATIONS', 'locationId', 'participant: no such Location'],
    ['APPOINTMENTTYPES', 'typeId', 'appointmentType: no such type'],
  ] as const;
  for (const [table, name, text] of named) {
    const id = content[name];
    if (id !== null && id !== before?.[name] && !isCurrent(database, table, id))
      throw badResource(`Appointment.${text}`);
  }
}

/** The only participant of a type. References may be absolute URLs. */
function actor({ participant }: Fields, type: string): number | undefined {
  const references = (Array.isArray(participant) ? participant : []).map(
    (each) => isFields(each) && isFields(each.actor) && each.actor.reference,
  );
  const ids = references.flatMap(
    (reference) => new RegExp(`(?:^|/)${type}/(\\d{1,15})$`).exec(String(reference))?.[1] ?? [],
  );
  if (ids.length > 1) throw badResource(`Appointment.participant names more than one ${type}`);
  return ids[0] === undefined ? undefined : Number(ids[0]);
}

function moment(resource: Fields, name: 'start' | 'end'): string | undefined {
  const value = resource[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && instant.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw badResource(`Appointment.${name} is not an instant`);
}

/** The duration: from `end`, to the second, or else from `minutesDuration`. Both must agree in minutes. */
function lengthOf(resource: Fields, start: string): number {
  const end = moment(resource, 'end');
  const { minutesDuration: minutes } = resource;
  if (minutes !== undefined && !Number.isInteger(minutes))
    throw badResource('Appointment.minutesDuration is not a whole number');
  const seconds = end === undefined ? Number(minutes) * 60 : (Date.parse(end) - Date.parse(start)) / 1000;
  if (!(seconds > 0 && seconds <= maxSeconds))
    throw badResource('Appointment.end: the appointment has no sensible length');
  if (minutes !== undefined && Math.floor(seconds / 60) !== minutes)
    throw badResource('Appointment.minutesDuration is not the time from start to end');
  return seconds;
}

function typeOf({ appointmentType }: Fields): number | null {
  if (appointmentType === undefined) return null;
  const coding: unknown = isFields(appointmentType) ? appointmentType.coding : undefined;
  const first: unknown = Array.isArray(coding) ? coding[0] : undefined;
  const code = isFields(first) ? String(first.code) : '';
  if (!/^\d{1,9}$/.test(code)) throw badResource('Appointment.appointmentType has no code');
  return Number(code);
}

function text(resource: Fields, name: 'description' | 'comment'): string | null {
  const value = resource[name];
  if (value === undefined) return null;
  if (typeof value === 'string' && value !== '' && value.length <= maxCharacters) return value;
  throw badResource(`Appointment.${name} is empty or too long`);
}

/** Changes a FHIR Appointment. All other elements stay as the server sent them. */
import { addSeconds, epochMs } from '../../time/local.ts';
import type { Instant, TimeZone } from '../../time/types.ts';
import type { AppointmentChange, AppointmentMove, NewAppointment } from '../domain/appointment-writes.ts';
import type { FhirResource } from '../halo-cloud/practice-connection.ts';
import { withValue } from './change-element.ts';
import { readReason } from './read-appointment.ts';
import { type Element, element, elements, text } from './read-element.ts';
import { readInstant } from './read-time.ts';
import { malformed, referenceTo } from './references.ts';

// Rests on assumption F13.

export function actors({
  patientId,
  userId,
  locationId,
}: Pick<NewAppointment, 'patientId' | 'userId' | 'locationId'>): readonly Element[] {
  return [`Patient/${patientId}`, `Practitioner/${userId}`, `Location/${locationId}`].map(participantFor);
}

export function withStatus(resource: FhirResource, status: 'booked' | 'arrived' | 'cancelled'): FhirResource {
  return { ...resource, status };
}

/** Changes type, length or reason. Absent fields stay. Null removes the reason. Returns the same resource when nothing differs. */
export function changed(
  resource: FhirResource,
  { typeId, durationSeconds, reason }: Pick<AppointmentChange, 'typeId' | 'durationSeconds' | 'reason'>,
): FhirResource {
  const described = reason === undefined ? resource : withReason(resource, reason);
  const typed = typeId === undefined ? described : withType(described, typeId);
  if (durationSeconds === undefined || secondsOf(resource) === durationSeconds) return typed;
  return {
    ...typed,
    end: later(resource.start, durationSeconds),
    minutesDuration: Math.floor(durationSeconds / 60),
  };
}

/** A coded reason stays beside a new description, because the description is read first. */
function withReason(resource: FhirResource, reason: string | null): FhirResource {
  if (reason === readReason(resource)) return resource;
  if (reason !== null) return withValue(resource, 'description', reason);
  return withValue(withValue(resource, 'description', null), 'reasonCode', null);
}

function withType(resource: FhirResource, typeId: string): FhirResource {
  const { appointmentType } = resource;
  const codes = elements(element(appointmentType)?.coding).map(({ code }) => text(code));
  return codes.includes(typeId)
    ? resource
    : withValue(resource, 'appointmentType', { coding: [{ code: typeId }] });
}

/** Changes time, user or location and keeps the length. Removes the references to the old slots. */
export function moved(
  resource: FhirResource,
  to: Pick<AppointmentMove, 'userId' | 'locationId'> & { readonly start: Instant; readonly zone: TimeZone },
): FhirResource {
  const { slot: _, ...rest } = resource;
  const participants = withActor(elements(resource.participant), 'Practitioner', to.userId);
  return {
    ...rest,
    start: to.start,
    end: addSeconds(to.start, lengthOf(resource), to.zone),
    participant: withActor(participants, 'Location', to.locationId),
  };
}

/** Replaces the first participant of a kind, unless it already is the given one. */
function withActor(participants: readonly Element[], kind: string, id: string): readonly Element[] {
  const at = participants.findIndex(({ actor }) => referenceTo(kind, actor) !== null);
  if (at < 0) return [...participants, participantFor(`${kind}/${id}`)];
  if (referenceTo(kind, participants[at]?.actor) === id) return participants;
  return participants.with(at, { ...participants[at], actor: { reference: `${kind}/${id}` } });
}

function participantFor(reference: string): Element {
  return { actor: { reference }, status: 'accepted' };
}

/** The time from start to end. The zone for reading them makes no difference. */
function secondsOf({ start, end, minutesDuration }: FhirResource): number | null {
  const from = readInstant(start, 'Etc/UTC');
  const to = readInstant(end, 'Etc/UTC');
  if (from !== null && to !== null) return Math.max(0, (epochMs(to) - epochMs(from)) / 1000);
  return typeof minutesDuration === 'number' && minutesDuration > 0 ? minutesDuration * 60 : null;
}

function lengthOf(resource: FhirResource): number {
  const seconds = secondsOf(resource);
  if (seconds === null) throw malformed('Appointment', 'length');
  return seconds;
}

const written = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

/** A FHIR dateTime that many seconds later. Keeps its offset, or stays without one. */
function later(start: unknown, seconds: number): string {
  const [, minute, second = ':00', offset = ''] = written.exec(text(start) ?? '') ?? [];
  const time = minute === undefined ? Number.NaN : Date.parse(`${minute}${second}Z`);
  if (Number.isNaN(time)) throw malformed('Appointment', 'start');
  return `${new Date(time + seconds * 1000).toISOString().slice(0, 19)}${offset}`;
}

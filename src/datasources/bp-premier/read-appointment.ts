import { addSeconds, epochMs } from '../../time/local.ts';
import type { FhirResource } from '../practice-connection.ts';
import type { Appointment, AppointmentType } from '../practice-data.ts';
import { statusOf } from './appointment-status.ts';
import type { Places } from './places.ts';
import { element, elements, text } from './read-element.ts';
import { readInstant } from './read-time.ts';
import { idOf, referenceTo, unusable } from './references.ts';

/**
 * A FHIR Appointment. Its patient, user and location are the first participant of each kind. Throws UpstreamFailed
 * without an id, a start, or a way to tell its end. What FHIR does not carry of a Bp appointment is null.
 */
export function readAppointment(resource: FhirResource, places: Places): Appointment {
  const pmsId = idOf(resource);
  const actors = elements(resource.participant).map((participant) => participant.actor);
  const first = (resourceType: string) =>
    actors.map((actor) => referenceTo(resourceType, actor)).find((id) => id !== null) ?? null;
  const locationId = first('Location');
  const zone = places.zoneAt(locationId);
  const start = readInstant(resource.start, zone);
  if (start === null) throw unusable('Appointment', 'start');
  const minutes = readMinutes(resource.minutesDuration);
  const end =
    readInstant(resource.end, zone) ?? (minutes === null ? null : addSeconds(start, minutes * 60, zone));
  if (end === null) throw unusable('Appointment', 'end');
  return {
    pmsId,
    start,
    end,
    durationMinutes: minutes ?? Math.max(0, Math.round((epochMs(end) - epochMs(start)) / 60_000)),
    status: statusOf(text(resource.status)),
    pmsStatus: null,
    type: readType(resource.appointmentType),
    reason: text(resource.description),
    comment: text(resource.comment),
    urgent: null,
    telehealthUrl: null,
    arrivedAt: null,
    consultationStartedAt: null,
    bookedAt: readInstant(resource.created, zone),
    updatedAt: readInstant(element(resource.meta)?.lastUpdated, zone),
    patientId: first('Patient'),
    userId: first('Practitioner'),
    locationId,
  };
}

/** Longer than this is no appointment. */
const minutesOfAWeek = 7 * 24 * 60;

function readMinutes(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= minutesOfAWeek
    ? value
    : null;
}

/** Null without a code: there is nothing to name the type by. */
function readType(value: unknown): AppointmentType | null {
  const concept = element(value);
  const coding = elements(concept?.coding).find((each) => text(each.code) !== null);
  const pmsId = text(coding?.code);
  const name = text(coding?.display) ?? text(concept?.text);
  return pmsId === null || name === null ? null : { pmsId, name, defaultDurationMinutes: null };
}

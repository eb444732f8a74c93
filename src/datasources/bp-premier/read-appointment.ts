import type { Appointment as AppointmentResource } from 'fhir/r4.js';
import { addSeconds, epochMs } from '../../time/local.ts';
import type { Instant, TimeZone } from '../../time/types.ts';
import type { Appointment, AppointmentType } from '../domain/appointment.ts';
import { statusOf } from './appointment-status.ts';
import type { Places } from './places.ts';
import { type Element, element, elements, type Received, text } from './read-element.ts';
import { readInstant } from './read-time.ts';
import { idOf, malformed, referenceTo } from './references.ts';

// Rests on assumption F11.

/**
 * A FHIR Appointment. Its patient and location are the first participants of that kind. Its user is the primary performer, or
 * else the first practitioner. Throws UpstreamFailed without an id, a start, and an end or duration. Fields that FHIR does
 * not have are null.
 * @param userOfRole the users of PractitionerRoles, by role
 */
export function readAppointment(
  resource: Received<AppointmentResource>,
  places: Places,
  userOfRole: ReadonlyMap<string, string>,
): Appointment {
  const pmsId = idOf(resource);
  const participants = elements(resource.participant);
  const first = (idIn: (actor: unknown) => string | null | undefined, among = participants) =>
    among.map(({ actor }) => idIn(actor)).find((id) => typeof id === 'string') ?? null;
  const locationId = first((actor) => referenceTo('Location', actor));
  const zone = places.zoneAt(locationId);
  const start = readInstant(resource.start, zone);
  if (start === null) throw malformed('Appointment', 'start');
  const end = readEnd(resource, start, zone);
  if (end === null) throw malformed('Appointment', 'end');
  return {
    pmsId,
    start,
    end,
    durationMinutes: Math.max(0, Math.round((epochMs(end) - epochMs(start)) / 60_000)),
    status: statusOf(text(resource.status)),
    pmsStatus: null,
    type: readType(resource.appointmentType),
    reason: readReason(resource),
    comment: text(resource.comment),
    urgent: null,
    telehealthUrl: null,
    arrivedAt: null,
    consultationStartedAt: null,
    bookedAt: readInstant(resource.created, zone),
    updatedAt: readInstant(element(resource.meta)?.lastUpdated, zone),
    patientId: first((actor) => referenceTo('Patient', actor)),
    userId: first(
      (actor) =>
        referenceTo('Practitioner', actor) ?? userOfRole.get(referenceTo('PractitionerRole', actor) ?? ''),
      primaryFirst(participants),
    ),
    locationId,
  };
}

function primaryFirst(participants: readonly Element[]): readonly Element[] {
  const isPrimary = ({ type }: Element) =>
    elements(type).some(({ coding }) => elements(coding).some(({ code }) => code === 'PPRF'));
  return [...participants.filter(isPrimary), ...participants];
}

/** The end. `minutesDuration` may exclude a break, so it is used only without an end. */
function readEnd(
  { end, minutesDuration }: Received<AppointmentResource>,
  start: Instant,
  zone: TimeZone,
): Instant | null {
  const written = readInstant(end, zone);
  if (written !== null) return written;
  const minutes = readMinutes(minutesDuration);
  return minutes === null ? null : addSeconds(start, minutes * 60, zone);
}

/** The description, or else the first reason, coded or as text. */
export function readReason({ description, reasonCode }: Received<AppointmentResource>): string | null {
  return (
    text(description) ??
    elements(reasonCode)
      .map(({ text: written, coding }) => text(written) ?? text(elements(coding)[0]?.display))
      .find((reason) => reason !== null) ??
    null
  );
}

/** A longer duration is invalid. */
const minutesOfAWeek = 7 * 24 * 60;

function readMinutes(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= minutesOfAWeek
    ? value
    : null;
}

/** Null without a code, because the code is the type's id. */
function readType(value: unknown): AppointmentType | null {
  const concept = element(value);
  const coding = elements(concept?.coding).find((each) => text(each.code) !== null);
  const pmsId = text(coding?.code);
  const name = text(coding?.display) ?? text(concept?.text);
  return pmsId === null || name === null ? null : { pmsId, name, defaultDurationMinutes: null };
}

import type { AppointmentStatus } from '../domain/appointment.ts';

/** Maps in both directions (F2). Only the first five are appointments that take place or took place. */
const known = {
  booked: 'BOOKED',
  arrived: 'ARRIVED',
  'checked-in': 'IN_CONSULTATION',
  fulfilled: 'FULFILLED',
  noshow: 'NO_SHOW',
  cancelled: 'CANCELLED',
} as const satisfies Record<string, AppointmentStatus>;

/** It has a time, but a participant has not confirmed it. The default book shows it with the status UNKNOWN. */
const pending = 'pending';
/** These have no time. They are shown only when the query includes UNKNOWN. */
const withoutTime = ['proposed', 'waitlist'];

/** The domain status of a FHIR status. UNKNOWN for any that is not in the table. */
export function statusOf(word: string | null): AppointmentStatus {
  return word !== null && Object.hasOwn(known, word) ? known[word as keyof typeof known] : 'UNKNOWN';
}

/**
 * The FHIR statuses to search for. Without `statuses`, all but cancelled. Null: search without a status, because UNKNOWN
 * means any word that is not in the table.
 */
export function wordsFor(statuses: readonly AppointmentStatus[] | undefined): readonly string[] | null {
  if (statuses?.includes('UNKNOWN')) return null;
  return [...Object.keys(known), pending].filter((word) => wanted(word, statuses));
}

/** Whether an appointment with this FHIR status matches a query for `statuses`. One entered in error never does. */
export function wanted(word: string | null, statuses: readonly AppointmentStatus[] | undefined): boolean {
  if (word === 'entered-in-error') return false;
  if (statuses !== undefined) return statuses.includes(statusOf(word));
  return statusOf(word) !== 'CANCELLED' && (word === null || !withoutTime.includes(word));
}

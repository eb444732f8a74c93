import type { AppointmentStatus } from '../domain/appointment.ts';

/** F2, both ways. Only the first five are appointments that take place or took place. */
const known = {
  booked: 'BOOKED',
  arrived: 'ARRIVED',
  'checked-in': 'IN_CONSULTATION',
  fulfilled: 'FULFILLED',
  noshow: 'NO_SHOW',
  cancelled: 'CANCELLED',
} as const satisfies Record<string, AppointmentStatus>;

/** It has its time, though somebody has still to agree: the default book shows it, with the status UNKNOWN. */
const pending = 'pending';
/** Without a time of their own: shown only to those who ask for UNKNOWN. */
const withoutTime = ['proposed', 'waitlist'];

/** The domain's word for a FHIR status; UNKNOWN for any that is not listed. */
export function statusOf(word: string | null): AppointmentStatus {
  return word !== null && Object.hasOwn(known, word) ? known[word as keyof typeof known] : 'UNKNOWN';
}

/**
 * The FHIR words to ask for; without `statuses`, every one but cancelled. Null: do not name any, because UNKNOWN is
 * whatever word is not in the table.
 */
export function wordsFor(statuses: readonly AppointmentStatus[] | undefined): readonly string[] | null {
  if (statuses?.includes('UNKNOWN')) return null;
  return [...Object.keys(known), pending].filter((word) => wanted(word, statuses));
}

/** Whether an appointment with this FHIR status answers a question for `statuses`. One entered in error never does. */
export function wanted(word: string | null, statuses: readonly AppointmentStatus[] | undefined): boolean {
  if (word === 'entered-in-error') return false;
  if (statuses !== undefined) return statuses.includes(statusOf(word));
  return statusOf(word) !== 'CANCELLED' && (word === null || !withoutTime.includes(word));
}

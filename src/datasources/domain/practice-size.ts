/**
 * The assumed maximum size of a practice, for prices. A practice has at most 500 users, 500 roles, 500 locations and 500
 * appointments a day. A user has at most 4 roles. A patient has at most 500 appointments. In a query for several patients,
 * each further patient has at most 100.
 */
import { daysBetween } from '../../time/local.ts';
import type { AppointmentQuery } from './appointment.ts';
import type { Sized } from './sized.ts';

// Rests on assumptions P1 and P2.

/** Users, roles, locations, appointments of a day, appointments of a patient. */
export const maxOfKind = 500;
export const maxRolesOfUser = 4;
const maxOfFurtherPatient = 100;

type BookPart = Pick<
  Sized<AppointmentQuery>,
  'ids' | 'from' | 'to' | 'userIds' | 'patientIds' | 'limit' | 'limitPer'
>;

/** The maximum number of matching appointments, without the limit. Infinite when neither dates nor ids limit it. */
export function maxMatching({ ids, from, to, patientIds }: BookPart): number {
  const inRange =
    from === undefined || to === undefined
      ? Number.POSITIVE_INFINITY
      : (daysBetween(from, to) + 1) * maxOfKind;
  const ofPatients = patientIds
    ? maxOfKind + (patientIds.length - 1) * maxOfFurtherPatient
    : Number.POSITIVE_INFINITY;
  return Math.min(ids?.length ?? Number.POSITIVE_INFINITY, inRange, ofPatients);
}

/** The maximum number of returned appointments. */
export function maxReturned(part: BookPart): number {
  const { limit = Number.POSITIVE_INFINITY, limitPer, userIds, patientIds } = part;
  const owners = limitPer === 'user' ? userIds?.length : limitPer === 'patient' ? patientIds?.length : 1;
  return Math.min(maxMatching(part), limit * (owners ?? maxOfKind));
}

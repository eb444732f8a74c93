/** The orders that the port promises, for rows that were put together here. */

import { wallDate, wallSeconds } from '../../time/local.ts';
import type { Appointment } from '../practice-data.ts';

interface Named {
  readonly pmsId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** Last name, first name, id; case does not matter, nothing comes first. */
export function comparePeople(a: Named, b: Named): number {
  return (
    compareNames(a.lastName, b.lastName) ||
    compareNames(a.firstName, b.firstName) ||
    Number(a.pmsId) - Number(b.pmsId)
  );
}

/** Wall date, wall time, id. */
export function compareAppointments(a: Appointment, b: Appointment): number {
  const dates = [wallDate(a.start), wallDate(b.start)] as const;
  if (dates[0] !== dates[1]) return dates[0] < dates[1] ? -1 : 1;
  return wallSeconds(a.start) - wallSeconds(b.start) || Number(a.pmsId) - Number(b.pmsId);
}

function compareNames(a: string | null, b: string | null): number {
  const left = (a ?? '').toLowerCase();
  const right = (b ?? '').toLowerCase();
  return left < right ? -1 : left > right ? 1 : 0;
}

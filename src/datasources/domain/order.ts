/** The orders that the port promises. */
import { typedWords } from '../../text/name-words.ts';
import { wallDate, wallSeconds } from '../../time/local.ts';
import type { Appointment, AppointmentKey } from './appointment.ts';
import type { PatientQuery } from './patient.ts';

interface Named {
  readonly pmsId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

const digits = /^\d+$/;

/** Numeric ids (such as `RECORDID`) by value, before the other ids of a FHIR server. */
export function compareIds(a: string, b: string): number {
  const isNumber = digits.test(a);
  if (isNumber !== digits.test(b)) return isNumber ? -1 : 1;
  return (isNumber ? a.length - b.length : 0) || (a < b ? -1 : a > b ? 1 : 0);
}

/** By last name, first name, id, like SQL Server's usual collation: it ignores case, and no name comes first. */
export function comparePeople(a: Named, b: Named): number {
  return (
    compareNames(a.lastName, b.lastName) ||
    compareNames(a.firstName, b.firstName) ||
    compareIds(a.pmsId, b.pmsId)
  );
}

/**
 * When a search by name matches the beginning of more last names than this, their patients come before the others. Then an
 * index finds the first pages, and other patients are not read for them. Otherwise the order is by name alone.
 */
export const maxLastNamesInOrder = 500;

/** The order of the patients that a query finds. */
export function patientOrder(
  { ids, search }: PatientQuery,
  found: readonly Named[],
): (a: Named, b: Named) => number {
  const { name, ...others } = search ?? {};
  if (ids !== undefined || name === undefined || Object.keys(others).length > 0) return comparePeople;
  const words = typedWords(name).map((word) => word.toLowerCase());
  const isBegun = ({ lastName }: Named) =>
    words.some((word) => (lastName ?? '').toLowerCase().startsWith(word));
  if (found.filter(isBegun).length <= maxLastNamesInOrder) return comparePeople;
  return (a, b) => Number(isBegun(b)) - Number(isBegun(a)) || comparePeople(a, b);
}

export function keyOfAppointment({ start, pmsId }: Appointment): AppointmentKey {
  return { date: wallDate(start), seconds: wallSeconds(start), pmsId };
}

/** Wall date, wall time, id. */
export function compareAppointmentKeys(a: AppointmentKey, b: AppointmentKey): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.seconds - b.seconds || compareIds(a.pmsId, b.pmsId);
}

function compareNames(a: string | null, b: string | null): number {
  const left = (a ?? '').toLowerCase();
  const right = (b ?? '').toLowerCase();
  return left < right ? -1 : left > right ? 1 : 0;
}

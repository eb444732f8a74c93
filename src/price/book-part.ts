import type { Selection } from '../datasources/domain/selection.ts';
import { maxDays, pageLimits } from '../resolvers/limits.ts';
import { daysBetween, isLocalDate } from '../time/local.ts';
import { type BookPart, usualMost } from './steps.ts';

/** Where many patients are asked for. */
const usualOfPatient = 100;
/** What the connection to Halo Cloud follows at most. */
const maxPages = 200;

/** Days of a range, both ends included; null where it is open. What is no range is refused, and then nothing is asked. */
export function daysOf({ from, to }: { readonly from?: unknown; readonly to?: unknown }): number | null {
  if (typeof from !== 'string' || typeof to !== 'string') return null;
  if (!isLocalDate(from) || !isLocalDate(to) || to < from) return 1;
  return Math.min(daysBetween(from, to) + 1, maxDays);
}

/** A `first`, or how many are answered without it. What is out of bounds is refused. */
export function pageOf(first: unknown, list: keyof typeof pageLimits): number {
  const { byDefault, max } = pageLimits[list];
  return typeof first === 'number' ? Math.min(Math.max(first, 0), max) : byDefault;
}

/** How much of the book the appointments of a practice, of some users or of some patients are. */
export function bookPart(
  range: { readonly from?: unknown; readonly to?: unknown },
  limit: number,
  fields: Selection,
  patients: number | null = null,
): BookPart {
  const days = daysOf(range);
  const inRange = days === null ? Number.POSITIVE_INFINITY : days * usualMost;
  const ofPatients =
    patients === null ? Number.POSITIVE_INFINITY : usualMost + (patients - 1) * usualOfPatient;
  const matching = Math.min(inRange, ofPatients);
  return {
    rows: Math.min(matching, limit),
    // Patients are named 500 a search, each of which has a last page that is not full.
    pages: Math.min(
      Math.ceil(matching / usualMost) + Math.floor(((patients ?? 1) - 1) / usualMost),
      maxPages,
    ),
    fields,
  };
}

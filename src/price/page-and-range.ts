/**
 * Ranges and pages as the resolvers read them from arguments. For a value that they would reject, any valid value is
 * used, because nothing is sent.
 */
import { maxDays, pageLimits } from '../resolvers/limits.ts';
import { addDays, daysBetween, isLocalDate } from '../time/local.ts';
import type { LocalDate } from '../time/types.ts';

interface Range {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

const someDay: Range = { from: '2026-01-01', to: '2026-01-01' };
/** The wall dates that an instant can have. */
export const twoDays: Range = { from: '2026-01-01', to: '2026-01-02' };

/** Both ends are included. Without `to`, the range is one day. */
export function rangeOf({ from, to = from }: { readonly from?: unknown; readonly to?: unknown }): Range {
  if (typeof from !== 'string' || typeof to !== 'string') return someDay;
  if (!isLocalDate(from) || !isLocalDate(to) || to < from) return someDay;
  return daysBetween(from, to) < maxDays ? { from, to } : { from, to: addDays(from, maxDays - 1) };
}

/** `first`, or the number of entries without it. */
export function pageOf(first: unknown, list: keyof typeof pageLimits): number {
  const { byDefault, max } = pageLimits[list];
  return typeof first === 'number' ? Math.min(Math.max(first, 0), max) : byDefault;
}

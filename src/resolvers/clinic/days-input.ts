/** Whole days in a mutation's input: an absence of a user, or days on which the practice is closed. */

import type { DateRange } from '../../datasources/domain/clinic.ts';
import type { Maybe } from '../../lib/maybe.ts';
import type { InputCheck } from '../check-input.ts';

export interface DaysInput {
  readonly from: string;
  readonly to?: Maybe<string>;
  readonly reason?: Maybe<string>;
}

/** Characters of `DAYSAWAY.AWAYREASON`. */
const longestReason = 100;

/** A range that includes everything that a practice can have recorded. */
export const allDays: DateRange = { from: '1900-01-01', to: '9999-12-31' };

export function readDays(
  check: InputCheck,
  input: DaysInput,
): DateRange & { readonly reason: string | null } {
  return {
    ...check.days(input, ['input']),
    reason: check.text(['input', 'reason'], input.reason, longestReason),
  };
}

export function sameDays(a: DateRange, b: DateRange): boolean {
  return a.from === b.from && a.to === b.to;
}

import type { Instant } from '../../time/types.ts';
import type { DateRange } from './clinic.ts';

export type EmptyReason = 'NO_MATCH' | 'FULLY_BOOKED' | 'USER_AWAY' | 'NO_SESSION' | 'CLINIC_CLOSED';

export interface Slot {
  readonly start: Instant;
  readonly end: Instant;
  readonly durationMinutes: number;
  readonly userId: string | null;
  readonly locationId: string | null;
  /** Reserved for bookings on the day itself. */
  readonly onTheDay: boolean;
}

export interface SlotSearch {
  readonly slots: readonly Slot[];
  /** Why there is none; null when there are some, or when the source cannot tell. */
  readonly emptyBecause: EmptyReason | null;
  /** The same for each user looked at who has none; absent when the source, or a cut list, cannot tell. */
  readonly emptyByUser?: ReadonlyMap<string, EmptyReason>;
  /** Times of later days that are left out, as they may be booked on the day itself only; absent when the source cannot tell. */
  readonly onTheDayOnly?: readonly Slot[];
  /** False when the source could not look at everything that was asked. */
  readonly complete: boolean;
}

export interface SlotQuery extends DateRange {
  /** Absent: every active user who takes appointments. */
  readonly userIds?: readonly string[];
  readonly locationId?: string;
  /** Absent: the session's own slot length. */
  readonly durationMinutes?: number;
}

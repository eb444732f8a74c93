import type { Instant } from '../../time/types.ts';
import type { DateRange } from './clinic.ts';

export type EmptyReason = 'NO_MATCH' | 'FULLY_BOOKED' | 'USER_AWAY' | 'NO_SESSION' | 'CLINIC_CLOSED';

export interface Slot {
  readonly start: Instant;
  readonly end: Instant;
  readonly durationMinutes: number;
  readonly userId: string | null;
  readonly locationId: string | null;
  /** Reserved for same-day bookings. */
  readonly onTheDay: boolean;
}

export interface SlotSearch {
  readonly slots: readonly Slot[];
  /** Why there are no slots. Null when there are some, or when the source does not know. */
  readonly emptyBecause: EmptyReason | null;
  /** The same for each user without slots. Absent when the source does not know, or when the list is incomplete. */
  readonly emptyByUser?: ReadonlyMap<string, EmptyReason>;
  /**
   * Times of later days that can be booked only on their own day. They are not in `slots`. Absent when the source does not
   * know.
   */
  readonly onTheDayOnly?: readonly Slot[];
  /** False when the source could not search the whole query. */
  readonly complete: boolean;
}

export interface SlotQuery extends DateRange {
  /** Absent: every active user who takes appointments. */
  readonly userIds?: readonly string[];
  readonly locationId?: string;
  /** Absent: the session's own slot length. */
  readonly durationMinutes?: number;
}

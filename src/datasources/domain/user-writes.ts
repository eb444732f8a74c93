/** What a practice can be told about its users and when they are away. */
import type { DateRange } from './clinic.ts';

/** What is absent stays as it is; null takes it away. At least one. */
export interface UserChange {
  readonly userId: string;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly takesAppointments?: boolean;
}

/** Whole days, both inclusive. */
export interface NewDayAway extends DateRange {
  readonly userId: string;
  readonly reason: string | null;
}

/** The absence of exactly these days: named by them, because not every source knows an id, nor the same one. */
export interface DayAwayRemoval extends DateRange {
  readonly userId: string;
}

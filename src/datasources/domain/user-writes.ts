/** Changes of a practice's users and their days away. */
import type { DateRange } from './clinic.ts';

/** Absent fields stay as they are. Null removes a value. At least one. */
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

/** Removes the absence of exactly these days. Identified by its days, because sources have no id or different ones. */
export interface DayAwayRemoval extends DateRange {
  readonly userId: string;
}

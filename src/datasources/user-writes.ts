/** What a practice can be told about its users and when they are away. */
import type { DateRange } from './practice-data.ts';

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

export interface DayAwayRemoval {
  readonly userId: string;
  /** The `pmsId` that `PracticeData.daysAway` gives. */
  readonly dayAwayId: string;
}

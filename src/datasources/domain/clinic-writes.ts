/** Changes of a practice's opening hours and closed days. */
import type { ClinicWeek, DateRange } from './clinic.ts';

export interface ClinicHoursChange {
  readonly locationId: string;
  /** The whole week: seven entries, Monday first. A day without periods is closed. */
  readonly week: ClinicWeek['week'];
}

/** Whole days, both inclusive, at every location of the practice. */
export interface NewDayClosed extends DateRange {
  readonly reason: string | null;
}

/** Removes the closed days of exactly this range. Identified by its days, because not every source has an id. */
export type DayClosedRemoval = DateRange;

/** What a practice can be told about its opening hours and the days on which it is closed. */
import type { ClinicWeek, DateRange } from './clinic.ts';

export interface ClinicHoursChange {
  readonly locationId: string;
  /** The whole week, Monday first, seven entries; no periods on a day: closed. */
  readonly week: ClinicWeek['week'];
}

/** Whole days, both inclusive, at every location of the practice. */
export interface NewDayClosed extends DateRange {
  readonly reason: string | null;
}

/** What is closed on exactly these days: named by them, because not every source knows an id. */
export type DayClosedRemoval = DateRange;

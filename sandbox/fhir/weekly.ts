/** The weekly part of a SESSIONS row. Times in seconds since midnight. */
export interface WeeklyRow {
  readonly locationId: number;
  /** 1 = Sunday ... 7 = Saturday; 0 = Monday to Friday. */
  readonly weekday: number;
  readonly opens: number;
  readonly closes: number;
}

const days: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** FHIR's DaysOfWeek of Bp's DAYOFWEEK. */
export function daysOfWeek(weekday: number): readonly string[] {
  return weekday === 0 ? days.slice(1, 6) : days.slice(weekday - 1, weekday);
}

/** Bp's DAYOFWEEK of one of FHIR's codes; undefined for anything else. */
export function bpDayOf(code: string): number | undefined {
  const index = days.indexOf(code);
  return index < 0 ? undefined : index + 1;
}

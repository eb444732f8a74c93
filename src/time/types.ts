/** Dates and times are text everywhere, in the form that is sent over the network. */

/** A calendar date at the practice: `2026-11-23` */
export type LocalDate = string;
/** A local time of day at the practice: `08:30` */
export type LocalTime = string;
/** RFC 3339 with the practice's offset: `2026-11-23T09:15:00+10:30` */
export type Instant = string;
/** IANA: `Australia/Adelaide` */
export type TimeZone = string;
export type DayOfWeek = 'MONDAY' | 'TUESDAY' | 'WEDNESDAY' | 'THURSDAY' | 'FRIDAY' | 'SATURDAY' | 'SUNDAY';

/** How dates and times are written everywhere in the project: as text, the way they go over the wire. */

/** A calendar date at the practice: `2026-11-23` */
export type LocalDate = string;
/** A time of day on the practice's wall: `08:30` */
export type LocalTime = string;
/** RFC 3339 with the offset of the place: `2026-11-23T09:15:00+10:30` */
export type Instant = string;
/** IANA: `Australia/Adelaide` */
export type TimeZone = string;
export type DayOfWeek = 'MONDAY' | 'TUESDAY' | 'WEDNESDAY' | 'THURSDAY' | 'FRIDAY' | 'SATURDAY' | 'SUNDAY';

/**
 * Wall time at a practice, and the instants it stands for.
 *
 * Bp Premier stores a local date and seconds since midnight, read off the wall (assumption T1): on a changeover day
 * 33300 is still 09:15. A wall time that the changeover skips moves forward by the gap; one that happens twice is the first.
 */
import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';
import type { DayOfWeek, Instant, LocalDate, LocalTime, TimeZone } from './types.ts';

const secondsPerDay = 86_400;
const days: readonly DayOfWeek[] = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
];

/** The offset that holds all day long (`+10:30`), or null on a changeover day. Asked for every row, so remembered. */
const wholeDayOffsets = new LRUCache<string, { readonly offset: string | null }>({ max: 5_000 });

function wholeDayOffset(date: LocalDate, zone: TimeZone): string | null {
  const key = `${zone} ${date}`;
  const known = wholeDayOffsets.get(key);
  if (known) return known.offset;
  const start = Temporal.PlainDate.from(date).toZonedDateTime(zone);
  const end = start.add({ days: 1 });
  const offset = start.offset === end.offset ? start.offset : null;
  wholeDayOffsets.set(key, { offset });
  return offset;
}

const render = (moment: Temporal.ZonedDateTime): Instant =>
  moment.toString({ timeZoneName: 'never', smallestUnit: 'second' });

/** Wall date and seconds since midnight in a zone, as an RFC 3339 instant: `2026-11-23T09:15:00+10:30`. */
export function localInstant(date: LocalDate, secondsSinceMidnight: number, zone: TimeZone): Instant {
  if (secondsSinceMidnight >= secondsPerDay) {
    const overflow = Math.floor(secondsSinceMidnight / secondsPerDay);
    return localInstant(addDays(date, overflow), secondsSinceMidnight - overflow * secondsPerDay, zone);
  }
  const offset = wholeDayOffset(date, zone);
  if (offset !== null) return `${date}T${clock(secondsSinceMidnight)}${offset}`;
  return render(
    Temporal.PlainDateTime.from(`${date}T${clock(secondsSinceMidnight)}`).toZonedDateTime(zone, {
      disambiguation: 'compatible',
    }),
  );
}

/** An instant, so many seconds of elapsed time later, as read in a zone. */
export function addSeconds(instant: Instant, seconds: number, zone: TimeZone): Instant {
  const later = wallSeconds(instant) + seconds;
  const date = wallDate(instant);
  if (later >= 0 && later < secondsPerDay && instant.endsWith(wholeDayOffset(date, zone) ?? 'changeover')) {
    return localInstant(date, later, zone);
  }
  return render(Temporal.Instant.from(instant).add({ seconds }).toZonedDateTimeISO(zone));
}

/** Any RFC 3339 instant, re-read in a zone. Throws a RangeError for what is none. */
export function inZone(instant: string, zone: TimeZone): Instant {
  return render(Temporal.Instant.from(instant).toZonedDateTimeISO(zone));
}

/** The date on the wall, as the instant's own offset has it. */
export function wallDate(instant: Instant): LocalDate {
  return instant.slice(0, 10);
}

/** Seconds since midnight on the wall, as the instant's own offset has it. */
export function wallSeconds(instant: Instant): number {
  return secondsOfDay(instant.slice(11, 19));
}

/** The wall date of a moment (milliseconds since 1970) in a zone. */
export function today(nowMs: number, zone: TimeZone): LocalDate {
  return instantAt(nowMs, zone).slice(0, 10);
}

/** A moment (milliseconds since 1970) as an instant with the zone's offset; fractions of a second are dropped. */
export function instantAt(nowMs: number, zone: TimeZone): Instant {
  return render(Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone));
}

/** Milliseconds since 1970. */
export function epochMs(instant: Instant): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}

export function dayOfWeek(date: LocalDate): DayOfWeek {
  return days[Temporal.PlainDate.from(date).dayOfWeek - 1] as DayOfWeek;
}

/** Monday first. */
export function daysOfWeek(): readonly DayOfWeek[] {
  return days;
}

export function addDays(date: LocalDate, count: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days: count }).toString();
}

/** Days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}

/** `30600` -> `08:30`; midnight at the end of a day is `24:00`. */
export function timeOfDay(seconds: number): LocalTime {
  return clock(seconds).slice(0, 5);
}

/** `08:30` or `08:30:00` -> `30600` */
export function secondsOfDay(time: LocalTime): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

/** A calendar date that exists, between the years 1000 and 9999, written `2026-11-23`. */
export function isLocalDate(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

function clock(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}

/**
 * Converts between wall time at a practice and instants.
 *
 * Bp Premier stores a local date and seconds since midnight on the wall clock (assumption T1): 33300 is 09:15 on every
 * day. On a day when clocks change, a skipped wall time moves forward by the gap, and a repeated one means the first.
 *
 * The calendar goes from `firstDate` to `lastDate`, the years that RFC 3339 can write. Dates beyond it become its first or
 * last date; an instant beyond it is a RangeError.
 */
import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';
import { memoizeLast } from '../engine/memoize-last.ts';
import { isCalendarDate } from './calendar-date.ts';
import type { DayOfWeek, Instant, LocalDate, LocalTime, TimeZone } from './types.ts';

export const firstDate: LocalDate = '0001-01-01';
export const lastDate: LocalDate = '9999-12-31';
const firstMs = Date.parse(firstDate);
const lastMs = Date.parse(lastDate);

const secondsPerDay = 86_400;
const msPerDay = 86_400_000;
const days: readonly DayOfWeek[] = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
];

/** One calendar date in a zone. */
export interface Day {
  readonly date: LocalDate;
  readonly zone: TimeZone;
  /** The offset of the whole day, such as `+10:30`; null on a day when clocks change. */
  readonly offset: string | null;
  /** Milliseconds since 1970 of its midnight. Meaningless without an offset. */
  readonly startMs: number;
  /** Cached instants by seconds. Most rows of a book have the same few times. */
  readonly instants: Map<number, Instant>;
}

/** Cached, because every row needs it. */
const knownDays = new LRUCache<string, Day>({ max: 1_000 });

/** Most rows of a book have the same date as the row before. */
export const dayIn = memoizeLast(findDay);

function findDay(date: LocalDate, zone: TimeZone): Day {
  const key = `${zone} ${date}`;
  const known = knownDays.get(key);
  if (known) return known;
  const start = Temporal.PlainDate.from(date).toZonedDateTime(zone);
  const end = start.add({ days: 1 });
  // Before standard time an offset had seconds, which RFC 3339 cannot write.
  const offset = start.offset === end.offset ? render(start).slice(19) : null;
  const startMs = offset === null ? Number.NaN : epochMs(`${date}T00:00:00${offset}`);
  const day = { date, zone, offset, startMs, instants: new Map<number, Instant>() };
  knownDays.set(key, day);
  return day;
}

function render(moment: Temporal.ZonedDateTime): Instant {
  if (moment.year < 1 || moment.year > 9999) throw new RangeError('This instant is outside of the calendar.');
  return moment.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/** Cached times of each day: one for every five minutes. */
const maxInstants = 288;

/** Seconds since midnight on a day, as an RFC 3339 instant: `2026-11-23T09:15:00+10:30`. */
export function instantOn(day: Day, secondsSinceMidnight: number): Instant {
  const { instants } = day;
  let instant = instants.get(secondsSinceMidnight);
  if (instant === undefined) {
    instant = instantOf(day, secondsSinceMidnight);
    if (instants.size < maxInstants) instants.set(secondsSinceMidnight, instant);
  }
  return instant;
}

function instantOf({ date, zone, offset }: Day, secondsSinceMidnight: number): Instant {
  if (secondsSinceMidnight >= secondsPerDay) {
    const overflow = Math.floor(secondsSinceMidnight / secondsPerDay);
    if (overflow > daysBetween(date, lastDate))
      throw new RangeError('This wall time is outside of the calendar.');
    return localInstant(addDays(date, overflow), secondsSinceMidnight - overflow * secondsPerDay, zone);
  }
  if (offset !== null) return `${date}T${clock(secondsSinceMidnight)}${offset}`;
  return render(
    Temporal.PlainDateTime.from(`${date}T${clock(secondsSinceMidnight)}`).toZonedDateTime(zone, {
      disambiguation: 'compatible',
    }),
  );
}

/** The same, but null for a wall time that is skipped because the clocks go forward. */
export function existingInstantOn(day: Day, secondsSinceMidnight: number): Instant | null {
  const instant = instantOn(day, secondsSinceMidnight);
  if (day.offset !== null) return instant;
  return wallSeconds(instant) === secondsSinceMidnight && wallDate(instant) === day.date ? instant : null;
}

/** The same as `epochMs` of the instant that `instantOn` returns. It reads no text on most days. */
export function epochMsOn(day: Day, secondsSinceMidnight: number): number {
  if (day.offset !== null && isOnDay(secondsSinceMidnight)) return day.startMs + secondsSinceMidnight * 1000;
  return epochMs(instantOn(day, secondsSinceMidnight));
}

const isOnDay = (seconds: number): boolean => seconds >= 0 && seconds < secondsPerDay;

/** The instant after this many seconds of elapsed time. */
export function laterInstantOn(day: Day, secondsSinceMidnight: number, elapsed: number): Instant {
  const later = secondsSinceMidnight + elapsed;
  if (day.offset !== null && isOnDay(later)) return instantOn(day, later);
  return elapse(instantOn(day, secondsSinceMidnight), elapsed, day.zone);
}

/** Wall date and seconds since midnight in a zone, as an instant. */
export function localInstant(date: LocalDate, secondsSinceMidnight: number, zone: TimeZone): Instant {
  return instantOf(dayIn(date, zone), secondsSinceMidnight);
}

/** An instant plus seconds of elapsed time, with the offset of a zone. */
export function addSeconds(instant: Instant, seconds: number, zone: TimeZone): Instant {
  const day = dayIn(wallDate(instant), zone);
  if (day.offset === null || !instant.endsWith(day.offset)) return elapse(instant, seconds, zone);
  return laterInstantOn(day, wallSeconds(instant), seconds);
}

function elapse(instant: Instant, seconds: number, zone: TimeZone): Instant {
  return render(Temporal.Instant.from(instant).add({ seconds }).toZonedDateTimeISO(zone));
}

/** Converts an RFC 3339 instant to the offset of a zone. Throws a RangeError for any other text. */
export function inZone(instant: string, zone: TimeZone): Instant {
  return render(Temporal.Instant.from(instant).toZonedDateTimeISO(zone));
}

/** The wall date of an instant, by its own offset. */
export function wallDate(instant: Instant): LocalDate {
  return instant.slice(0, 10);
}

/** Seconds since midnight on the wall clock, by the instant's own offset. */
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

/** The form in which this module writes instants. For existing dates, `Date.parse` gives the same as Temporal, ten times faster. */
const written = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Milliseconds since 1970. Throws a RangeError if the text is not an instant. */
export function epochMs(instant: Instant): number {
  if (written.test(instant) && isCalendarDate(instant.slice(0, 10))) return Date.parse(instant);
  return Temporal.Instant.from(instant).epochMilliseconds;
}

export function dayOfWeek(date: LocalDate): DayOfWeek {
  return days[Temporal.PlainDate.from(date).dayOfWeek - 1] as DayOfWeek;
}

/** Monday first. */
export function daysOfWeek(): readonly DayOfWeek[] {
  return days;
}

/** Not before the first and not after the last date of the calendar. */
export function addDays(date: LocalDate, count: number): LocalDate {
  // Date.parse reads a date without time as midnight in UTC.
  const moment = Date.parse(date) + count * msPerDay;
  if (moment <= firstMs) return firstDate;
  if (moment >= lastMs) return lastDate;
  return new Date(moment).toISOString().slice(0, 10);
}

/** Every date between two dates, both inclusive. */
export function* datesFrom(from: LocalDate, to: LocalDate): Generator<LocalDate> {
  const count = daysBetween(from, to);
  if (count >= 0) yield from;
  for (let day = 1; day <= count; day += 1) yield addDays(from, day);
}

/** Days between two dates; negative if `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (Date.parse(to) - Date.parse(from)) / msPerDay;
}

/** `30600` -> `08:30`. Midnight at the end of a day is `24:00`. */
export function timeOfDay(seconds: number): LocalTime {
  return clock(seconds).slice(0, 5);
}

/** `08:30` or `08:30:00` -> `30600` */
export function secondsOfDay(time: LocalTime): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

/** An existing calendar date between the years 1000 and 9999, such as `2026-11-23`. */
export function isLocalDate(text: string): boolean {
  return isCalendarDate(text) && !text.startsWith('0');
}

const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

function clock(seconds: number): string {
  const two = (value: number) => twoDigits[Math.floor(value)];
  return `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}

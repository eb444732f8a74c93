/** Wall dates as `YYYY-MM-DD`; no zone is involved. */
const dayMs = 86_400_000;

const numbers = new Map<string, number>();
const names = new Map<number, string>();

/** Days since 1970. Cached, because a year of appointments repeats the same few dates. */
function dayNumber(date: string): number {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  const number = Date.parse(`${date}T00:00:00Z`) / dayMs;
  numbers.set(date, number);
  return number;
}

/** The calendar that four digits of a year can write. */
const first = Date.parse('0001-01-01T00:00:00Z') / dayMs;
const last = Date.parse('9999-12-31T00:00:00Z') / dayMs;

/** Stops at the ends of the calendar. */
export function addDays(date: string, days: number): string {
  const number = Math.min(Math.max(dayNumber(date) + days, first), last);
  const known = names.get(number);
  if (known !== undefined) return known;
  const name = new Date(number * dayMs).toISOString().slice(0, 10);
  names.set(number, name);
  return name;
}

/** Every date from one to another, both included. */
export function* datesFrom(from: string, to: string): Generator<string> {
  const count = daysBetween(from, to);
  for (let day = 0; day <= count; day += 1) yield addDays(from, day);
}

/** 1 = Sunday ... 7 = Saturday, as Bp Premier's DAYOFWEEK counts. */
export function dayOfWeek(date: string): number {
  // 1970 began on a Thursday.
  return ((((dayNumber(date) + 4) % 7) + 7) % 7) + 1;
}

export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A date and seconds since midnight, in the datetime format of the database: `YYYY-MM-DDTHH:MM:SS`. */
export function dateTime(date: string, secondsOfDay = 0): string {
  if (secondsOfDay === 0) return `${date}T00:00:00`;
  const minutes = Math.floor(secondsOfDay / 60);
  return `${date}T${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(secondsOfDay % 60)}`;
}

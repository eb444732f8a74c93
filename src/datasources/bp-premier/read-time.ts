import { inZone, isLocalDate, localInstant } from '../../time/local.ts';
import type { Instant, LocalDate, LocalTime, TimeZone } from '../../time/types.ts';
import { text } from './read-element.ts';

// Rests on assumption F8.

const dateTime =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;
const timeOnly = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)(?::[0-5]\d(?:\.\d+)?)?$/;

/**
 * A FHIR dateTime or instant, to the second, with the offset of `zone` at that time. FHIR requires an offset. Without one, the
 * time is read as wall time in `zone`. Null for anything else, also for a date without a time.
 */
export function readInstant(value: unknown, zone: TimeZone): Instant | null {
  const [, date, hours, minutes, seconds = '00', offset] = dateTime.exec(text(value) ?? '') ?? [];
  if (date === undefined || !isLocalDate(date)) return null;
  const wall = localInstant(date, Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds), zone);
  const written = `${date}T${hours}:${minutes}:${seconds}${offset ?? ''}`;
  // Servers nearly always write the offset of the zone. Then no conversion is needed.
  return offset === undefined || written === wall ? wall : inZone(written, zone);
}

/** A whole date. Null for a year or a month. */
export function readDate(value: unknown): LocalDate | null {
  const found = text(value);
  return found !== null && isLocalDate(found) ? found : null;
}

/** A FHIR time, cut to the minute. FHIR does not allow `24:00`, but here it is the midnight that ends the day. */
export function readTime(value: unknown): LocalTime | null {
  const found = text(value);
  return found !== null && timeOnly.test(found) ? found.slice(0, 5) : null;
}

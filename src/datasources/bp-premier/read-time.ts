import { inZone, isLocalDate, localInstant } from '../../time/local.ts';
import type { Instant, LocalDate, LocalTime, TimeZone } from '../../time/types.ts';
import { text } from './read-element.ts';

// Rests on assumption F8.

const dateTime =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;
const timeOnly = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)(?::[0-5]\d(?:\.\d+)?)?$/;

/**
 * A FHIR dateTime or instant, to the second, with the offset that `zone` has at that moment. FHIR demands an offset where
 * there is a time; where it is missing all the same, the time is read as wall time in `zone`. Null for anything else, a
 * date without a time included.
 */
export function readInstant(value: unknown, zone: TimeZone): Instant | null {
  const [, date, hours, minutes, seconds = '00', offset] = dateTime.exec(text(value) ?? '') ?? [];
  if (date === undefined || !isLocalDate(date)) return null;
  const wall = localInstant(date, Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds), zone);
  const written = `${date}T${hours}:${minutes}:${seconds}${offset ?? ''}`;
  // Nearly always the server writes the zone's own offset, and then there is nothing to convert.
  return offset === undefined || written === wall ? wall : inZone(written, zone);
}

/** A whole date; a year or a month alone is null. */
export function readDate(value: unknown): LocalDate | null {
  const found = text(value);
  return found !== null && isLocalDate(found) ? found : null;
}

/** A FHIR time, cut to the minute; `24:00`, which FHIR does not know, is the midnight that ends the day. */
export function readTime(value: unknown): LocalTime | null {
  const found = text(value);
  return found !== null && timeOnly.test(found) ? found.slice(0, 5) : null;
}

import { Temporal } from 'temporal-polyfill';

/**
 * Wall times of a zone as FHIR instants. A wall time that does not exist moves forward; one that exists twice is the
 * first (`compatible`).
 */
function zoned(date: string, seconds: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.PlainDate.from(date)
    .toPlainDateTime()
    .add({ seconds })
    .toZonedDateTime(zone, { disambiguation: 'compatible' });
}

function rfc3339(moment: Temporal.ZonedDateTime): string {
  return moment.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/** Offsets of days without a clock change, by zone and date. Nearly all days are; a look-up is much faster than Intl. */
const steadyOffsets = new Map<string, string | null>();

function steadyOffset(date: string, zone: string): string | null {
  const key = `${zone} ${date}`;
  const known = steadyOffsets.get(key);
  if (known !== undefined) return known;
  const [start, end] = [zoned(date, 0, zone).offset, zoned(date, 2 * 86_400, zone).offset];
  const offset = start === end ? start : null;
  steadyOffsets.set(key, offset);
  return offset;
}

function clockText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** `2026-11-23T09:15:00+10:30` of a wall date (`YYYY-MM-DD`) and seconds since its midnight, read off the wall. */
export function instantOf(date: string, seconds: number, zone: string): string {
  const offset = seconds < 86_400 ? steadyOffset(date, zone) : null;
  return offset ? `${date}T${clockText(seconds)}${offset}` : rfc3339(zoned(date, seconds, zone));
}

/** The instant that is `length` seconds of elapsed time after a wall time. */
export function endOf(date: string, seconds: number, length: number, zone: string): string {
  const end = seconds + length;
  const steady = end < 86_400 && steadyOffset(date, zone) !== null;
  return steady ? instantOf(date, end, zone) : rfc3339(zoned(date, seconds, zone).add({ seconds: length }));
}

/** An instant of a wall time as the database writes it: `YYYY-MM-DDTHH:MM:SS`. */
export function instantOfText(wall: string, zone: string): string {
  const [hours = 0, minutes = 0, seconds = 0] = wall.slice(11, 19).split(':').map(Number);
  return instantOf(wall.slice(0, 10), hours * 3600 + minutes * 60 + seconds, zone);
}

/** The wall time in a zone, as the database writes it, of an RFC 3339 instant. */
export function wallTextOf(instant: string, zone: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' });
}

/** FHIR `time` of seconds since midnight. FHIR has no 24:00, so the end of the day is its last second. */
export function timeOf(seconds: number): string {
  return clockText(Math.min(seconds, 86_399));
}

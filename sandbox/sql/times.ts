import { SqlServerError } from './sql-server-error.ts';

const dateText =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?)?(Z| ?[-+]\d{2}:\d{2})?$/;
const timeText = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?$/;

function notADate(): SqlServerError {
  return new SqlServerError(241, 'Conversion failed when converting date and/or time from character string.');
}

function outOfRange(): SqlServerError {
  return new SqlServerError(
    242,
    'The conversion of a varchar data type to a datetime data type resulted in an out-of-range value.',
  );
}

/** `.5` of `500`, nothing of `000`. */
function fraction(digits: string | undefined): string {
  const significant = (digits ?? '').replace(/0+$/, '');
  return significant === '' ? '' : `.${significant}`;
}

function read(text: string): { local: string; offset: string | undefined } {
  const found = dateText.exec(text.trim());
  if (!found) throw notADate();
  const [, year, month, day, hour = '00', minute = '00', second = '00', rest, offset] = found;
  const normal = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = Date.parse(`${normal}Z`);
  if (year === '0000' || Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== normal) {
    throw outOfRange();
  }
  return { local: `${normal}${fraction(rest)}`, offset };
}

/**
 * A date or datetime in text to `YYYY-MM-DDTHH:MM:SS`, with what it has of a fraction. Throws 241 for what is no date, 242
 * for one that does not exist.
 */
export function toDateTime(text: string): string {
  const { local, offset } = read(text);
  if (offset !== undefined && offset !== 'Z') throw notADate();
  return local;
}

/** `datetime` counts in three hundredths of a second. */
export function roundToDateTime(value: string): string {
  if (value.length <= 19) return value;
  const ticks = Math.round(Number(`0${value.slice(19)}`) * 300);
  const base = Date.parse(`${value.slice(0, 19)}Z`);
  const milliseconds = base + Math.round((ticks * 1000) / 300);
  return new Date(milliseconds).toISOString().replace(/\.?0*Z$/, '');
}

/** Throws 241. */
export function toTime(text: string): string {
  const found = timeText.exec(text.trim());
  if (!found) return toDateTime(text).slice(11);
  const [, hour = '', minute = '', second = '00', rest] = found;
  if (hour > '23' || minute > '59' || second > '59') throw notADate();
  return `${hour}:${minute}:${second}${fraction(rest)}`;
}

/** `YYYY-MM-DDTHH:MM:SS+HH:MM`; without an offset it is UTC. Throws 241 and 242. */
export function toOffset(text: string): string {
  const { local, offset = 'Z' } = read(text);
  if (offset === 'Z') return `${local}+00:00`;
  const [hours = 0, minutes = 0] = offset.trim().slice(1).split(':').map(Number);
  if (hours * 60 + minutes > 14 * 60 || minutes > 59) throw notADate();
  return `${local}${offset.trim()}`;
}

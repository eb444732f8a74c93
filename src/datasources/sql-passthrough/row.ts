/** Reading typed values from rows as Halo Cloud sends them. What a row should hold and does not is UpstreamFailed. */
import { UpstreamFailed } from '../../errors.ts';
import type { SqlRow } from '../practice-connection.ts';
import type { LocalDate } from '../practice-data.ts';
import { aliasOf } from './columns.ts';

/** Wall time: a date and seconds since midnight. */
export interface WallTime {
  readonly date: LocalDate;
  readonly seconds: number;
}

/** Bp's columns know no zone: an offset that something on the way has written to a wall time says nothing. */
const dateTimePattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * One row of a statement. A column that was not selected reads as null, and so does a missing one in a row of no other
 * than selected columns: a serialiser may leave out what is NULL. Missing in any other row, or of another type, it throws
 * UpstreamFailed. With a prefix, the row as it concerns one of the things joined in it.
 */
export class Row {
  readonly #values: SqlRow;
  readonly #selected: ReadonlySet<string>;
  readonly #prefix: string;

  constructor(values: SqlRow, selected: ReadonlySet<string>, prefix = '') {
    this.#values = values;
    this.#selected = selected;
    this.#prefix = prefix;
  }

  of(prefix: string): Row {
    return new Row(this.#values, this.#selected, prefix);
  }

  /** Whether the column was selected. */
  has(alias: string): boolean {
    return this.#selected.has(aliasOf(this.#prefix, alias));
  }

  /** Trimmed, as `char(n)` arrives padded; blank is null. */
  text(alias: string): string | null {
    const value = this.#value(alias);
    if (value === null) return null;
    if (typeof value !== 'string') throw this.#unexpected(alias, 'text', value);
    return value.trim() || null;
  }

  /** A whole number, also when it arrives as decimal text. */
  integer(alias: string): number | null {
    const value = this.#value(alias);
    if (value === null) return null;
    const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
      throw this.#unexpected(alias, 'a whole number', value);
    }
    return number;
  }

  /** A whole number that the column always has. */
  number(alias: string): number {
    const number = this.integer(alias);
    if (number === null) throw this.#unexpected(alias, 'a whole number', null);
    return number;
  }

  /** An id as decimal text; 0 is null. */
  id(alias: string): string | null {
    return String(this.integer(alias) || '') || null;
  }

  /** 1 is true. */
  flag(alias: string): boolean | null {
    const value = this.#value(alias);
    if (typeof value === 'boolean') return value;
    const number = this.integer(alias);
    return number === null ? null : number === 1;
  }

  /** The date of a `date` or `datetime` column. */
  date(alias: string): LocalDate | null {
    return this.moment(alias)?.date ?? null;
  }

  /** A date that the column always has. */
  requiredDate(alias: string): LocalDate {
    const date = this.date(alias);
    if (date === null) throw this.#unexpected(alias, 'a date', null);
    return date;
  }

  /** A number of seconds since midnight, up to midnight at the end of the day. */
  secondsOfDay(alias: string): number {
    const seconds = this.number(alias);
    if (seconds < 0 || seconds > 86_400) throw this.#unexpected(alias, 'seconds of a day', seconds);
    return seconds;
  }

  /** A `datetime` column, read as wall time; fractions of a second are dropped. */
  moment(alias: string): WallTime | null {
    const value = this.#value(alias);
    if (value === null) return null;
    const [, date, hours = '0', minutes = '0', seconds = '0'] =
      (typeof value === 'string' && dateTimePattern.exec(value.trim())) || [];
    if (date === undefined || !exists(date)) throw this.#unexpected(alias, 'a date', value);
    return { date, seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) };
  }

  #value(alias: string): unknown {
    const key = aliasOf(this.#prefix, alias);
    if (!this.#selected.has(key)) return null;
    const value = this.#values[key];
    if (value !== undefined) return value;
    if (!this.#isOurs()) throw this.#unexpected(alias, 'a value', undefined);
    return null;
  }

  #isOurs(): boolean {
    const keys = Object.keys(this.#values);
    return keys.length > 0 && keys.every((key) => this.#selected.has(key));
  }

  #unexpected(alias: string, expected: string, value: unknown): UpstreamFailed {
    const came = value === undefined ? 'nothing' : value === null ? 'NULL' : typeof value;
    return new UpstreamFailed(200, {
      detail: `SQL Passthrough: column ${aliasOf(this.#prefix, alias)} should hold ${expected}, but holds ${came}.`,
    });
  }
}

const longMonths: ReadonlySet<number> = new Set([1, 3, 5, 7, 8, 10, 12]);

/** Of `YYYY-MM-DD`, by arithmetic: a Date for each date of each row is a tenth of the reading. */
function exists(date: string): boolean {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  if (month < 1 || month > 12 || day < 1) return false;
  if (month === 2) return day <= (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28);
  return day <= (longMonths.has(month) ? 31 : 30);
}

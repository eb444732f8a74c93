/** Reading typed values from rows as Halo Cloud sends them. What a row should hold and does not is UpstreamFailed. */
import { UpstreamFailed } from '../../errors.ts';
import type { SqlRow } from '../practice-connection.ts';
import type { LocalDate } from '../practice-data.ts';

/** Wall time: a date and seconds since midnight. */
export interface WallTime {
  readonly date: LocalDate;
  readonly seconds: number;
}

/** Reads one thing from any row of a statement. */
export type Reader<T> = (row: SqlRow) => T;

/** Of a column that is not selected. */
export const nothing: Reader<null> = () => null;

/**
 * The columns that a statement selects, by alias. Each method adds one and answers how it is read from a row: readers are
 * made once for a statement, not for each row. `column` is what errors call it.
 *
 * A column that is missing in a row of no other than selected columns is null: a serialiser may leave out what is NULL.
 * Missing in any other row, or of another type, its reader throws UpstreamFailed.
 */
export class Columns {
  readonly #aliases = new Set<string>();

  /** Trimmed, as `char(n)` arrives padded; blank is null. */
  text(alias: string, column = alias): Reader<string | null> {
    const absent = this.#add(alias, column);
    return (row) => {
      const value = row[alias];
      if (typeof value === 'string') return value.trim() || null;
      if (value === null || value === undefined) return absent(row);
      throw unexpected(column, 'text', value);
    };
  }

  /** A whole number, also when it arrives as decimal text. */
  integer(alias: string, column = alias): Reader<number | null> {
    const absent = this.#add(alias, column);
    return (row) => {
      const value = row[alias];
      if (value === null || value === undefined) return absent(row);
      return wholeNumber(value, column);
    };
  }

  /** A whole number that the column always has. */
  number(alias: string, column = alias): Reader<number> {
    const integer = this.integer(alias, column);
    return (row) => {
      const number = integer(row);
      if (number === null) throw unexpected(column, 'a whole number', null);
      return number;
    };
  }

  /** An id as decimal text; 0 is null. */
  id(alias: string, column = alias): Reader<string | null> {
    const integer = this.integer(alias, column);
    return (row) => {
      const number = integer(row);
      return number === null || number === 0 ? null : String(number);
    };
  }

  /** 1 is true. */
  flag(alias: string, column = alias): Reader<boolean | null> {
    const integer = this.integer(alias, column);
    return (row) => {
      const value = row[alias];
      if (typeof value === 'boolean') return value;
      const number = integer(row);
      return number === null ? null : number === 1;
    };
  }

  /** The date of a `date` or `datetime` column. */
  date(alias: string, column = alias): Reader<LocalDate | null> {
    const absent = this.#add(alias, column);
    return (row) => {
      const value = row[alias];
      if (value === null || value === undefined) return absent(row);
      return isDate(value) ? value : wallTime(value, column).date;
    };
  }

  /** A date that the column always has. */
  requiredDate(alias: string, column = alias): Reader<LocalDate> {
    const date = this.date(alias, column);
    return (row) => {
      const value = date(row);
      if (value === null) throw unexpected(column, 'a date', null);
      return value;
    };
  }

  /** A number of seconds since midnight, up to midnight at the end of the day. */
  secondsOfDay(alias: string, column = alias): Reader<number> {
    const number = this.number(alias, column);
    return (row) => {
      const seconds = number(row);
      if (seconds < 0 || seconds > 86_400) throw unexpected(column, 'seconds of a day', seconds);
      return seconds;
    };
  }

  /** A `datetime` column, read as wall time; fractions of a second are dropped. */
  moment(alias: string, column = alias): Reader<WallTime | null> {
    const absent = this.#add(alias, column);
    return (row) => {
      const value = row[alias];
      return value === null || value === undefined ? absent(row) : wallTime(value, column);
    };
  }

  /** What the column is where a row holds no value. */
  #add(alias: string, column: string): Reader<null> {
    this.#aliases.add(alias);
    return (row) => {
      if (row[alias] === undefined && !this.#areOurs(Object.keys(row))) {
        throw unexpected(column, 'a value', undefined);
      }
      return null;
    };
  }

  #areOurs(keys: readonly string[]): boolean {
    return keys.length > 0 && keys.every((key) => this.#aliases.has(key));
  }
}

function wholeNumber(value: unknown, column: string): number {
  const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
    throw unexpected(column, 'a whole number', value);
  }
  return number;
}

/** Bp's columns know no zone: an offset that something on the way has written to a wall time says nothing. */
const dateTimePattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

function wallTime(value: unknown, column: string): WallTime {
  const [, date, hours = '0', minutes = '0', seconds = '0'] =
    (typeof value === 'string' && dateTimePattern.exec(value.trim())) || [];
  if (!isDate(date)) throw unexpected(column, 'a date', value);
  return { date, seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) };
}

const longMonths: ReadonlySet<number> = new Set([1, 3, 5, 7, 8, 10, 12]);

/** A date that exists, as `YYYY-MM-DD`. By its characters: there are several in each row. */
function isDate(value: unknown): value is LocalDate {
  if (typeof value !== 'string' || value.length !== 10 || value[4] !== '-' || value[7] !== '-') return false;
  const year = digits(value, 0, 4);
  const month = digits(value, 5, 7);
  const day = digits(value, 8, 10);
  // A comparison with NaN does not hold.
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return false;
  if (month === 2) return day <= (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28);
  return day <= (longMonths.has(month) ? 31 : 30);
}

/** The number that these characters write; NaN when one is no digit. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN;
  }
  return number;
}

function unexpected(column: string, expected: string, value: unknown): UpstreamFailed {
  const came = value === undefined ? 'nothing' : value === null ? 'NULL' : typeof value;
  return new UpstreamFailed(200, {
    detail: `SQL Passthrough: column ${column} should hold ${expected}, but holds ${came}.`,
  });
}

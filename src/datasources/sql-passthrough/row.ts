/**
 * Reads typed values from rows of Halo Cloud. A reader throws UpstreamFailed for a missing or wrong value. Then the row is
 * unreadable.
 */

import { type Cells, type CellsOf, cellsOf } from '../../engine/row-decoder.ts';
import { UpstreamFailed } from '../../errors.ts';
import { isCalendarDate } from '../../time/calendar-date.ts';
import type { LocalDate } from '../../time/types.ts';
import type { RecordName } from '../domain/unreadable-rows.ts';

/** Wall time: a date and seconds since midnight. */
export interface WallTime {
  readonly date: LocalDate;
  readonly seconds: number;
}

/** Reads one value from the cells of any row of a statement. */
export type Reader<T> = (row: Cells) => T;

/** The reader of a column that is not selected. */
export const nothing: Reader<null> = () => null;

/**
 * The columns that a statement selects, by alias. Each method adds a column and returns its reader. Readers are created once
 * for a statement, not for each row. Errors use the name `column`. Readers get the cells of a row, not the row.
 *
 * A serialiser may omit NULL. So a missing column is null when all columns of the row are selected ones. In any other row,
 * or for a wrong type, the reader throws UpstreamFailed.
 */
export class Columns {
  /** In the order of the cells. */
  readonly #aliases: string[] = [];

  /** Read this only after all columns are added. */
  get cellsOf(): CellsOf {
    return cellsOf([...this.#aliases]);
  }

  /** The unchanged cell. */
  cell(alias: string): Reader<unknown> {
    const index = this.#indexOf(alias);
    return (row) => row[index];
  }

  /** Names the record of an unreadable row: `alias` is the column of its id. */
  recordName(table: string, alias: string): Reader<RecordName> {
    const id = this.cell(alias);
    return (row) => ({ table, id: id(row) });
  }

  /** Trimmed, as `char(n)` arrives padded; blank is null. */
  text(alias: string, column = alias): Reader<string | null> {
    const index = this.#indexOf(alias);
    return (row) => {
      const value = row[index];
      if (typeof value === 'string') return trimmed(value);
      if (value === null || value === undefined) return this.#absent(row, index, column);
      throw unexpected(column, 'text', value);
    };
  }

  /** A whole number, also when it arrives as decimal text. */
  integer(alias: string, column = alias): Reader<number | null> {
    const index = this.#indexOf(alias);
    return (row) => {
      const value = row[index];
      return isWhole(value) ? value : this.#otherNumber(row, index, column);
    };
  }

  /** A whole number that the column always has. */
  number(alias: string, column = alias): Reader<number> {
    const index = this.#indexOf(alias);
    return (row) => {
      const value = row[index];
      const number = isWhole(value) ? value : this.#otherNumber(row, index, column);
      if (number === null) throw unexpected(column, 'a whole number', null);
      return number;
    };
  }

  /** An id as decimal text; 0 is null. */
  id(alias: string, column = alias): Reader<string | null> {
    const index = this.#indexOf(alias);
    return (row) => {
      const value = row[index];
      const number = isWhole(value) ? value : this.#otherNumber(row, index, column);
      return number === null || number === 0 ? null : String(number);
    };
  }

  /** 1 is true. */
  flag(alias: string, column = alias): Reader<boolean | null> {
    const index = this.#indexOf(alias);
    const integer = this.integer(alias, column);
    return (row) => {
      const value = row[index];
      if (typeof value === 'boolean') return value;
      const number = integer(row);
      return number === null ? null : number === 1;
    };
  }

  /** The date of a `date` or `datetime` column. */
  date(alias: string, column = alias): Reader<LocalDate | null> {
    const index = this.#indexOf(alias);
    return (row) => {
      const value = row[index];
      if (value === null || value === undefined) return this.#absent(row, index, column);
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
    const index = this.#indexOf(alias);
    return (row) => {
      const value = row[index];
      return value === null || value === undefined
        ? this.#absent(row, index, column)
        : wallTime(value, column);
    };
  }

  /** The index of the cell in each row. */
  #indexOf(alias: string): number {
    const known = this.#aliases.indexOf(alias);
    return 1 + (known === -1 ? this.#aliases.push(alias) - 1 : known);
  }

  /** The value of a missing column. */
  #absent(row: Cells, index: number, column: string): null {
    if (row[index] === undefined && !this.#areOurs(Object.keys(row[0]))) {
      throw unexpected(column, 'a value', undefined);
    }
    return null;
  }

  #areOurs(keys: readonly string[]): boolean {
    return keys.length > 0 && keys.every((key) => this.#aliases.includes(key));
  }

  /** The number of a cell that is not a JSON number: decimal text, or no value. */
  #otherNumber(row: Cells, index: number, column: string): number | null {
    const value = row[index];
    if (value === null || value === undefined) return this.#absent(row, index, column);
    const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
    if (!isWhole(number)) throw unexpected(column, 'a whole number', value);
    return number;
  }
}

/** Bp Premier's numbers are SQL Server INTs. */
function isWhole(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

/** Null for blank text. Checks the first and last characters first, because most texts need no trimming. */
function trimmed(text: string): string | null {
  return isPrinted(text.charCodeAt(0)) && isPrinted(text.charCodeAt(text.length - 1))
    ? text
    : text.trim() || null;
}

/** True for printed ASCII characters. False for NaN, the code beyond either end of a text. */
function isPrinted(code: number): boolean {
  return code > 32 && code < 127;
}

/** Bp's columns have no zone. An offset after a wall time was added on the way and is ignored. */
const dateTimePattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

function wallTime(value: unknown, column: string): WallTime {
  const [, date, hours = '0', minutes = '0', seconds = '0'] =
    (typeof value === 'string' && dateTimePattern.exec(value.trim())) || [];
  if (!isDate(date)) throw unexpected(column, 'a date', value);
  return { date, seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) };
}

const isDate = (value: unknown): value is LocalDate => typeof value === 'string' && isCalendarDate(value);

function unexpected(column: string, expected: string, value: unknown): UpstreamFailed {
  const came = value === undefined ? 'nothing' : value === null ? 'NULL' : typeof value;
  return new UpstreamFailed(200, {
    detail: `SQL Passthrough: column ${column} should hold ${expected}, but holds ${came}.`,
  });
}

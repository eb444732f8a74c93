/** The select list of a statement, and how its rows are read: a column is selected by asking for its reader. */

import type { CellsOf } from '../../engine/row-decoder.ts';
import type { Selection } from '../domain/selection.ts';
import type { RecordName } from '../domain/unreadable-rows.ts';
import { Columns, nothing, type Reader, type WallTime } from './row.ts';

/**
 * The select list of a statement as it grows, and the joins that it needs in the order they were asked for. Each row
 * repeats the names of its columns, so these are one letter each; errors name the column itself. `column` has its table's
 * alias: `p.FIRSTNAME`. `join` brings that table, where the noun's own is not enough.
 */
export class SelectList {
  readonly #columns = new Columns();
  /** By what is selected. */
  readonly #aliases = new Map<string, string>();
  readonly #joins = new Set<string>();

  /** Names the record of an unreadable row: `column` holds its id. */
  recordName(table: string, column: string): Reader<RecordName> {
    return this.#columns.recordName(table, this.#select(column));
  }

  text(column: string, join?: string): Reader<string | null> {
    return this.#columns.text(this.#select(trimmed(column), join), column);
  }

  integer(column: string, join?: string): Reader<number | null> {
    return this.#columns.integer(this.#select(column, join), column);
  }

  number(column: string): Reader<number> {
    return this.#columns.number(this.#select(column), column);
  }

  id(column: string, join?: string): Reader<string | null> {
    return this.#columns.id(this.#select(column, join), column);
  }

  flag(column: string): Reader<boolean | null> {
    return this.#columns.flag(this.#select(column), column);
  }

  date(column: string): Reader<string | null> {
    return this.#columns.date(this.#select(dateOf(column)), column);
  }

  requiredDate(column: string): Reader<string> {
    return this.#columns.requiredDate(this.#select(dateOf(column)), column);
  }

  secondsOfDay(column: string): Reader<number> {
    return this.#columns.secondsOfDay(this.#select(column), column);
  }

  moment(column: string): Reader<WallTime | null> {
    return this.#columns.moment(this.#select(column), column);
  }

  /** In order. To be asked for when everything is selected, as what follows. */
  get aliases(): readonly string[] {
    return [...this.#aliases.values()];
  }

  get cellsOf(): CellsOf {
    return this.#columns.cellsOf;
  }

  join(text: string): this {
    this.#joins.add(text);
    return this;
  }

  /** `a.RECORDID AS a, RTRIM(p.FIRSTNAME) AS b` */
  get columns(): string {
    return [...this.#aliases].map(([selected, alias]) => `${selected} AS ${alias}`).join(', ');
  }

  get joins(): readonly string[] {
    return [...this.#joins];
  }

  #select(selected: string, join?: string): string {
    if (join !== undefined) this.#joins.add(join);
    const known = this.#aliases.get(selected);
    if (known !== undefined) return known;
    const alias = aliasAt(this.#aliases.size);
    this.#aliases.set(selected, alias);
    return alias;
  }
}

/** The blanks that `char(n)` is padded with are more than everything else. */
export const trimmed = (column: string): string => `RTRIM(${column})`;

/** `YYYY-MM-DD`: without the midnight that a `datetime` column holds behind it. */
export const dateOf = (column: string): string => `CONVERT(char(10), ${column}, 23)`;

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** `a` to `z`, `a1` to `z1`, and so on: none is a word of T-SQL. */
export function aliasAt(index: number): string {
  const round = Math.floor(index / letters.length);
  return `${letters[index % letters.length]}${round === 0 ? '' : round}`;
}

/** Asks for a reader where one of the fields is selected; else the column is not, and reads as null. */
type WhereSelected = <T>(fields: readonly string[], reader: () => Reader<T>) => Reader<T | null>;

export function whereSelected(selection: Selection): WhereSelected {
  return (fields, reader) => (fields.some((field) => Object.hasOwn(selection, field)) ? reader() : nothing);
}

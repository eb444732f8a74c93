/** The select list of a statement, and the readers of its rows. */

import type { CellsOf } from '../../engine/row-decoder.ts';
import type { Selection } from '../domain/selection.ts';
import type { RecordName } from '../domain/unreadable-rows.ts';
import type { Codes } from './codes.ts';
import { Columns, nothing, type Reader, type WallTime } from './row.ts';

/**
 * Collects the select list of a statement and its joins, in order of use. A method that creates a reader also selects its
 * column. Each row repeats the names of its columns, so the aliases are one letter each. Errors name the column itself.
 * `column` starts with the alias of its table: `p.FIRSTNAME`. `join` adds that table when it is not the main one.
 */
export class SelectList {
  /** The codes of the practice whose rows are read. */
  readonly codes: Codes;
  readonly #columns = new Columns();
  /** Aliases by selected expression. */
  readonly #aliases = new Map<string, string>();
  readonly #joins = new Set<string>();

  constructor(codes: Codes) {
    this.codes = codes;
  }

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

  /** In order. Read this, and the members below, only after all columns are selected. */
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

/** Removes the padding of `char(n)`, which is longer than all other content. */
export const trimmed = (column: string): string => `RTRIM(${column})`;

/** `YYYY-MM-DD`, without the midnight that a `datetime` column adds. */
export const dateOf = (column: string): string => `CONVERT(char(10), ${column}, 23)`;

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** `a` to `z`, `a1` to `z1`, and so on. None is a T-SQL keyword. */
export function aliasAt(index: number): string {
  const round = Math.floor(index / letters.length);
  return `${letters[index % letters.length]}${round === 0 ? '' : round}`;
}

/** Creates the reader when one of the fields is selected. Otherwise the column is not selected and reads as null. */
type WhereSelected = <T>(fields: readonly string[], reader: () => Reader<T>) => Reader<T | null>;

export function whereSelected(selection: Selection): WhereSelected {
  return (fields, reader) => (fields.some((field) => Object.hasOwn(selection, field)) ? reader() : nothing);
}

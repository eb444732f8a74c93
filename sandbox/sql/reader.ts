import type { PracticeDatabase } from '../database/practice-database.ts';
import type { Condition, Expression, Query } from './ast.ts';
import { Budget } from './budget.ts';
import { Binder } from './emitted.ts';
import { kept } from './integers.ts';
import type { Clock } from './procedure.ts';
import { defineRunTime } from './run-time.ts';
import type { OutColumn } from './scope.ts';
import { type Cell, type RawValue, shown } from './shown.ts';
import { asSqlServerError } from './sqlite-error.ts';
import { translateQuery } from './translate-query.ts';
import type { Kind, SqlValue, Variables } from './values.ts';

/**
 * What a cell is on its way into JSON: text, numbers and bits as they are, dates `YYYY-MM-DDTHH:MM:SS` with what they have of
 * a fraction, binary as base64, whole numbers beyond 2^53 in text.
 */
export type JsonRow = Readonly<Record<string, Cell>>;

export interface ResultSet {
  readonly columns: readonly string[];
  readonly rows: IterableIterator<JsonRow>;
}

export interface RawRows {
  readonly kinds: readonly Kind[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/** Reads one practice's database by T-SQL's tree. Throws SqlServerError for what a row's value raises. */
export class Reader {
  readonly #database: PracticeDatabase;
  readonly #now: Clock;
  readonly budget = new Budget();
  #failure: unknown;

  constructor(database: PracticeDatabase, now: Clock) {
    this.#database = database;
    this.#now = now;
    defineRunTime(database, this.budget, (error) => {
      this.#failure = error;
    });
  }

  binder(variables: Variables): Binder {
    return new Binder(variables, this.#now());
  }

  /** A result in its sent form: char(n) padded, bits as booleans. Rows are read while they are iterated. */
  select(query: Query, variables: Variables): ResultSet {
    const binder = this.binder(variables);
    const { sql, columns } = translateQuery(query, null, binder);
    const names = columns.map(({ name }, index) => (name === '' ? `Column${index + 1}` : name));
    return { columns: names, rows: this.#shown(sql, binder, columns, names) };
  }

  /** A result as the database keeps it. */
  values(query: Query, variables: Variables): RawRows {
    const binder = this.binder(variables);
    const { sql, columns } = translateQuery(query, null, binder);
    const exact = columns.some(({ wide }) => wide);
    return { kinds: columns.map(({ kind }) => kind), rows: this.raw(sql, binder, exact) };
  }

  /** Rows of SQL that was translated already. */
  raw(sql: string, binder: Binder, exact = false): SqlValue[][] {
    const rows: SqlValue[][] = [];
    for (const row of this.#each(sql, binder, exact)) {
      rows.push(row.map((value) => (typeof value === 'bigint' ? kept(value) : value)));
    }
    return rows;
  }

  /** All rows of a result. Throws 701 for more than can be kept. */
  whole({ rows }: ResultSet): JsonRow[] {
    const all: JsonRow[] = [];
    for (const row of rows) {
      this.budget.keep(row);
      all.push(row);
    }
    return all;
  }

  value(expression: Expression, variables: Variables): SqlValue {
    return this.values(selectOf(expression), variables).rows[0]?.[0] ?? null;
  }

  holds(condition: Condition, variables: Variables): boolean {
    const one = (value: string): Expression => ({ is: 'number', value });
    return this.value({ is: 'iif', condition, yes: one('1'), no: one('0') }, variables) === 1;
  }

  *#shown(
    sql: string,
    binder: Binder,
    columns: readonly OutColumn[],
    names: readonly string[],
  ): IterableIterator<JsonRow> {
    const exact = columns.some(({ wide }) => wide);
    for (const values of this.#each(sql, binder, exact)) {
      const cells = columns.map((column, index) => [names[index], shown(values[index] ?? null, column)]);
      yield Object.fromEntries(cells) as Record<string, Cell>;
    }
  }

  *#each(sql: string, binder: Binder, exact: boolean): IterableIterator<RawValue[]> {
    this.#failure = undefined;
    try {
      yield* this.#database.each(sql, binder.values, exact);
    } catch (error) {
      throw asSqlServerError(this.#failure ?? error);
    }
  }
}

function selectOf(value: Expression): Query {
  const items = [{ value, alias: 'v' }];
  const select = { distinct: false, top: null, items, from: null, where: null, group: [], having: null };
  return { with: [], arms: [select], operators: [], order: [], offset: null, fetch: null };
}

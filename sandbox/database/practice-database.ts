import type { Database, Statement } from 'sql.js';
import type { PracticeSpec } from '../practices.ts';
import { createTable, tables } from './schema.ts';
import { seedPractice } from './seed.ts';
import { emptyDatabase } from './sqlite.ts';

type SqlValue = string | number | null;

/** One practice's Bp Premier database, in SQLite's dialect. Throws what SQLite throws. */
export interface PracticeDatabase {
  /** Rows as objects keyed by column name. Parameters by name with their sign: `{ '@from': '2026-11-23' }`. */
  all<T = Record<string, SqlValue>>(sqliteSql: string, params?: Readonly<Record<string, SqlValue>>): T[];
  /**
   * Rows one at a time, as arrays in the order of the columns. If they are not read to the end, call `return`.
   * `exact`: integers as bigint.
   */
  each(
    sqliteSql: string,
    params?: Readonly<Record<string, SqlValue>>,
    exact?: boolean,
  ): IterableIterator<(SqlValue | bigint)[]>;
  run(sqliteSql: string, params?: Readonly<Record<string, SqlValue>>): void;
  /** Runs SQL at once, or, where the database is not generated yet, when it is. */
  setUp(sqliteSql: string): void;
  /** Makes a function of JavaScript known to SQL. */
  define(name: string, implementation: (...values: SqlValue[]) => SqlValue): void;
}

/** Members that are missing in the published types. */
type ExactStatement = Omit<Statement, 'get'> & {
  get(params: null, config: { readonly useBigInt: boolean }): unknown[];
};

const indexes = [
  'CREATE INDEX APPOINTMENTS2 ON APPOINTMENTS (APPOINTMENTDATE)',
  'CREATE INDEX APPOINTMENTS1 ON APPOINTMENTS (USERID, APPOINTMENTDATE)',
  'CREATE INDEX APPOINTMENTS4 ON APPOINTMENTS (INTERNALID, APPOINTMENTDATE)',
  'CREATE INDEX EMAIL1 ON EMAIL (INTERNALID)',
  'CREATE INDEX CANCELLED1 ON CANCELLEDAPPOINTMENTS (APPOINTMENTID)',
];

function generate(practice: PracticeSpec, today: string): Database {
  const database = emptyDatabase();
  database.run(['BEGIN', ...[...tables.values()].map(createTable)].join(';'));
  for (const statement of seedPractice(practice, today)) database.run(statement);
  database.run([...indexes, 'COMMIT', 'ANALYZE'].join(';'));
  return database;
}

/**
 * The database of a practice, generated on first use from its id and `today` (`YYYY-MM-DD`) alone: the same arguments
 * give the same rows.
 */
export function openPracticeDatabase(practice: PracticeSpec, today: string): PracticeDatabase {
  let opened: Database | undefined;
  const functions = new Map<string, (...values: SqlValue[]) => SqlValue>();
  const setUps: string[] = [];
  const open = (): Database => {
    if (!opened) {
      opened = generate(practice, today);
      for (const [name, implementation] of functions) opened.create_function(name, implementation);
      for (const sql of setUps) opened.run(sql);
    }
    return opened;
  };
  return {
    all<T>(sqliteSql: string, params: Readonly<Record<string, SqlValue>> = {}): T[] {
      const statement = open().prepare(sqliteSql);
      try {
        statement.bind({ ...params });
        const rows: T[] = [];
        const names = statement.getColumnNames();
        while (statement.step()) {
          const values = statement.get();
          rows.push(Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])) as T);
        }
        return rows;
      } finally {
        statement.free();
      }
    },
    *each(sqliteSql, params = {}, exact = false) {
      const statement: ExactStatement = open().prepare(sqliteSql);
      try {
        statement.bind({ ...params });
        while (statement.step()) yield statement.get(null, { useBigInt: exact }) as (SqlValue | bigint)[];
      } finally {
        statement.free();
      }
    },
    run(sqliteSql, params = {}) {
      open().run(sqliteSql, { ...params });
    },
    setUp(sqliteSql) {
      if (opened) opened.run(sqliteSql);
      else setUps.push(sqliteSql);
    },
    define(name, implementation) {
      functions.set(name, implementation);
      opened?.create_function(name, implementation);
    },
  };
}

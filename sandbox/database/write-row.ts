import { inCodePage } from './code-page.ts';
import type { PracticeDatabase } from './practice-database.ts';
import type { TableName } from './schema.ts';

/** Values by column name, in SQLite's types. */
export type Values = Readonly<Record<string, string | number | null>>;

/** The time of a write, in local time of the location (`YYYY-MM-DDTHH:MM:SS`), and its user; 0 is no user. */
export interface Stamp {
  readonly now: string;
  readonly by: number;
}

/** Inserts one row. Missing columns get their defaults. Returns the id if the table has a key. */
export function insertRow(database: PracticeDatabase, table: TableName, values: Values): number {
  const names = Object.keys(values);
  database.run(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
    named(values),
  );
  return database.all<{ id: number }>('SELECT last_insert_rowid() AS id')[0]?.id ?? 0;
}

/** Inserts a current row with its author and time. */
export function addCurrentRow(
  database: PracticeDatabase,
  table: TableName,
  values: Values,
  { now, by }: Stamp,
): number {
  return insertRow(database, table, { RECORDSTATUS: 1, ...values, CREATED: now, CREATEDBY: by });
}

/** Updates the rows that match `where` (`USERID = @user`), and sets their update columns. */
export function changeRows(
  database: PracticeDatabase,
  table: TableName,
  columns: Values,
  where: { readonly sql: string; readonly values: Values },
  { now, by }: Stamp,
): void {
  const values = { ...columns, UPDATED: now, UPDATEDBY: by };
  const assignments = Object.keys(values).map((name) => `${name} = @${name}`);
  database.run(`UPDATE ${table} SET ${assignments.join(', ')} WHERE ${where.sql}`, {
    ...named(values),
    ...where.values,
  });
}

function named(values: Values): Values {
  // No table has nchar or nvarchar columns.
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      `@${name}`,
      typeof value === 'string' ? inCodePage(value) : value,
    ]),
  );
}

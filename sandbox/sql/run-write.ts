import type { Column, Table } from '../database/schema.ts';
import { checkGrant } from './grants.ts';
import { SqlServerError } from './sql-server-error.ts';
import type { Delete, Insert, Update } from './statements.ts';
import { storable } from './store-value.ts';
import type { Surroundings } from './surroundings.ts';
import { tableNamed, translateTargets } from './translate-write.ts';
import type { Kind, SqlValue, Variables } from './values.ts';

// Rests on assumption S32.

export interface Written {
  readonly count: number;
  /** Identity of the last inserted row; null for none. */
  readonly identity: number | null;
}

/** Carries out INSERT, UPDATE or DELETE; all its rows or none. Throws SqlServerError. */
export function runWrite(
  statement: Insert | Update | Delete,
  variables: Variables,
  around: Surroundings,
): Written {
  const table = tableNamed(statement.table);
  if (statement.is === 'insert') return insert(statement, table, variables, around);
  return change(statement, table, variables, around);
}

function insert(
  statement: Insert,
  table: Table,
  variables: Variables,
  { reader, database }: Surroundings,
): Written {
  const listed = statement.columns?.map((name) => columnNamed(table, name));
  const columns = listed ?? table.columns.filter(({ name }) => name !== table.key);
  const names = columns.map(({ name }) => name);
  checkGrant('INSERT', table.name, names);
  checkNames(names, table);
  if (table.key && names.includes(table.key)) {
    throw new SqlServerError(
      544,
      `Cannot insert explicit value for identity column in table '${table.name}' when IDENTITY_INSERT is set to OFF.`,
    );
  }
  const { kinds, rows } = reader.values(statement.rows, variables);
  if (kinds.length !== columns.length) throw widthError(statement, kinds.length, columns.length);
  const left = table.columns.filter(({ name }) => name !== table.key && !names.includes(name));
  const stored = rows.map((row) => [
    ...columns.map((column, index) => store(row[index] ?? null, kinds[index], column, table, 'INSERT')),
    ...left.map((column) => store(null, 'null', column, table, 'INSERT')),
  ]);
  const all = [...names, ...left.map(({ name }) => name)];
  const sql = `INSERT INTO "${table.name}" (${all.map((name) => `"${name}"`).join(', ')}) VALUES (${all.map((_, index) => `:v${index}`).join(', ')})`;
  for (const row of stored) database.run(sql, bound(row));
  const [last] = stored.length > 0 ? database.all<{ id: number }>('SELECT last_insert_rowid() AS id') : [];
  return { count: stored.length, identity: table.key && last ? last.id : null };
}

function change(
  statement: Update | Delete,
  table: Table,
  variables: Variables,
  { reader, database }: Surroundings,
): Written {
  const columns = statement.is === 'update' ? statement.set.map(({ name }) => columnNamed(table, name)) : [];
  const names = columns.map(({ name }) => name);
  checkGrant(statement.is === 'update' ? 'UPDATE' : 'DELETE', table.name, names);
  checkNames(names, table);
  if (table.key && names.includes(table.key)) {
    throw new SqlServerError(8102, `Cannot update identity column '${table.key}'.`);
  }
  const binder = reader.binder(variables);
  const { sql, kinds } = translateTargets(statement, table, binder);
  const targets = reader.raw(sql, binder).map(([row = null, ...values]) => ({
    row,
    values: columns.map((column, index) =>
      store(values[index] ?? null, kinds[index], column, table, 'UPDATE'),
    ),
  }));
  const action =
    statement.is === 'update'
      ? `UPDATE "${table.name}" SET ${names.map((name, index) => `"${name}" = :v${index}`).join(', ')}`
      : `DELETE FROM "${table.name}"`;
  for (const { row, values } of targets)
    database.run(`${action} WHERE rowid = :row`, { ...bound(values), ':row': row });
  return { count: targets.length, identity: null };
}

function store(
  value: SqlValue,
  kind: Kind | undefined,
  column: Column,
  table: Table,
  action: string,
): SqlValue {
  return storable(value, kind ?? 'null', column, table, action);
}

function bound(values: readonly SqlValue[]): Record<string, SqlValue> {
  return Object.fromEntries(values.map((value, index) => [`:v${index}`, value]));
}

function columnNamed(table: Table, name: string): Column {
  const column = table.columns.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!column) throw new SqlServerError(207, `Invalid column name '${name}'.`);
  return column;
}

function checkNames(names: readonly string[], table: Table): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (!twice) return;
  throw new SqlServerError(
    264,
    `The column name '${twice}' is specified more than once in the SET clause or column list of an INSERT. A column cannot be assigned more than one value in the same clause; table '${table.name}'.`,
  );
}

function widthError({ columns, listed }: Insert, given: number, wanted: number): SqlServerError {
  if (!columns) {
    return new SqlServerError(
      213,
      'Column name or number of supplied values does not match table definition.',
    );
  }
  const more = given < wanted;
  const list = listed ? 'values specified in the VALUES clause' : 'items in the select list';
  const number = listed ? (more ? 109 : 110) : more ? 120 : 121;
  return new SqlServerError(
    number,
    `There are ${more ? 'more' : 'fewer'} columns in the INSERT statement than ${list}.`,
  );
}

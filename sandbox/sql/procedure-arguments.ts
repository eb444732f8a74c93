import { tables } from '../database/schema.ts';
import type { Arguments, ProcedureParameter } from './procedure.ts';
import { SqlServerError } from './sql-server-error.ts';

export function parameter(
  name: string,
  kind: ProcedureParameter['kind'] = 'int',
  optional = false,
): ProcedureParameter {
  return { name, kind, optional };
}

/** A parameter of the type of a table's column: a text is cut to its length. */
export function parameterOf(table: string, column: string, optional = false): ProcedureParameter {
  const type = tables.get(table)?.columns.find(({ name }) => name === column)?.type;
  const name = `@${column.toLowerCase()}`;
  if (!type) throw new Error(`No column ${table}.${column}`);
  if (type.kind === 'int' || type.kind === 'datetime') return { name, kind: type.kind, optional };
  return { name, kind: 'text', length: type.length, optional };
}

/** An error that a procedure raises with its own message. */
export function raised(text: string): SqlServerError {
  return new SqlServerError(50000, text);
}

export function mustNotBeNull(name: string): SqlServerError {
  return new SqlServerError(
    515,
    `Cannot insert the value NULL into a column that does not allow nulls; ${name} was NULL. INSERT fails.`,
  );
}

/** A number that the table cannot be without. Throws 515. */
export function numberIn(args: Arguments, name: string): number {
  const value = args[name];
  if (typeof value === 'number') return value;
  throw mustNotBeNull(name);
}

export function textIn(args: Arguments, name: string): string | null {
  const value = args[name];
  return typeof value === 'string' ? value : null;
}

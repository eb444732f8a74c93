import { type Table, tables } from '../database/schema.ts';
import type { Binder } from './emitted.ts';
import { padded } from './emitted.ts';
import { Scope } from './scope.ts';
import { SqlServerError } from './sql-server-error.ts';
import type { Delete, Update } from './statements.ts';
import { ExpressionTranslator } from './translate-expression.ts';
import { columnOf } from './translate-from.ts';
import { translateQuery } from './translate-query.ts';
import type { Kind } from './values.ts';

/** A table by its name, case aside. Throws 208. */
export function tableNamed(name: string): Table {
  const table = tables.get(name.toUpperCase());
  if (!table) throw new SqlServerError(208, `Invalid object name '${name}'.`);
  return table;
}

/** The rows that an UPDATE or DELETE is about: `row`, and `v0`, `v1` ... for the values to set. */
export function translateTargets(
  statement: Update | Delete,
  table: Table,
  binder: Binder,
): { sql: string; kinds: readonly Kind[] } {
  const scope = new Scope(null);
  scope.add(
    statement.table,
    table.columns.map(({ name, type }) => columnOf(name, type)),
  );
  const translator = new ExpressionTranslator(scope, binder, translateQuery);
  const set = statement.is === 'update' ? statement.set : [];
  const values = set.map(({ value }) => translator.expression(value));
  const where = statement.where ? ` WHERE ${translator.condition(statement.where)}` : '';
  if (scope.aggregated) {
    throw new SqlServerError(157, 'An aggregate may not appear in the set list of an UPDATE statement.');
  }
  const shown = values.map((value, index) => `, ${padded(value)} AS v${index}`).join('');
  const alias = `"${statement.table.replaceAll('"', '""')}"`;
  return {
    sql: `SELECT ${alias}.rowid AS row${shown} FROM "${table.name}" AS ${alias}${where}`,
    kinds: values.map(({ kind }) => kind),
  };
}

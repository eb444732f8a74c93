import type { Expression, Query } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { ExpressionParser } from './parse-expression.ts';
import { objectName, parseQuery } from './parse-query.ts';
import { SqlServerError } from './sql-server-error.ts';
import type { Assignment, Delete, Insert, Update } from './statements.ts';

/** SQL Server takes no more in one VALUES list. */
const maxListed = 1000;

/** INSERT, UPDATE or DELETE of one table. The cursor is after that keyword. */
export function parseWrite(action: 'INSERT' | 'UPDATE' | 'DELETE', cursor: Cursor): Insert | Update | Delete {
  const expressions = new ExpressionParser(cursor, parseQuery);
  if (action === 'INSERT') cursor.acceptWords('INTO');
  if (action === 'DELETE') cursor.acceptWords('FROM');
  const table = objectName(cursor.path());
  if (action === 'INSERT') return insert(table, cursor, expressions);
  const set = action === 'UPDATE' ? assignments(cursor, expressions) : [];
  const where = cursor.acceptWords('WHERE') ? expressions.condition() : null;
  return action === 'UPDATE' ? { is: 'update', table, set, where } : { is: 'delete', table, where };
}

function assignments(cursor: Cursor, expressions: ExpressionParser): Assignment[] {
  cursor.expectWords('SET');
  return cursor.list(() => {
    const name = cursor.path().at(-1) ?? '';
    cursor.expectSymbol('=');
    return { name, value: expressions.expression() };
  });
}

function insert(table: string, cursor: Cursor, expressions: ExpressionParser): Insert {
  let columns: string[] | null = null;
  if (cursor.isSymbol('(') && cursor.isName(1)) {
    cursor.expectSymbol('(');
    columns = cursor.list(() => cursor.expectName());
    cursor.expectSymbol(')');
  }
  if (!cursor.acceptWords('VALUES')) {
    return { is: 'insert', table, columns, rows: parseQuery(cursor), listed: false };
  }
  const rows = cursor.list(() => {
    cursor.expectSymbol('(');
    const row = cursor.list(() => expressions.expression());
    cursor.expectSymbol(')');
    return row;
  });
  if (rows.length > maxListed) {
    throw new SqlServerError(
      10738,
      'The number of row value expressions in the INSERT statement exceeds the maximum allowed number of 1000 row values.',
    );
  }
  return { is: 'insert', table, columns, rows: listed(rows), listed: true };
}

function listed(rows: readonly (readonly Expression[])[]): Query {
  const width = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== width)) {
    throw new SqlServerError(
      10709,
      'The number of columns for each row in a table value constructor must be the same.',
    );
  }
  const columns = Array.from({ length: width }, (_, index) => `c${index}`);
  const items = columns.map((name) => ({ value: { is: 'column' as const, path: ['v', name] }, alias: null }));
  const from = { is: 'values' as const, rows, alias: 'v', columns };
  const select = { distinct: false, top: null, items, from, where: null, group: [], having: null };
  return { with: [], arms: [select], operators: [], order: [], offset: null, fetch: null };
}

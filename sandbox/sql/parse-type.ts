import type { CastTarget } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { SqlServerError } from './sql-server-error.ts';

/** Maximum length of a text that is not varchar(max). */
const maxLength = 8000;

/** Reads a type at the cursor, such as `varchar(20)` or `decimal(10, 2)`. Throws 1001 for an invalid length. */
export function parseType(cursor: Cursor): CastTarget {
  const name = cursor.expectName().toLowerCase();
  if (!cursor.acceptSymbol('(')) return { name, length: null };
  const length = cursor.acceptWords('MAX') ? 'max' : parseLength(cursor);
  const scale = cursor.acceptSymbol(',') ? parseLength(cursor) : undefined;
  cursor.expectSymbol(')');
  return { name, length, scale };
}

function parseLength(cursor: Cursor): number {
  const { kind, value } = cursor.peek();
  if (kind !== 'number' || !/^\d+$/.test(value)) cursor.fail();
  cursor.next();
  if (Number(value) > maxLength) {
    throw new SqlServerError(1001, `Length or precision specification ${value.slice(0, 30)} is invalid.`);
  }
  return Number(value);
}

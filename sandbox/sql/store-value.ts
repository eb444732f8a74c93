import { inCodePage } from '../database/code-page.ts';
import type { Column, Table } from '../database/schema.ts';
import { SqlServerError } from './sql-server-error.ts';
import type { Kind, SqlValue } from './values.ts';
import { convertText } from './values.ts';

const biggestInt = 2_147_483_647;

/**
 * A value as a column keeps it, by SQL Server's implicit conversions. Throws 515 for NULL where none may be, 2628 for a
 * text that is too long, 8115 for a number that is too big, 257 for kinds without an implicit conversion, 241, 242 and 245.
 */
export function storable(
  value: SqlValue,
  kind: Kind,
  column: Column,
  table: Table,
  action: string,
): SqlValue {
  if (value === null) {
    if (column.nullable) return null;
    throw new SqlServerError(
      515,
      `Cannot insert the value NULL into column '${column.name}', table 'BPSPatients.dbo.${table.name}'; column does not allow nulls. ${action} fails.`,
    );
  }
  const { type } = column;
  if (type.kind === 'char' || type.kind === 'varchar') {
    const text = inCodePage(asText(value, kind));
    const kept = text.length > type.length ? text.replace(/ +$/, '') : text;
    if (kept.length <= type.length) return type.kind === 'char' ? kept.replace(/ +$/, '') : kept;
    throw new SqlServerError(
      2628,
      `String or binary data would be truncated in table 'BPSPatients.dbo.${table.name}', column '${column.name}'. Truncated value: '${kept.slice(0, type.length)}'.`,
    );
  }
  if (type.kind === 'datetime') {
    if (kind === 'datetime') return value;
    if (kind === 'text') return convertText(String(value), 'datetime');
    throw notConverted(kind, 'datetime');
  }
  if (kind === 'datetime') throw notConverted('datetime', 'int');
  const number = kind === 'text' ? convertText(String(value), 'int') : Math.trunc(Number(value));
  if (typeof number === 'number' && Math.abs(number) <= biggestInt) return number;
  throw new SqlServerError(8115, 'Arithmetic overflow error converting expression to data type int.');
}

function asText(value: SqlValue, kind: Kind): string {
  if (kind !== 'datetime') return String(value);
  throw new SqlServerError(281, 'Say CONVERT with a style to turn a datetime into text.');
}

function notConverted(from: string, to: string): SqlServerError {
  return new SqlServerError(
    257,
    `Implicit conversion from data type ${from} to ${to} is not allowed. Use the CONVERT function to run this query.`,
  );
}

import { comparable, typeOfKind } from './coerce.ts';
import type { Emitted } from './emitted.ts';
import { padded } from './emitted.ts';
import { SqlServerError } from './sql-server-error.ts';

/** An aggregate of one value. `window`: its OVER clause, if any. Throws 8117 for a kind that it cannot take. */
export function emitAggregate(name: string, value: Emitted, distinct: boolean, window: string): Emitted {
  const unique = distinct ? 'DISTINCT ' : '';
  if (name.startsWith('COUNT')) {
    return { sql: `count(${unique}${value.sql})${window}`, kind: 'int', wide: name === 'COUNT_BIG' };
  }
  const { kind, wide, decimals } = value;
  if (name === 'MIN' || name === 'MAX') {
    const { pad, loose, unicode, long } = value;
    const sql = `${name.toLowerCase()}(${comparable(value)})${window}`;
    return { sql, kind, pad, loose, unicode, long, wide, decimals };
  }
  if (kind !== 'int' && kind !== 'real' && kind !== 'null') {
    throw new SqlServerError(
      8117,
      `Operand data type ${typeOfKind[kind]} is invalid for ${name.toLowerCase()} operator.`,
    );
  }
  const sql = `${name.toLowerCase()}(${unique}${value.sql})${window}`;
  if (!decimals)
    return { sql: name === 'AVG' && kind === 'int' ? `CAST(${sql} AS INTEGER)` : sql, kind, wide };
  const digits = { precision: 38, scale: name === 'AVG' ? Math.max(6, decimals.scale) : decimals.scale };
  return { sql: `round(${sql}, ${digits.scale})`, kind, decimals: digits };
}

export function emitStringAggregate(value: Emitted, separator: Emitted, window: string): Emitted {
  const sql = `group_concat(${padded(value)}, ${padded(separator)})${window}`;
  return { sql, kind: 'text', loose: true, unicode: value.unicode, long: value.long };
}

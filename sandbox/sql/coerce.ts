import type { Binder, Emitted } from './emitted.ts';
import { SqlServerError } from './sql-server-error.ts';
import type { Kind } from './values.ts';
import { convertText } from './values.ts';

const precedence: readonly Kind[] = [
  'null',
  'binary',
  'text',
  'guid',
  'bit',
  'int',
  'real',
  'time',
  'datetime',
  'offset',
];
const numbers: readonly Kind[] = ['bit', 'int', 'real'];

/** Names of types as SQL Server's messages say them. */
export const typeOfKind: Readonly<Record<Kind, string>> = {
  null: 'void type',
  binary: 'varbinary',
  text: 'varchar',
  guid: 'uniqueidentifier',
  bit: 'bit',
  int: 'int',
  real: 'numeric',
  time: 'time',
  datetime: 'datetime',
  offset: 'datetimeoffset',
};

/** The kind that SQL Server compares or combines these in: the one of highest precedence. */
export function commonKind(...kinds: readonly Kind[]): Kind {
  return precedence[Math.max(...kinds.map((kind) => precedence.indexOf(kind)))] ?? 'null';
}

/**
 * Converts an expression to another type like SQL Server's implicit conversion: at once if its value is known,
 * otherwise for each row.
 */
export function coerce(expression: Emitted, kind: Kind, binder: Binder): Emitted {
  if (expression.kind === kind || expression.kind === 'null' || kind === 'null') return expression;
  const { sql, known } = expression;
  if (expression.kind === 'text') {
    if (typeof known === 'string' || kind === 'binary')
      return binder.emit(convertText(String(known), kind), kind);
    return { sql: fromText(sql, kind), kind };
  }
  if (kind === 'datetime' && expression.kind === 'time') return { sql: `('1900-01-01T' || ${sql})`, kind };
  if (numbers.includes(kind) && numbers.includes(expression.kind)) {
    return { ...expression, kind };
  }
  throw new SqlServerError(
    206,
    `Operand type clash: ${typeOfKind[expression.kind]} is incompatible with ${typeOfKind[kind]}`,
  );
}

function fromText(sql: string, kind: Kind): string {
  if (kind === 'int') return `CAST(tsql_int(${sql}, 'int') AS INTEGER)`;
  if (kind === 'bit') return `tsql_bit(${sql})`;
  return `tsql_${kind}(${sql})`;
}

/** Ready to be compared: trailing blanks and case do not count. Throws 402 for what cannot be compared here. */
export function comparable(expression: Emitted): string {
  if (expression.kind === 'offset') {
    throw new SqlServerError(
      402,
      'The data types datetimeoffset and datetimeoffset are incompatible in the comparison.',
    );
  }
  if (expression.kind !== 'text') return expression.sql;
  const trimmed = expression.loose ? `rtrim(${expression.sql})` : expression.sql;
  if (expression.binary) return `${trimmed} COLLATE BINARY`;
  return expression.column ? trimmed : `${trimmed} COLLATE NOCASE`;
}

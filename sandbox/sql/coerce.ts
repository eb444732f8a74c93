import type { Binder, Emitted } from './emitted.ts';
import { SqlServerError } from './sql-server-error.ts';
import type { Kind } from './values.ts';
import { convertText } from './values.ts';

const precedence: readonly Kind[] = ['null', 'text', 'bit', 'int', 'real', 'datetime'];

/** The kind that SQL Server compares or combines these in: the one of highest precedence. */
export function commonKind(...kinds: readonly Kind[]): Kind {
  return precedence[Math.max(...kinds.map((kind) => precedence.indexOf(kind)))] ?? 'null';
}

/** An expression in another kind, by SQL Server's implicit conversion: at once if its value is known, else row by row. */
export function coerce(expression: Emitted, kind: Kind, binder: Binder): Emitted {
  if (expression.kind === kind || expression.kind === 'null' || kind === 'null') return expression;
  if (expression.kind === 'text') {
    if (typeof expression.known === 'string') return binder.emit(convertText(expression.known, kind), kind);
    if (kind === 'datetime') return { sql: `tsql_datetime(${expression.sql})`, kind };
    if (kind === 'real') return { sql: `tsql_real(${expression.sql})`, kind };
    return { sql: `tsql_int(${expression.sql})`, kind };
  }
  if (kind === 'datetime')
    throw new SqlServerError(206, `Operand type clash: ${expression.kind} is incompatible with datetime`);
  return { ...expression, kind };
}

/** Ready to be compared: trailing blanks and case do not count. */
export function comparable(expression: Emitted): string {
  if (expression.kind !== 'text') return expression.sql;
  const trimmed = expression.loose ? `rtrim(${expression.sql})` : expression.sql;
  return expression.column ? trimmed : `${trimmed} COLLATE NOCASE`;
}

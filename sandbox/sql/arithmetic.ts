import { coerce, commonKind, typeOfKind } from './coerce.ts';
import { dateAdd } from './date-functions.ts';
import { combined } from './decimals.ts';
import type { Binder, Emitted } from './emitted.ts';
import { padded } from './emitted.ts';
import { SqlServerError } from './sql-server-error.ts';
import { digitsOf } from './traits.ts';

function incompatible(left: Emitted, right: Emitted, operator: string): SqlServerError {
  return new SqlServerError(
    402,
    `The data types ${typeOfKind[left.kind]} and ${typeOfKind[right.kind]} are incompatible in the ${operator} operator.`,
  );
}

/**
 * `+` joins texts, adds days to dates and adds numbers. Integers divide to integers. Division by zero is error 8134.
 */
export function emitArithmetic(operator: string, left: Emitted, right: Emitted, binder: Binder): Emitted {
  const kind = commonKind(left.kind, right.kind);
  if (operator === '+' && kind === 'text') return joined(left, right);
  if (kind === 'datetime') return shifted(operator, left, right);
  if (kind === 'null') return { sql: 'NULL', kind: 'int' };
  if (!['bit', 'int', 'real'].includes(kind)) {
    throw new SqlServerError(
      8117,
      `Operand data type ${typeOfKind[kind]} is invalid for ${operator} operator.`,
    );
  }
  const [a, b] = [coerce(left, kind, binder).sql, coerce(right, kind, binder).sql];
  if (operator === '%' && kind === 'real') throw incompatible(left, right, 'modulo');
  const safe = !['/', '%'].includes(operator) || (typeof right.known === 'number' && right.known !== 0);
  const divisor = safe ? b : `tsql_divisor(${b})`;
  if (kind !== 'real') {
    // A JavaScript function always returns doubles.
    const whole = safe ? b : `CAST(${divisor} AS INTEGER)`;
    return { sql: `(${a} ${operator} ${whole})`, kind: 'int', wide: Boolean(left.wide || right.wide) };
  }
  const [first, second] = [digitsOf(left), digitsOf(right)];
  // In SQLite, integers divide to integers, but a float does not.
  if (!first || !second) return { sql: `(CAST(${a} AS REAL) ${operator} ${divisor})`, kind };
  const decimals = combined(operator, first, second);
  if (operator === '/') return { sql: `tsql_divide(${a}, ${divisor}, ${decimals.scale})`, kind, decimals };
  return { sql: `round(${a} ${operator} ${b}, ${decimals.scale})`, kind, decimals };
}

/** Text that is not varchar(max) is cut at 8000 bytes. */
function joined(left: Emitted, right: Emitted): Emitted {
  const unicode = Boolean(left.unicode || right.unicode);
  const long = Boolean(left.long || right.long);
  const binary = Boolean(left.binary || right.binary);
  const [a, b] = [padded(left), padded(right)];
  const sql = long ? `tsql_join(${a}, ${b})` : `substr(${a} || ${b}, 1, ${unicode ? 4000 : 8000})`;
  return { sql, kind: 'text', loose: true, unicode, binary, long };
}

/** A datetime plus or minus a number of days. */
function shifted(operator: string, left: Emitted, right: Emitted): Emitted {
  const date = left.kind === 'datetime' ? left : right;
  const days = left.kind === 'datetime' ? right : left;
  if (days.kind !== 'int' || !['+', '-'].includes(operator) || (operator === '-' && date === right)) {
    throw incompatible(left, right, operator);
  }
  return dateAdd('day', operator === '-' ? { sql: `(- ${days.sql})`, kind: 'int' } : days, date);
}

import { coerce, commonKind } from './coerce.ts';
import { dateAdd } from './date-functions.ts';
import type { Binder, Emitted } from './emitted.ts';
import { padded } from './emitted.ts';
import { SqlServerError } from './sql-server-error.ts';

function incompatible(left: Emitted, right: Emitted, operator: string): SqlServerError {
  return new SqlServerError(
    402,
    `The data types ${left.kind} and ${right.kind} are incompatible in the ${operator} operator.`,
  );
}

/** `+` joins texts, moves dates by days and adds numbers; whole numbers divide to whole numbers; by zero is error 8134. */
export function emitArithmetic(operator: string, left: Emitted, right: Emitted, binder: Binder): Emitted {
  const kind = commonKind(left.kind, right.kind);
  if (operator === '+' && kind === 'text') {
    const unicode = left.unicode || right.unicode;
    return { sql: `(${padded(left)} || ${padded(right)})`, kind, loose: true, unicode };
  }
  if (kind === 'datetime') return shifted(operator, left, right);
  if (kind === 'text') {
    throw new SqlServerError(8117, `Operand data type varchar is invalid for ${operator} operator.`);
  }
  const [a, b] = [coerce(left, kind, binder).sql, coerce(right, kind, binder).sql];
  const result = kind === 'bit' ? 'int' : kind;
  if (operator === '%' && kind === 'real') throw incompatible(left, right, 'modulo');
  const safe = !['/', '%'].includes(operator) || (typeof right.known === 'number' && right.known !== 0);
  return { sql: `(${a} ${operator} ${safe ? b : `tsql_divisor(${b})`})`, kind: result };
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

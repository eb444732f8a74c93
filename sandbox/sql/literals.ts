import { coerce } from './coerce.ts';
import { decimalsOf } from './decimals.ts';
import type { Binder, Emitted } from './emitted.ts';
import { kept } from './integers.ts';
import { SqlServerError } from './sql-server-error.ts';
import type { Variable } from './values.ts';

const biggestInt = 2_147_483_647n;
const biggestLong = 2n ** 63n - 1n;

/** A number as it is written: an int, a bigint, a decimal, or a float when it has an exponent. Throws 1007. */
export function emitNumber(text: string, binder: Binder): Emitted {
  if (/^\d{1,19}$/.test(text)) {
    const value = BigInt(text);
    if (value <= biggestLong) {
      const decimals = { precision: String(value).length, scale: 0 };
      return binder.emit(kept(value), 'int', { wide: value > biggestInt, decimals });
    }
  }
  const value = Number(text);
  if (!Number.isFinite(value) || /^\d{19,}$/.test(text)) {
    throw new SqlServerError(
      1007,
      `The number '${text.slice(0, 60)}' is out of the range for numeric representation (maximum precision 38).`,
    );
  }
  const known = {
    sql: `(${Number.isInteger(value) ? value.toExponential() : value})`,
    kind: 'real',
    known: value,
  } as const;
  return /e/i.test(text) ? known : { ...known, decimals: decimalsOf(text) };
}

export function emitVariable({ value, kind, unicode, type }: Variable, binder: Binder): Emitted {
  const long = type.length === 'max';
  const decimals =
    kind === 'real' && value !== null && !['float', 'real'].includes(type.name)
      ? decimalsOf(plain(Number(value)))
      : undefined;
  return binder.emit(value, kind, { unicode, long, wide: type.name === 'bigint', decimals });
}

/** A sign before a number. */
export function emitSign(sign: '+' | '-', operand: Emitted, binder: Binder): Emitted {
  const number = operand.kind === 'text' ? coerce(operand, 'int', binder) : operand;
  if (sign === '+') return number;
  if (!['null', 'int', 'real'].includes(number.kind)) {
    throw new SqlServerError(8117, 'Operand data type is invalid for minus operator.');
  }
  const { kind, wide, decimals } = number;
  return { sql: `(- ${number.sql})`, kind, wide, decimals };
}

/** Digits without an exponent. */
function plain(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  return value.toFixed(Math.max(0, mantissa.replace(/^-|\./g, '').length - 1 - Number(exponent)));
}

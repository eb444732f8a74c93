import { SqlServerError } from './sql-server-error.ts';

const ranges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  tinyint: [0n, 255n],
  smallint: [-32_768n, 32_767n],
  int: [-2_147_483_648n, 2_147_483_647n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** A stored integer: a number if that is exact, otherwise its digits. */
export function kept(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/**
 * A number, or a text with one, as an integer type. Fractions are cut off. Throws 245 for a text that is not an
 * integer, and 220, 244, 248 or 8115 for one that is too big.
 */
export function fitInteger(value: string | number, type: string): number | string {
  const whole = typeof value === 'number' ? wholeOf(value, type) : parsed(value, type);
  const [least, most] = ranges[type] ?? ranges.int ?? [0n, 0n];
  if (whole >= least && whole <= most) return kept(whole);
  throw tooBig(value, type);
}

function wholeOf(value: number, type: string): bigint {
  if (!Number.isFinite(value)) throw tooBig(value, type);
  return BigInt(Math.trunc(value));
}

function parsed(text: string, type: string): bigint {
  const trimmed = text.trim();
  if (trimmed === '') return 0n;
  if (/^[-+]?\d{1,40}$/.test(trimmed)) return BigInt(trimmed.replace('+', ''));
  if (/^[-+]?\d+$/.test(trimmed)) throw tooBig(text, type);
  throw type === 'bigint'
    ? new SqlServerError(8114, 'Error converting data type varchar to bigint.')
    : new SqlServerError(
        245,
        `Conversion failed when converting the varchar value '${trimmed}' to data type ${type}.`,
      );
}

function tooBig(value: string | number, type: string): SqlServerError {
  if (type === 'bigint' || (type === 'int' && typeof value === 'number')) {
    return new SqlServerError(8115, `Arithmetic overflow error converting expression to data type ${type}.`);
  }
  if (typeof value === 'number') {
    return new SqlServerError(220, `Arithmetic overflow error for data type ${type}, value = ${value}.`);
  }
  const column = { tinyint: 'INT1', smallint: 'INT2' }[type];
  return column
    ? new SqlServerError(
        244,
        `The conversion of the varchar value '${value.trim()}' overflowed an ${column} column. Use a larger integer column.`,
      )
    : new SqlServerError(
        248,
        `The conversion of the varchar value '${value.trim()}' overflowed an int column.`,
      );
}

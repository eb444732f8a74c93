import { kept } from './integers.ts';
import type { OutColumn } from './scope.ts';
import { SqlServerError } from './sql-server-error.ts';
import type { Kind, SqlValue } from './values.ts';

// Rests on assumptions S33 and S34.

export type Cell = string | number | boolean | null;

const biggestInt = 2 ** 31;

/** A stored value as the database returns it. Whole numbers are bigint where they must be exact. */
export type RawValue = SqlValue | bigint;

/** A value of a column on its way out. Throws 8115 for a whole number that became too big on its way. */
export function shown(value: RawValue, { kind, pad, wide }: OutColumn): Cell {
  if (value === null) return null;
  if (typeof value === 'string') return shownText(value, kind, pad);
  if (kind === 'bit') return Number(value) !== 0;
  if (kind !== 'int') return Number(value);
  if (typeof value === 'bigint') return kept(value);
  if (
    Number.isInteger(value) &&
    (wide ? Number.isSafeInteger(value) : value >= -biggestInt && value < biggestInt)
  )
    return value;
  throw new SqlServerError(
    8115,
    `Arithmetic overflow error converting expression to data type ${wide ? 'bigint' : 'int'}.`,
  );
}

function shownText(value: string, kind: Kind, pad: number | undefined): string {
  if (kind === 'binary') return Buffer.from(value, 'hex').toString('base64');
  if (kind === 'guid') return value.toLowerCase();
  return pad === undefined ? value : value.padEnd(pad);
}

/** A variable's value in the text of an output parameter. */
export function outputText(value: SqlValue, kind: Kind, size: number | null | undefined): string | null {
  if (value === null) return null;
  if (kind === 'bit') return value === 0 ? 'False' : 'True';
  if (kind === 'binary') {
    return Buffer.from(String(value), 'hex')
      .subarray(0, size && size > 0 ? size : undefined)
      .toString('base64');
  }
  const text = kind === 'guid' ? String(value).toLowerCase() : String(value);
  return kind === 'text' && size && size > 0 ? text.slice(0, size) : text;
}

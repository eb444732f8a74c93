import type { CastTarget } from './ast.ts';
import { fitInteger } from './integers.ts';
import { SqlServerError } from './sql-server-error.ts';
import { toDateTime, toOffset, toTime } from './times.ts';

export type SqlValue = string | number | null;

/**
 * What a value is, as far as SQL Server's implicit conversions care. How each is kept: `bit` 0 or 1; `int` a number, or its
 * digits beyond 2^53; `binary` in hexadecimal; `guid` in upper case; `datetime`, `time` and `offset` in ISO's text.
 */
export type Kind =
  | 'null'
  | 'binary'
  | 'text'
  | 'guid'
  | 'bit'
  | 'int'
  | 'real'
  | 'time'
  | 'datetime'
  | 'offset';

/** A parameter or variable: `value` already in the form that its kind is kept in. */
export interface Variable {
  readonly type: CastTarget;
  readonly kind: Kind;
  readonly value: SqlValue;
  /** NVarChar and its like: LIKE then minds trailing blanks. */
  readonly unicode: boolean;
}

/** By lower-case names with the at sign. */
export type Variables = ReadonlyMap<string, Variable>;

/** Throws 8114. */
export function toReal(text: string, type = 'float'): number {
  const value = Number(text);
  if (/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text) && Number.isFinite(value)) return value;
  throw new SqlServerError(8114, `Error converting data type varchar to ${type}.`);
}

/** Throws 8169. */
export function toGuid(text: string): string {
  const found = /^\{?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\}?$/i.exec(text.trim());
  if (found?.[1]) return found[1].toUpperCase();
  throw new SqlServerError(
    8169,
    'Conversion failed when converting from a character string to uniqueidentifier.',
  );
}

/** Throws 245. */
export function toBit(text: string): number {
  if (/^\s*true\s*$/i.test(text)) return 1;
  if (/^\s*false\s*$/i.test(text)) return 0;
  return fitInteger(text, 'int') === 0 ? 0 : 1;
}

/** A text to the form of a kind, by the rules of an implicit conversion. */
export function convertText(text: string, kind: Kind, type?: string): SqlValue {
  switch (kind) {
    case 'datetime':
      return toDateTime(text);
    case 'time':
      return toTime(text);
    case 'offset':
      return toOffset(text);
    case 'int':
      return fitInteger(text, type ?? 'int');
    case 'bit':
      return toBit(text);
    case 'real':
      return toReal(text, type);
    case 'guid':
      return toGuid(text);
    case 'binary':
      throw new SqlServerError(
        257,
        'Implicit conversion from data type varchar to varbinary is not allowed. Use the CONVERT function to run this query.',
      );
    default:
      return text;
  }
}

const kinds: Readonly<Record<string, Kind>> = {
  bigint: 'int',
  int: 'int',
  smallint: 'int',
  tinyint: 'int',
  bit: 'bit',
  date: 'datetime',
  datetime: 'datetime',
  datetime2: 'datetime',
  smalldatetime: 'datetime',
  datetimeoffset: 'offset',
  time: 'time',
  decimal: 'real',
  numeric: 'real',
  float: 'real',
  real: 'real',
  money: 'real',
  smallmoney: 'real',
  char: 'text',
  nchar: 'text',
  varchar: 'text',
  nvarchar: 'text',
  text: 'text',
  ntext: 'text',
  xml: 'text',
  uniqueidentifier: 'guid',
  binary: 'binary',
  varbinary: 'binary',
  image: 'binary',
  timestamp: 'binary',
};

/** The kind of a SQL Server type, in any case. Undefined: not supported. */
export function kindOfType(type: string): Kind | undefined {
  const lower = type.toLowerCase();
  return Object.hasOwn(kinds, lower) ? kinds[lower] : undefined;
}

export function isUnicodeType(type: string): boolean {
  return ['nchar', 'nvarchar', 'ntext', 'xml'].includes(type.toLowerCase());
}

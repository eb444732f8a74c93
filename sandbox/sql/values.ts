import { SqlServerError } from './sql-server-error.ts';

export type SqlValue = string | number | null;

/** What a value is, as far as SQL Server's implicit conversions care. A `bit` is 0 or 1 until it goes out. */
export type Kind = 'null' | 'bit' | 'int' | 'real' | 'datetime' | 'text';

/** A parameter or variable: `value` already in the form that its kind is kept in. */
export interface Variable {
  readonly kind: Kind;
  readonly value: SqlValue;
  /** NVarChar and its like: LIKE then minds trailing blanks. */
  readonly unicode: boolean;
}

const dateText = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,7})?)?(?:Z)?)?$/;

/** A date or datetime in text to `YYYY-MM-DDTHH:MM:SS`. Throws 241 for what is no date, 242 for one that does not exist. */
export function toDateTime(text: string): string {
  const found = dateText.exec(text.trim());
  if (!found)
    throw new SqlServerError(
      241,
      'Conversion failed when converting date and/or time from character string.',
    );
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = found;
  const normal = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = Date.parse(`${normal}Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== normal) {
    throw new SqlServerError(
      242,
      'The conversion of a varchar data type to a datetime data type resulted in an out-of-range value.',
    );
  }
  return normal;
}

/** Throws 245, or 248 beyond what a bigint holds exactly here. */
export function toInt(text: string): number {
  const trimmed = text.trim();
  if (trimmed === '') return 0;
  if (!/^[-+]?\d+$/.test(trimmed)) {
    throw new SqlServerError(
      245,
      `Conversion failed when converting the varchar value '${trimmed}' to data type int.`,
    );
  }
  const value = Number(trimmed);
  if (!Number.isSafeInteger(value)) {
    throw new SqlServerError(
      248,
      `The conversion of the varchar value '${trimmed}' overflowed an int column.`,
    );
  }
  return value;
}

/** Throws 8114. */
export function toReal(text: string): number {
  const value = Number(text.trim());
  if (text.trim() === '' || Number.isNaN(value))
    throw new SqlServerError(8114, 'Error converting data type varchar to float.');
  return value;
}

/** A text to the form of a kind, by the rules of an implicit conversion. */
export function convertText(text: string, kind: Kind): SqlValue {
  if (kind === 'datetime') return toDateTime(text);
  if (kind === 'int') return toInt(text);
  if (kind === 'bit') return /^true$/i.test(text) ? 1 : /^false$/i.test(text) ? 0 : toInt(text) === 0 ? 0 : 1;
  if (kind === 'real') return toReal(text);
  return text;
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
  string: 'text',
  uniqueidentifier: 'text',
};

/** The kind of a SQL Server type (or of .NET's SqlDbType plus `String`), case aside. Undefined: not spoken here. */
export function kindOfType(type: string): Kind | undefined {
  return kinds[type.toLowerCase()];
}

export function isUnicodeType(type: string): boolean {
  return ['nchar', 'nvarchar', 'ntext', 'string'].includes(type.toLowerCase());
}

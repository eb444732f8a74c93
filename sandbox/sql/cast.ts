import type { CastTarget } from './ast.ts';
import { coerce } from './coerce.ts';
import { dateToText } from './date-functions.ts';
import type { Binder, Emitted } from './emitted.ts';
import { padded } from './emitted.ts';
import { SqlServerError } from './sql-server-error.ts';
import { isUnicodeType, kindOfType } from './values.ts';

/** Styles in which a text is a date as it is read here anyway. */
const isoStyles = [23, 112, 120, 126];

/** CAST and CONVERT. Throws 243 for an unknown type, 281 for a style that is not spoken. */
export function emitCast(
  operand: Emitted,
  target: CastTarget,
  style: number | null,
  binder: Binder,
): Emitted {
  const kind = kindOfType(target.name);
  if (!kind) throw new SqlServerError(243, `Type ${target.name} is not a defined system type.`);
  if (kind === 'text') return toText(operand, target, style);
  if (operand.kind === 'text' && style !== null && !isoStyles.includes(style)) {
    throw new SqlServerError(
      281,
      `${style} is not a valid style number when converting from a character string.`,
    );
  }
  const converted = coerce(operand, kind, binder);
  if (target.name === 'date') return { sql: `(substr(${converted.sql}, 1, 10) || 'T00:00:00')`, kind };
  if (kind === 'bit' && operand.kind !== 'text') return { sql: `(${operand.sql} <> 0)`, kind };
  if (kind === 'int' && operand.kind === 'real') return { sql: `CAST(${operand.sql} AS INTEGER)`, kind };
  return { sql: `(${converted.sql})`, kind };
}

function inFull(operand: Emitted, style: number | null): string {
  if (operand.kind === 'datetime') return dateToText(operand, style);
  return operand.kind === 'text' ? padded(operand) : `CAST(${operand.sql} AS TEXT)`;
}

function toText(operand: Emitted, { name, length }: CastTarget, style: number | null): Emitted {
  const full = inFull(operand, style);
  const unicode = isUnicodeType(name);
  if (length === 'max') return { sql: full, kind: 'text', loose: true, unicode };
  // CAST without a length keeps thirty characters.
  const most = length ?? 30;
  const cut = `substr(${full}, 1, ${most})`;
  if (/^n?char$/.test(name)) return { sql: `rtrim(${cut})`, kind: 'text', pad: most, unicode };
  return { sql: cut, kind: 'text', loose: true, unicode };
}

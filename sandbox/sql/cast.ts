import type { CastTarget } from './ast.ts';
import { coerce, typeOfKind } from './coerce.ts';
import type { Decimals } from './decimals.ts';
import type { Binder, Emitted } from './emitted.ts';
import { inText } from './in-text.ts';
import { fitInteger } from './integers.ts';
import { SqlServerError } from './sql-server-error.ts';
import { isUnicodeType, kindOfType } from './values.ts';

/** Styles whose date format is supported in any case. */
const isoStyles = [23, 112, 120, 121, 126];

/** CAST and CONVERT. Throws 243 for an unknown type, 281 for a style that is not spoken, 529 for what cannot be cast. */
export function emitCast(
  operand: Emitted,
  target: CastTarget,
  style: number | null,
  binder: Binder,
): Emitted {
  const kind = kindOfType(target.name);
  if (!kind) throw new SqlServerError(243, `Type ${target.name} is not a defined system type.`);
  if (operand.kind === 'null') return operand;
  if (operand.kind === 'text' && kind !== 'text' && style !== null && !isoStyles.includes(style)) {
    throw new SqlServerError(
      281,
      `${style} is not a valid style number when converting from a character string.`,
    );
  }
  switch (kind) {
    case 'text':
      return toText(operand, target, style);
    case 'int':
      return toInteger(operand, target, binder);
    case 'real':
      return toNumber(operand, target, binder);
    case 'bit':
      if (operand.kind !== 'int' && operand.kind !== 'real') break;
      return { sql: `(${operand.sql} <> 0)`, kind };
    case 'binary':
      return toBinary(operand, target);
    case 'time':
      return operand.kind === 'datetime'
        ? { sql: `substr(${operand.sql}, 12)`, kind }
        : coerced(operand, kind, binder);
    case 'datetime':
      return toDate(operand, target, binder);
    default:
  }
  return coerced(operand, kind, binder);
}

function coerced(operand: Emitted, kind: Emitted['kind'], binder: Binder): Emitted {
  const allowed =
    operand.kind === kind || operand.kind === 'text' || (kind === 'datetime' && operand.kind === 'time');
  if (!allowed) throw notCast(operand, typeOfKind[kind]);
  return { ...coerce(operand, kind, binder), column: false };
}

function notCast(operand: Emitted, type: string): SqlServerError {
  return new SqlServerError(
    529,
    `Explicit conversion from data type ${typeOfKind[operand.kind]} to ${type} is not allowed.`,
  );
}

function toInteger(operand: Emitted, { name }: CastTarget, binder: Binder): Emitted {
  const wide = name === 'bigint';
  const { sql, known } = operand;
  if (operand.kind === 'bit') return { sql, kind: 'int' };
  if (operand.kind === 'int' && (wide || (name === 'int' && !operand.wide))) {
    return { sql: `(${sql})`, kind: 'int', wide, known };
  }
  if (!['text', 'int', 'real'].includes(operand.kind)) throw notCast(operand, name);
  if (known !== undefined && known !== null) {
    const value = operand.kind === 'text' ? String(known) : Number(known);
    return binder.emit(fitInteger(value, name), 'int', { wide });
  }
  // SQLite reads a text that looks like a number as a number, so two functions distinguish the kinds.
  const read = operand.kind === 'text' ? `tsql_int(${sql}, '${name}')` : `tsql_fit(${sql}, '${name}')`;
  return { sql: `CAST(${read} AS INTEGER)`, kind: 'int', wide };
}

function decimalsFor({ name, length, scale }: CastTarget): Decimals | undefined {
  if (name === 'decimal' || name === 'numeric') {
    const precision = typeof length === 'number' ? length : 18;
    if (precision < 1 || precision > 38 || (scale ?? 0) > precision) {
      throw new SqlServerError(
        precision > 38 ? 2750 : 192,
        precision > 38
          ? 'Specified column precision is greater than the maximum precision of 38.'
          : 'The scale must be less than or equal to the precision.',
      );
    }
    return { precision, scale: scale ?? 0 };
  }
  if (name === 'money') return { precision: 19, scale: 4 };
  return name === 'smallmoney' ? { precision: 10, scale: 4 } : undefined;
}

function toNumber(operand: Emitted, target: CastTarget, binder: Binder): Emitted {
  if (!['text', 'bit', 'int', 'real'].includes(operand.kind)) throw notCast(operand, target.name);
  const { sql } = coerce(operand, 'real', binder);
  const decimals = decimalsFor(target);
  // In SQLite, integers divide to integers, so a float must not become an integer.
  if (!decimals) return { sql: `CAST(${sql} AS REAL)`, kind: 'real' };
  return {
    sql: `CAST(tsql_decimal(${sql}, ${decimals.precision}, ${decimals.scale}) AS REAL)`,
    kind: 'real',
    decimals,
  };
}

function toDate(operand: Emitted, target: CastTarget, binder: Binder): Emitted {
  const converted = coerced(operand, 'datetime', binder);
  if (target.name === 'date')
    return { sql: `(substr(${converted.sql}, 1, 10) || 'T00:00:00')`, kind: 'datetime' };
  if (target.name === 'datetime') return { sql: `tsql_rounded(${converted.sql})`, kind: 'datetime' };
  return { sql: `(${converted.sql})`, kind: 'datetime' };
}

function toBinary(operand: Emitted, { name, length }: CastTarget): Emitted {
  if (operand.kind !== 'binary') throw notCast(operand, name);
  if (length === 'max' || name === 'image') return { sql: operand.sql, kind: 'binary' };
  const bytes = 2 * (length ?? 30);
  const cut = `substr(${operand.sql}, 1, ${bytes})`;
  if (name !== 'binary' && name !== 'timestamp') return { sql: cut, kind: 'binary' };
  return {
    sql: `substr(${operand.sql} || '${'0'.repeat(Math.min(bytes, 16_000))}', 1, ${bytes})`,
    kind: 'binary',
  };
}

function toText(operand: Emitted, { name, length }: CastTarget, style: number | null): Emitted {
  const full = inText(operand, style);
  const unicode = isUnicodeType(name);
  if (length === 'max' || ['text', 'ntext', 'xml'].includes(name)) {
    return { sql: full, kind: 'text', loose: true, unicode, long: true };
  }
  // CAST without a length keeps thirty characters.
  const most = length ?? 30;
  const cut = `substr(${full}, 1, ${most})`;
  if (/^n?char$/.test(name)) return { sql: `rtrim(${cut})`, kind: 'text', pad: most, unicode };
  return { sql: cut, kind: 'text', loose: true, unicode };
}

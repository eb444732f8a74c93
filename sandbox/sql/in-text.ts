import { typeOfKind } from './coerce.ts';
import { dateToText } from './date-functions.ts';
import type { Emitted } from './emitted.ts';
import { padded } from './emitted.ts';
import { SqlServerError } from './sql-server-error.ts';

/** A value as text, uncut. Throws 281 for a datetime without a style, 529 for binary. */
export function inText(operand: Emitted, style: number | null = null): string {
  const { kind, sql, decimals } = operand;
  if (kind === 'text' || kind === 'null') return padded(operand);
  if (kind === 'datetime') return dateToText(operand, style);
  if (kind === 'real') return `tsql_number_text(${sql}, ${decimals?.scale ?? -1})`;
  if (kind === 'binary') {
    throw new SqlServerError(529, `Conversion from data type ${typeOfKind[kind]} to varchar is not allowed.`);
  }
  return `CAST(${sql} AS TEXT)`;
}

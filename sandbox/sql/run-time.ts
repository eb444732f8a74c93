import type { PracticeDatabase } from '../database/practice-database.ts';
import type { Budget } from './budget.ts';
import { dividedDecimals, numberText, toDecimal } from './decimals.ts';
import { fitInteger } from './integers.ts';
import { isLike } from './like.ts';
import { join, replicate } from './long-text.ts';
import { SqlServerError } from './sql-server-error.ts';
import { roundToDateTime, toDateTime, toOffset, toTime } from './times.ts';
import type { SqlValue } from './values.ts';
import { toBit, toGuid, toReal } from './values.ts';

/** Functions that SQLite lacks. T-SQL texts cannot name them. */
export function defineRunTime(
  database: PracticeDatabase,
  budget: Budget,
  failed: (error: unknown) => void,
): void {
  const guarded = (body: (...values: SqlValue[]) => SqlValue) => {
    const call = (...values: SqlValue[]): SqlValue => {
      try {
        return values[0] === null ? null : body(...values);
      } catch (error) {
        failed(error);
        throw error;
      }
    };
    // SQLite learns from a function's length how many arguments it takes.
    return Object.defineProperty(call, 'length', { value: body.length });
  };
  database.define(
    'tsql_like',
    guarded((value, pattern, escapeBy, unicode, binary) => {
      if (pattern === null || pattern === undefined) return null;
      return isLike(
        String(value),
        String(pattern),
        escapeBy === null ? null : String(escapeBy),
        unicode === 1,
        binary === 1,
      )
        ? 1
        : 0;
    }),
  );
  database.define('tsql_step', (_) => {
    try {
      budget.step();
    } catch (error) {
      failed(error);
      throw error;
    }
    return 1;
  });
  const conversions: Readonly<Record<string, (...values: SqlValue[]) => SqlValue>> = {
    // As text: SQLite would get a double.
    tsql_int: (value, type) => String(fitInteger(String(value), String(type))),
    tsql_fit: (value, type) => String(fitInteger(Number(value), String(type))),
    tsql_bit: (value) => toBit(String(value)),
    tsql_real: (value) => toReal(String(value)),
    tsql_guid: (value) => toGuid(String(value)),
    tsql_datetime: (value) => toDateTime(String(value)),
    tsql_rounded: (value) => roundToDateTime(String(value)),
    tsql_time: (value) => toTime(String(value)),
    tsql_offset: (value) => toOffset(String(value)),
    tsql_decimal: (value, precision, scale) =>
      toDecimal(Number(value), { precision: Number(precision), scale: Number(scale) }),
    tsql_divide: (left, right, scale) =>
      right === null ? null : dividedDecimals(Number(left), Number(right), Number(scale)),
    tsql_number_text: (value, scale) => numberText(Number(value), Number(scale)),
    tsql_join: (left, right) => (right === null ? null : join(String(left), String(right))),
    tsql_replicate: (text, times, most) =>
      times === null ? null : replicate(String(text), Number(times), Number(most)),
  };
  for (const [name, conversion] of Object.entries(conversions)) database.define(name, guarded(conversion));
  database.define(
    'tsql_divisor',
    guarded((value) => {
      if (value === 0) throw new SqlServerError(8134, 'Divide by zero error encountered.');
      return value ?? null;
    }),
  );
  database.define(
    'tsql_one_row',
    guarded((_) => {
      throw new SqlServerError(
        512,
        'Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.',
      );
    }),
  );
  database.define(
    'tsql_replace',
    guarded((value, from, to) => {
      if (typeof from !== 'string' || typeof to !== 'string') return null;
      if (from === '') return value ?? null;
      return String(value).replace(new RegExp(from.replace(/[^\w\s]/g, '\\$&'), 'gi'), () => to);
    }),
  );
}

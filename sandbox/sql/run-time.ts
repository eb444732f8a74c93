import type { PracticeDatabase } from '../database/practice-database.ts';
import { isLike } from './like.ts';
import { SqlServerError } from './sql-server-error.ts';
import type { SqlValue } from './values.ts';
import { convertText, toDateTime } from './values.ts';

/** What SQLite lacks, given to it as functions. Their names cannot be written in T-SQL here. */
export function defineRunTime(database: PracticeDatabase, failed: (error: unknown) => void): void {
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
    guarded((value, pattern, escapeBy, unicode) => {
      if (pattern === null || pattern === undefined) return null;
      return isLike(
        String(value),
        String(pattern),
        escapeBy === null ? null : String(escapeBy),
        unicode === 1,
      )
        ? 1
        : 0;
    }),
  );
  database.define(
    'tsql_int',
    guarded((value) => (typeof value === 'string' ? convertText(value, 'int') : Math.trunc(Number(value)))),
  );
  database.define(
    'tsql_real',
    guarded((value) => (typeof value === 'string' ? convertText(value, 'real') : value)),
  );
  database.define(
    'tsql_datetime',
    guarded((value) => toDateTime(String(value))),
  );
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

import { SqlServerError } from './sql-server-error.ts';

const meanings: readonly (readonly [pattern: RegExp, number: number, message: string])[] = [
  [/integer overflow/, 8115, 'Arithmetic overflow error converting expression to data type bigint.'],
  [
    /out of memory|too big|memory access|Array buffer allocation|Invalid (string|array|typed array) length/i,
    701,
    "There is insufficient system memory in resource pool 'default' to run this query.",
  ],
  [
    /call stack|tree is too large|parser stack overflow/,
    191,
    'Some part of your SQL statement is nested too deeply. Rewrite the query or break it up into smaller queries.',
  ],
];

/** Maps a SQLite error to a SQL Server error: 8623 for features that SQLite lacks. */
export function asSqlServerError(error: unknown): SqlServerError {
  if (error instanceof SqlServerError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const meaning = meanings.find(([pattern]) => pattern.test(text));
  const [, number, message] = meaning ?? [
    null,
    8623,
    'The query processor ran out of internal resources and could not produce a query plan. This is a rare event and only expected for extremely complex queries or queries that reference a very large number of tables or partitions. Please simplify the query.',
  ];
  return Object.assign(new SqlServerError(number, message), { cause: error });
}

import { lines } from '../../datasources/sql-passthrough/statement.ts';

/** Counts by value, as a SELECT of the columns NAME (a code, a text of a look-up table, or a case) and N (how many). */
export interface Reading {
  readonly name: string;
  /** Tables that the SELECT names. It is left out where the login may not read one of them. */
  readonly tables: readonly string[];
  readonly sql: string;
  /** Whether its values name rows of the practice. Then they are compared in memory, and no report shows them. */
  readonly internal?: boolean;
}

/** The values of a reading with their counts. */
export type Counts = ReadonlyMap<string, number>;

/** Counts the rows of a table by a CASE or another expression. */
export function countBy(expression: string, from: string): string {
  return `SELECT k.NAME, COUNT(*) AS N FROM (SELECT ${expression} AS NAME ${from}) k GROUP BY k.NAME`;
}

export const textOf = (expression: string): string => `CAST(${expression} AS varchar(40))`;

/**
 * One row for each value of each reading. Everything is known to SQL Server 2012. The collation is that of the database,
 * because system views can have another one, which UNION ALL would refuse.
 */
export function branchOf({ name, sql }: Pick<Reading, 'name' | 'sql'>): string {
  return lines(
    `SELECT '${name}' AS LINE, CAST(r.NAME AS nvarchar(300)) COLLATE DATABASE_DEFAULT AS NAME, r.N`,
    `FROM (${sql}) r`,
  );
}

export function statementOf(readings: readonly Reading[]): string {
  return readings.map(branchOf).join('\nUNION ALL\n');
}

import type { ConnectedPractice } from '../../datasources/halo-cloud/halo-session.ts';
import type { SqlRow } from '../../engine/row-decoder.ts';
import { HaloError, PmsError } from '../../errors.ts';
import type { Call } from './charged-calls.ts';
import { firstReadings, secondReadings } from './lines.ts';
import { type Counts, type Reading, statementOf } from './reading.ts';

export interface SqlFindings {
  readonly counts: Map<string, Counts>;
  readonly missing: Map<string, string>;
  row?: SqlRow;
}

/** A reading of its own: why the database refused a statement. */
const refusedStatements = 'refused statements';

/** A statement that takes too long or returns too much is repeated as an async query. */
const maxChargesOfStatement = 2;

/**
 * Reads everything with two statements. The second one names only tables that the first one found to be granted. If SQL
 * Server still refuses it, it is sent in halves, so that one refused object does not lose all answers.
 */
export async function readSql(
  call: Call,
  connection: (signalled: Parameters<Parameters<Call>[1]>[0]) => Promise<ConnectedPractice>,
): Promise<SqlFindings> {
  const found: SqlFindings = { counts: new Map(), missing: new Map() };

  /** Returns the error, if any. */
  async function read(readings: readonly Reading[], text: string): Promise<unknown> {
    const note = (reason: string) => {
      for (const { name } of readings) found.missing.set(name, reason);
    };
    try {
      const rows = await call(maxChargesOfStatement, async (session) =>
        (await connection(session)).sql({ text, parameters: [] }),
      );
      if (rows === null) {
        note('It would cost more charged calls than confirm may make.');
        return undefined;
      }
      for (const { name } of readings) {
        found.missing.delete(name);
        found.counts.set(name, countsIn(rows, name));
      }
      found.row ??= rows.find((row) => 'PADDED' in row);
      return undefined;
    } catch (error) {
      if (!(error instanceof HaloError)) throw error;
      note(reasonOf(error));
      if (error instanceof PmsError) found.counts.set(refusedStatements, new Map([[reasonOf(error), 1]]));
      return error;
    }
  }

  const first = await read(firstReadings, withRowShape(statementOf(firstReadings)));
  if (first !== undefined) {
    for (const { name } of secondReadings) found.missing.set(name, reasonOf(first as HaloError));
    found.missing.set('row', reasonOf(first as HaloError));
    return found;
  }
  if (!found.row) found.missing.set('row', 'The first statement gave no row.');
  const permissions = found.counts.get('permissions') ?? new Map<string, number>();
  const isGranted = (table: string) => permissions.get(`SELECT ${table}`) === 1;
  const readable = secondReadings.filter((reading) => {
    const lacking = reading.tables.filter((table) => !isGranted(table));
    if (lacking.length > 0) found.missing.set(reading.name, `The login may not read ${lacking.join(', ')}.`);
    return lacking.length === 0;
  });
  if (readable.length === 0) return found;
  const refused = await read(readable, statementOf(readable));
  if (refused instanceof PmsError && refused.errorType === 'mssql' && readable.length > 1) {
    const middle = Math.ceil(readable.length / 2);
    for (const half of [readable.slice(0, middle), readable.slice(middle)])
      await read(half, statementOf(half));
  }
  return found;
}

/** The rows of a statement with further columns of each kind, which show how Halo Cloud writes them. */
function withRowShape(text: string): string {
  return `SELECT k.LINE, k.NAME, k.N, CAST('ab' AS char(4)) AS PADDED, CAST(NULL AS int) AS MISSING, CAST('2026-01-02T03:04:05' AS datetime) AS MOMENT, CAST(1 AS bit) AS FLAG FROM (\n${text}\n) k`;
}

function countsIn(rows: readonly SqlRow[], line: string): Counts {
  const own = rows.filter((row) => String(row.LINE).trimEnd() === line);
  return new Map(own.map((row) => [String(row.NAME ?? '').trimEnd(), Number(row.N ?? 0)]));
}

export function reasonOf(error: HaloError): string {
  if (error instanceof PmsError) {
    return `The database refuses the statement (${[error.errorType, error.errorCode].filter((part) => part !== null).join(' ')}).`;
  }
  return `${error.code}: ${error.message}`;
}

/** BP_* procedures as they are called through Halo Cloud, which does not pass on what they return: a text that selects it. */
import { NotFound, UpstreamFailed } from '../../../errors.ts';
import type { PracticeConnection, SqlStatement } from '../../practice-connection.ts';
import { NoAnswer } from '../../practice-writes.ts';
import { Columns, type Reader } from '../row.ts';
import { lines, type Parameters, possibleIds } from '../statement.ts';

// Rests on assumption B37.

export interface ProcedureCall {
  /** Without the schema: `BP_AddAppointment`. */
  readonly procedure: string;
  /** The procedure's own parameters by name, and the parameters of the text that stand for their values. */
  readonly with: Readonly<Record<string, string>>;
  /** What its return value is selected as. */
  readonly as: string;
  /** Called only where this finds no row; `otherwise` is answered in its place. */
  readonly unless?: { readonly found: string; readonly otherwise: number };
}

/** One text, one charged call: looks, calls, and selects what was returned. */
export function procedureStatement(call: ProcedureCall, parameters: Parameters): SqlStatement {
  const passed = Object.entries(call.with).map(([name, value]) => `@${name} = ${value}`);
  const execute = `EXEC @${call.as} = dbo.${call.procedure} ${passed.join(', ')};`;
  return parameters.call(
    lines(
      `DECLARE @${call.as} INT${call.unless ? ` = ${call.unless.otherwise}` : ''};`,
      call.unless ? `IF NOT EXISTS (${call.unless.found})` : null,
      execute,
      `SELECT @${call.as} AS ${call.as};`,
    ),
    call.procedure,
  );
}

/** What the procedure returned. */
export function runProcedure(
  connection: PracticeConnection,
  call: ProcedureCall,
  parameters: Parameters,
): Promise<number | null> {
  const columns = new Columns();
  const answer = { columns, read: columns.integer(call.as) };
  return writeAndRead(connection, procedureStatement(call, parameters), answer, 'REFERENCE');
}

/**
 * Sends a text that writes, and reads the one row that it answers. An answer without that row leaves open what happened,
 * although the call came through: NoAnswer.
 */
export async function writeAndRead<T>(
  connection: PracticeConnection,
  statement: SqlStatement,
  { columns, read }: { readonly columns: Columns; readonly read: Reader<T> },
  leaves?: 'REFERENCE',
): Promise<T> {
  const sentAt = connection.now();
  const rows = await connection.sqlWrite(statement, leaves);
  try {
    const [row] = rows;
    if (!row || rows.length > 1) {
      throw new UpstreamFailed(200, {
        detail: `SQL Passthrough: ${rows.length} rows where one should come.`,
      });
    }
    return read(columns.cellsOf(row));
  } catch (error) {
    throw new NoAnswer(sentAt, error);
  }
}

/** An id that no row can have is not sent. */
export function mustBePossible(id: string, what: 'appointment' | 'patient' | 'user' | 'location'): void {
  if (possibleIds([id]).length === 0) throw notFound(what);
}

export function notFound(what: 'appointment' | 'patient' | 'user' | 'location'): NotFound {
  return new NotFound({ message: `The practice has no such ${what}.` });
}

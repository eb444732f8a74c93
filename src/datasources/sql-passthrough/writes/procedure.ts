/** Sends batches that write, and reads their row. */

import type { CellsOf } from '../../../engine/row-decoder.ts';
import { NotFound, UpstreamFailed } from '../../../errors.ts';
import type { PracticeConnection, SqlStatement } from '../../halo-cloud/practice-connection.ts';
import { NoAnswer } from '../../practice/write-port.ts';
import type { Reader } from '../row.ts';
import { possibleIds } from '../statement.ts';

// Rests on assumption B37.

/**
 * Sends a batch that writes, and reads its one row. Throws NoAnswer for a response without that row, because it does not
 * show the outcome.
 */
export async function writeAndRead<T>(
  connection: PracticeConnection,
  statement: SqlStatement,
  { columns, read }: { readonly columns: { readonly cellsOf: CellsOf }; readonly read: Reader<T> },
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

/** Throws NotFound for an id that no row can have. It is not sent. */
export function mustBePossible(id: string, what: 'appointment' | 'patient' | 'user' | 'location'): void {
  if (possibleIds([id]).length === 0) throw notFound(what);
}

export function notFound(what: 'appointment' | 'patient' | 'user' | 'location'): NotFound {
  return new NotFound({ message: `The practice has no such ${what}.` });
}

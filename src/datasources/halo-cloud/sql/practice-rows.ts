import type { ReadRows } from '../../../engine/rows/read-rows.ts';
import type { RowReader } from '../../../engine/rows/row-reader.ts';
import type { SqlRow } from '../../../engine/rows/sql-row.ts';
import type { SelectStatement, SqlStatement } from '../practice-connection.ts';
import type { UpstreamRead } from '../transport/upstream-call.ts';
import { immediateQuery, immediateReading } from './immediate-query.ts';
import { goOnAsAsync, metALimit } from './promotion.ts';
import type { QueryDesk } from './site-queries.ts';

/** A statement of the port, which only reads: as an immediate query, and where that meets a limit as an async one. */
export function practiceRows(
  desk: QueryDesk,
  haloGuid: string,
  statement: SqlStatement,
): Promise<readonly SqlRow[]> {
  return rowsOf(desk, haloGuid, statement, immediateQuery(haloGuid, statement));
}

/** The same, read as they are decoded where an immediate query brings them. */
export function practiceRowsRead(
  desk: QueryDesk,
  haloGuid: string,
  statement: SelectStatement,
  reader: RowReader<unknown>,
): Promise<readonly SqlRow[] | ReadRows> {
  return rowsOf(desk, haloGuid, statement, immediateReading(haloGuid, statement, reader));
}

async function rowsOf<T>(
  desk: QueryDesk,
  haloGuid: string,
  statement: SqlStatement,
  call: UpstreamRead<T>,
): Promise<T | readonly SqlRow[]> {
  try {
    return await desk.halo.read(call, desk.context);
  } catch (error) {
    if (!metALimit(error, desk.context.signal)) throw error;
    const command = {
      text: statement.text,
      type: 'text',
      executionMode: 'reader',
      parameters: statement.parameters.map(({ name, type, value, size }) => ({
        name,
        type,
        value,
        direction: 'input' as const,
        size: size ?? null,
      })),
      catalogue: null,
    } as const;
    const { rows } = await goOnAsAsync(desk, haloGuid, command, error);
    return rows;
  }
}

import type { ReadRows } from '../../../engine/rows/read-rows.ts';
import type { RowReader } from '../../../engine/rows/row-reader.ts';
import type { SqlRow } from '../../../engine/rows/sql-row.ts';
import type { SelectStatement, SqlStatement } from '../practice-connection.ts';
import type { UpstreamRead } from '../transport/upstream-call.ts';
import { immediateQuery, immediateQueryWithReader } from './immediate-query.ts';
import { exceededLimit, repeatAsAsync } from './promotion.ts';
import type { QueryContext } from './site-queries.ts';

/** Runs a reading statement as an immediate query. If that exceeds a limit, it runs as an async query. */
export function practiceRows(
  queries: QueryContext,
  haloGuid: string,
  statement: SqlStatement,
): Promise<readonly SqlRow[]> {
  return rowsOf(queries, haloGuid, statement, immediateQuery(haloGuid, statement));
}

/** The same. The rows of an immediate query are converted by the reader while they are decoded. */
export function practiceRowsRead(
  queries: QueryContext,
  haloGuid: string,
  statement: SelectStatement,
  reader: RowReader<unknown>,
): Promise<readonly SqlRow[] | ReadRows> {
  return rowsOf(queries, haloGuid, statement, immediateQueryWithReader(haloGuid, statement, reader));
}

async function rowsOf<T>(
  queries: QueryContext,
  haloGuid: string,
  statement: SqlStatement,
  call: UpstreamRead<T>,
): Promise<T | readonly SqlRow[]> {
  try {
    return await queries.halo.read(call, queries.context);
  } catch (error) {
    if (!exceededLimit(error, queries.context.signal)) throw error;
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
    const { rows } = await repeatAsAsync(queries, haloGuid, command, error);
    return rows;
  }
}

import type { SqlRow, SqlStatement } from '../../practice-connection.ts';
import { immediateQuery } from '../immediate-query.ts';
import type { QueryDesk } from './desk.ts';
import { goOnAsAsync, metALimit } from './promotion.ts';

/** A statement of the port, which only reads: as an immediate query, and where that meets a limit as an async one. */
export async function practiceRows(
  desk: QueryDesk,
  haloGuid: string,
  statement: SqlStatement,
): Promise<readonly SqlRow[]> {
  try {
    return await desk.halo.read(immediateQuery(haloGuid, statement), desk.context);
  } catch (error) {
    if (!metALimit(error, desk.context.signal)) throw error;
    const command = {
      text: statement.text,
      type: 'text',
      executionMode: 'reader',
      parameters: statement.parameters.map(({ name, type, value }) => ({
        name,
        type,
        value,
        direction: 'input' as const,
        size: null,
      })),
      catalogue: null,
    } as const;
    const { rows } = await goOnAsAsync(desk, haloGuid, command, error);
    return rows;
  }
}

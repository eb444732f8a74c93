import type { SqlRow } from '../../../engine/row-decoder.ts';
import type { SqlStatement } from '../practice-connection.ts';
import type { UpstreamRead } from '../transport/upstream-call.ts';
import { exceededLimit, repeatAsAsync } from './promotion.ts';
import type { QueryContext } from './site-queries.ts';

/**
 * Runs a reading statement as an immediate query. If that exceeds a limit, it runs as an async query.
 * @param call the statement as an immediate query
 */
export async function practiceRows<T>(
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

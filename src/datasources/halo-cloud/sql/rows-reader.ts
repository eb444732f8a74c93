import type { SqlRow } from '../../../engine/row-decoder.ts';
import type { SqlStatement } from '../practice-connection.ts';
import type { KnownSite } from '../sites/sites-directory.ts';
import type { UpstreamRead } from '../transport/upstream-call.ts';
import { exceededLimit, repeatAsAsync } from './promotion.ts';
import type { QueryContext } from './site-queries.ts';
import type { SqlCommand } from './site-sql.ts';

/**
 * Returns the function that runs a reading statement at a site: as an immediate query and, if that exceeds a limit, as an
 * async query.
 * @param callAt the statement as an immediate query
 */
export function rowsReader<T>(
  queries: QueryContext,
  statement: SqlStatement,
  callAt: (site: KnownSite) => UpstreamRead<T>,
): (site: KnownSite) => Promise<T | readonly SqlRow[]> {
  const { halo, context } = queries;
  return async function readRows(site) {
    try {
      return await halo.read(callAt(site), context);
    } catch (error) {
      if (!exceededLimit(error, context.signal)) throw error;
      const { rows } = await repeatAsAsync(queries, site.haloGuid, commandOf(statement), error);
      return rows;
    }
  };
}

const commandOf = ({ text, parameters }: SqlStatement): SqlCommand => ({
  text,
  type: 'text',
  executionMode: 'reader',
  parameters: parameters.map(({ name, type, value, size }) => ({
    name,
    type,
    value,
    direction: 'input',
    size: size ?? null,
  })),
  catalogue: null,
});

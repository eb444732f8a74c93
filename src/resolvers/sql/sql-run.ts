import type { GraphContext } from '../../context.ts';
import type { SqlResult } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { checkRange, type SqlCommandInput } from './sql-command.ts';
import type { SiteRef } from './sql-place.ts';
import { sendStatement } from './sql-send.ts';

export interface RunSqlInput {
  readonly site: SiteRef;
  readonly command: SqlCommandInput;
  readonly maxTimeInQueueMs?: number | null | undefined;
}

export interface SqlResultPayload {
  readonly result: SqlResult;
}

/** How long Halo Cloud can queue an immediate query, in milliseconds. */
const queueMs = [0, 60_000] as const;

/** `Mutation.runSql` */
export function runSql(
  _root: unknown,
  { input }: { readonly input: RunSqlInput },
  context: GraphContext,
): Promise<SqlResultPayload> {
  return sendStatement(
    context,
    'immediate',
    input,
    (check) => checkRange(check, 'maxTimeInQueueMs', input.maxTimeInQueueMs, queueMs),
    async ({ sqlSite }, command, trace) => {
      const result = await sqlSite.run(command, input.maxTimeInQueueMs ?? null);
      trace.queryId = result.id;
      trace.rows = result.rowCount ?? result.rows?.length ?? null;
      trace.rowsAffected = result.rowsAffected;
      return { result };
    },
  );
}

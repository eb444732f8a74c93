import { createHash } from 'node:crypto';
import type { GraphContext } from '../../context.ts';
import { HaloError } from '../../errors.ts';
import { shortText } from '../../lib/short-text.ts';
import type { SqlCommandInput } from './sql-command.ts';
import { isParameterName } from './sql-parameters.ts';

/** Names of parameters in a line. */
const maxParameters = 100;

export type SqlMode = 'immediate' | 'async' | 'registered';

/** What becomes known of a statement on its way. */
export interface SqlTrace {
  bpSiteId?: string | null;
  haloGuid?: string;
  /** Halo Cloud's id of the query. */
  queryId?: string | null;
  rows?: number | null;
  rowsAffected?: number | null;
}

/**
 * One line for each statement, also for one that was refused or failed: who sent which to whom, and what came of it. The
 * text is there as its SHA-256 only, and of parameters their names: both can hold patients.
 */
export async function audited<T>(
  context: GraphContext,
  mode: SqlMode,
  command: SqlCommandInput,
  send: (trace: SqlTrace) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const trace: SqlTrace = {};
  const tell = (code: string) =>
    context.audit.statement({
      // Both can be whatever the caller asked for.
      bpSiteId: trace.bpSiteId ? shortText(trace.bpSiteId) : null,
      haloGuid: trace.haloGuid ? shortText(trace.haloGuid) : null,
      mode,
      sha256: createHash('sha256').update(command.text).digest('hex'),
      parameters: (command.parameters ?? [])
        .map(({ name }) => name)
        .filter(isParameterName)
        .slice(0, maxParameters),
      queryId: trace.queryId ?? null,
      rows: trace.rows ?? null,
      rowsAffected: trace.rowsAffected ?? null,
      ms: Math.round(performance.now() - started),
      code,
    });
  try {
    const answer = await send(trace);
    tell('OK');
    return answer;
  } catch (error) {
    tell(error instanceof HaloError ? error.code : 'INTERNAL_SERVER_ERROR');
    throw error;
  }
}

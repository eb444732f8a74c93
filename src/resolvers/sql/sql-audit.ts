import { createHash } from 'node:crypto';
import type { GraphContext } from '../../context.ts';
import { HaloError } from '../../errors.ts';
import { shortText } from '../../lib/short-text.ts';
import type { SqlCommandInput } from './sql-command.ts';
import { isParameterName } from './sql-parameters.ts';

/** Maximum number of parameter names in a line. */
const maxParameters = 100;

export type SqlMode = 'immediate' | 'async' | 'registered';

/** Facts that are known only after a statement was sent. */
export interface SqlTrace {
  bpSiteId?: string | null;
  haloGuid?: string;
  /** Halo Cloud's id of the query. */
  queryId?: string | null;
  rows?: number | null;
  rowsAffected?: number | null;
}

/**
 * Writes one audit line for each statement, also if it was refused or failed. The line holds the SHA-256 of the text and the
 * names of the parameters. The text and the values can hold patient data.
 */
export async function audited<T>(
  context: GraphContext,
  mode: SqlMode,
  command: SqlCommandInput,
  send: (trace: SqlTrace) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const trace: SqlTrace = {};
  const record = (code: string) =>
    context.audit.statement({
      // Both can be any text of the caller.
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
    record('OK');
    return answer;
  } catch (error) {
    record(error instanceof HaloError ? error.code : 'INTERNAL_SERVER_ERROR');
    throw error;
  }
}

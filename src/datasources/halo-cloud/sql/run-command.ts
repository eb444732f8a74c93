import { OutcomeUnknown, ResultTooLarge } from '../../../errors.ts';
import type { PracticeManagementSystem } from '../../domain/pms.ts';
import { NoAnswer } from '../../practice/write-port.ts';
import type { UpstreamWrite } from '../transport/upstream-call.ts';
import { exceededLimit, repeatAsAsync } from './promotion.ts';
import { defaultQueueMs, queryBody } from './query-command.ts';
import { readsOnly } from './reads-only.ts';
import type { QueryContext } from './site-queries.ts';
import type { SqlCommand, SqlResult } from './site-sql.ts';
import { readImmediate } from './sql-result.ts';

/** Sends an immediate query, never shared. If it certainly only reads and exceeds a limit, it runs again as an async query. */
export async function runCommand(
  queries: QueryContext,
  haloGuid: string,
  pms: PracticeManagementSystem,
  command: SqlCommand,
  maxTimeInQueueMs: number | null,
): Promise<SqlResult> {
  const { halo, context } = queries;
  const call = immediateCall(haloGuid, command, maxTimeInQueueMs);
  if (!certainlyReads(command, pms)) {
    return orOutcomeUnknown(halo.write(call, context), 'the statement was carried out');
  }
  try {
    return await halo.write(call, { ...context, writeTime: undefined });
  } catch (error) {
    const failure = error instanceof NoAnswer ? error.cause : error;
    const hasOutputs = command.parameters.some(({ direction }) => direction !== 'input');
    if (hasOutputs || !exceededLimit(failure, context.signal)) throw failure;
    const { query, rows } = await repeatAsAsync(queries, haloGuid, command, failure);
    return {
      id: query.queryId,
      rows,
      rowCount: rows.length,
      rowsAffected: query.rowsAffected,
      outputParameters: [],
      sqlExecutionMs: query.sqlExecutionMs,
    };
  }
}

/** Converts NoAnswer to OutcomeUnknown. `what` completes the sentence "It is not known whether ...". */
export async function orOutcomeUnknown<T>(answer: Promise<T>, what: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    // The database's error helps the author of the statement more than OutcomeUnknown.
    if (error.over) throw error.cause;
    const tooLarge = error.cause instanceof ResultTooLarge ? ' Its result is too large to return.' : '';
    throw new OutcomeUnknown(null, {
      message: `It is not known whether ${what}.${tooLarge} Check its effect before you send it again.`,
      retryable: false,
      cause: error.cause,
    });
  }
}

export function certainlyReads(command: SqlCommand, pms: PracticeManagementSystem): boolean {
  return (
    command.type === 'text' &&
    command.executionMode === 'reader' &&
    readsOnly(command.text, { functionsMayWrite: pms !== 'BEST_PRACTICE' })
  );
}

function immediateCall(
  haloGuid: string,
  command: SqlCommand,
  maxTimeInQueueMs: number | null,
): UpstreamWrite<SqlResult> {
  return {
    kind: 'sql',
    method: 'POST',
    route: '/integrator/sites/{siteId}/queries/immediate',
    path: `/integrator/sites/${haloGuid}/queries/immediate`,
    haloGuid,
    body: queryBody(command, maxTimeInQueueMs),
    bodyWithin: (maxQueueMs) => queryBody(command, Math.min(maxTimeInQueueMs ?? defaultQueueMs, maxQueueMs)),
    read: (body) => readImmediate(body, command),
  };
}

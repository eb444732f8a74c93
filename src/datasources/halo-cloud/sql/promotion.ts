import type { SqlRow } from '../../../engine/rows/sql-row.ts';
import { PmsError, QueryTimedOut, ResultTooLarge, UpstreamFailed } from '../../../errors.ts';
import type { StopSignal } from '../../../lib/stop.ts';
import { NoAnswer } from '../../practice/write-port.ts';
import { fetchPage } from './page.ts';
import { isFinal, queryFailure } from './query-failure.ts';
import type { QueryRecord } from './query-record.ts';
import type { QueryDesk } from './site-queries.ts';
import type { SqlCommand } from './site-sql.ts';
import { startCall } from './start-query.ts';

const megabyte = 1024 * 1024;
const maxBytes = 16 * megabyte;
/** The number that SQL Server's client gives a command that took too long (assumption H23). */
const clientTimeout = -2;

/**
 * Whether an immediate query met a limit that async ones do not have: 413, or the upstream's time. The operation's own
 * deadline is none, nor is a caller who has gone.
 */
export function metALimit(error: unknown, signal: StopSignal): error is Error {
  if (signal.aborted) return false;
  if (error instanceof PmsError) return error.errorType === 'mssql' && error.errorCode === clientTimeout;
  return error instanceof ResultTooLarge || error instanceof QueryTimedOut;
}

/**
 * Runs as an async query what met a limit as an immediate one, to the end: all its rows. Only for what certainly reads.
 * Throws `met` where Halo Cloud does not take it, QueryTimedOut and ResultTooLarge (above 16 MB in all) with the query's id,
 * and what the query failed with.
 */
export async function goOnAsAsync(
  desk: QueryDesk,
  haloGuid: string,
  command: SqlCommand,
  met: Error,
): Promise<{ readonly query: QueryRecord; readonly rows: readonly SqlRow[] }> {
  const { queryId } = await started(desk, haloGuid, command, met);
  const query = await desk.watch.until(haloGuid, queryId, isFinal, desk.context);
  if (!query) throw new UpstreamFailed(null, { detail: 'the query that was started is not known' });
  const failure = queryFailure(query, haloGuid);
  if (failure) throw failure;
  const bytes = query.pages.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? megabyte), 0);
  if (bytes > maxBytes) {
    throw new ResultTooLarge({
      asyncQueryId: queryId,
      message: 'The result is too large to return at once. Read the pages of the async query.',
      detail: `${bytes} bytes on ${query.pages.length} pages`,
    });
  }
  const rows: SqlRow[] = [];
  for (const page of query.pages) {
    for (const row of await fetchPage(desk, haloGuid, queryId, page)) rows.push(row);
  }
  if (query.rowCount !== null && rows.length < query.rowCount) {
    throw new UpstreamFailed(200, { detail: `${rows.length} of ${query.rowCount} rows` });
  }
  return { query, rows };
}

async function started({ halo, context }: QueryDesk, haloGuid: string, command: SqlCommand, met: Error) {
  try {
    return await halo.write(startCall(haloGuid, command, null), { ...context, writeSignal: undefined });
  } catch (error) {
    const failure = error instanceof NoAnswer ? error.cause : error;
    throw failure instanceof UpstreamFailed && !context.signal.aborted ? met : failure;
  }
}

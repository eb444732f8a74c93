import type { SqlRow } from '../../../engine/row-decoder.ts';
import { PmsError, QueryTimedOut, ResultTooLarge, UpstreamFailed } from '../../../errors.ts';
import type { StopSignal } from '../../../lib/stop.ts';
import { NoAnswer } from '../../practice/write-port.ts';
import { because } from '../transport/explain.ts';
import { fetchPage } from './page.ts';
import { isFinal, queryFailure } from './query-failure.ts';
import type { QueryRecord } from './query-record.ts';
import type { QueryContext } from './site-queries.ts';
import type { SqlCommand } from './site-sql.ts';
import { startCall } from './start-query.ts';

const megabyte = 1024 * 1024;
const maxBytes = 16 * megabyte;
/** The error number of SQL Server's client for a command that timed out (assumption H23). */
const clientTimeout = -2;

/**
 * Whether an immediate query exceeded a limit that async queries do not have: 413 or the upstream's timeout. The
 * operation's deadline and a caller that disconnects do not count.
 */
export function exceededLimit(error: unknown, signal: StopSignal): error is Error {
  if (signal.aborted) return false;
  if (error instanceof PmsError) return error.errorType === 'mssql' && error.errorCode === clientTimeout;
  return error instanceof ResultTooLarge || error instanceof QueryTimedOut;
}

/**
 * Repeats a query as an async query after it exceeded a limit as an immediate one, and returns all rows. Only for commands
 * that certainly only read. Throws `limitError` when Halo Cloud does not accept the query. Throws QueryTimedOut and
 * ResultTooLarge (above 16 MB in total) with the query's id. Otherwise throws the error of the query.
 */
export function repeatAsAsync(
  queries: QueryContext,
  haloGuid: string,
  command: SqlCommand,
  limitError: Error,
): Promise<AsyncResult> {
  return because('LIMIT_EXCEEDED', () => runAsync(queries, haloGuid, command, limitError));
}

interface AsyncResult {
  readonly query: QueryRecord;
  readonly rows: readonly SqlRow[];
}

async function runAsync(
  queries: QueryContext,
  haloGuid: string,
  command: SqlCommand,
  limitError: Error,
): Promise<AsyncResult> {
  const { queryId } = await start(queries, haloGuid, command, limitError);
  const query = await queries.poller.until(haloGuid, queryId, isFinal, queries.context);
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
    for (const row of await fetchPage(queries, haloGuid, queryId, page)) rows.push(row);
  }
  if (query.rowCount !== null && rows.length < query.rowCount) {
    throw new UpstreamFailed(200, { detail: `${rows.length} of ${query.rowCount} rows` });
  }
  return { query, rows };
}

async function start(
  { halo, context }: QueryContext,
  haloGuid: string,
  command: SqlCommand,
  limitError: Error,
) {
  try {
    return await halo.write(startCall(haloGuid, command, null), { ...context, writeTime: undefined });
  } catch (error) {
    const failure = error instanceof NoAnswer ? error.cause : error;
    throw failure instanceof UpstreamFailed && !context.signal.aborted ? limitError : failure;
  }
}

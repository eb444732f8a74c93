import type { SqlRow } from '../../../engine/rows/sql-row.ts';
import { NotFound, QueryTimedOut, ResultExpired, ResultTooLarge, UpstreamFailed } from '../../../errors.ts';
import type { UpstreamRead } from '../transport/upstream-call.ts';
import { parseArriving } from './exact-json.ts';
import { queryFailure } from './query-failure.ts';
import { resultRows } from './result-rows.ts';
import type { QueryDesk } from './site-queries.ts';
import type { SqlPageInfo, SqlQueryRecord } from './site-sql.ts';

/** Pages are about 1 MB; one far above that is not one to be held. */
const pageLimitBytes = 16 * 1024 * 1024;
/** Of a stream that a site does not have, or that says nothing usable; null is one that was cut. */
const noStream: ReadonlySet<number | null> = new Set([200, 404, 405, 501, null]);

/** The rows of a page, as soon as it is cached; the query's others may still be on their way. */
export async function readPage(
  desk: QueryDesk,
  haloGuid: string,
  queryId: string,
  number: number,
): Promise<readonly SqlRow[]> {
  const isWanted = (query: SqlQueryRecord) =>
    queryFailure(query, haloGuid) !== undefined ||
    pageOf(query, number)?.status === 'cached' ||
    (query.status === 'SUCCESSFUL' && !pageOf(query, number));
  const now = await named(queryId, desk.status(haloGuid, queryId));
  const query =
    now && !isWanted(now) ? await desk.watch.until(haloGuid, queryId, isWanted, desk.context) : now;
  if (!query) throw new NotFound();
  const failure = queryFailure(query, haloGuid);
  if (failure) throw failure;
  const page = pageOf(query, number);
  if (!page) throw new NotFound();
  return fetchPage(desk, haloGuid, queryId, page);
}

/** The rows of a page that is cached: parsed as they arrive, or where the site does not stream, as a whole. */
export function fetchPage(
  desk: QueryDesk,
  haloGuid: string,
  queryId: string,
  page: SqlPageInfo,
): Promise<readonly SqlRow[]> {
  return named(queryId, streamedOrWhole(desk, haloGuid, queryId, page));
}

async function streamedOrWhole(
  { halo, context, lacking }: QueryDesk,
  haloGuid: string,
  queryId: string,
  page: SqlPageInfo,
): Promise<readonly SqlRow[]> {
  const whole = () => halo.read(pageCall(haloGuid, queryId, page, ''), context);
  if (lacking.has(haloGuid, 'stream')) return whole();
  try {
    return await halo.read(pageCall(haloGuid, queryId, page, '/stream'), context);
  } catch (error) {
    if (!(error instanceof UpstreamFailed && noStream.has(error.httpStatus))) throw error;
    const rows = await whole();
    if (error.httpStatus !== null) lacking.note(haloGuid, 'stream', context);
    return rows;
  }
}

function pageOf({ pages }: SqlQueryRecord, number: number): SqlPageInfo | undefined {
  return pages.find((page) => page.number === number);
}

function pageCall(
  haloGuid: string,
  queryId: string,
  { number, rowCount }: SqlPageInfo,
  how: '/stream' | '',
): UpstreamRead<readonly SqlRow[]> {
  return {
    kind: 'result',
    method: 'GET',
    route: `/integrator/sites/{siteId}/queries/{queryId}/results/{pageNumber}${how}`,
    path: `/integrator/sites/${haloGuid}/queries/${encodeURIComponent(queryId)}/results/${number}${how}`,
    haloGuid,
    parse: (body) => parseArriving(body, pageLimitBytes),
    read: (body) => resultRows(pageData(body), rowCount),
    refused(status) {
      if (status === 410) return new ResultExpired();
      return status === 404 && how === '' ? new NotFound() : undefined;
    },
  };
}

/** A stream is the page's JSON itself (assumption H22); `{ data, parameters }` is taken wherever it comes. */
function pageData(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  if ('data' in body) return body.data;
  return 'parameters' in body ? null : body;
}

/** Says in the errors that leave something to go on with which query it is. */
async function named<T>(queryId: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof QueryTimedOut && error.asyncQueryId === null) {
      throw new QueryTimedOut({ asyncQueryId: queryId, ...(error.detail && { detail: error.detail }) });
    }
    if (error instanceof ResultTooLarge && error.asyncQueryId === null) {
      throw new ResultTooLarge({ asyncQueryId: queryId, ...(error.detail && { detail: error.detail }) });
    }
    throw error;
  }
}

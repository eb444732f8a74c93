import type { SqlRow } from '../../../engine/row-decoder.ts';
import { NotFound, QueryTimedOut, ResultExpired, ResultTooLarge, UpstreamFailed } from '../../../errors.ts';
import type { UpstreamRead } from '../transport/upstream-call.ts';
import { parseJsonStream } from './exact-json.ts';
import { queryFailure } from './query-failure.ts';
import { resultRows } from './result-rows.ts';
import type { QueryContext } from './site-queries.ts';
import type { SqlPageInfo, SqlQueryRecord } from './site-sql.ts';

/** Halo Cloud's pages have about 1 MB. */
const maxPageBytes = 16 * 1024 * 1024;
/** A stream that the site does not have, or whose response is malformed. Null: the connection broke off. */
const noStream: ReadonlySet<number | null> = new Set([200, 404, 405, 501, null]);

/** The rows of a page as soon as it is cached. Other pages of the query may be incomplete. */
export async function readPage(
  queries: QueryContext,
  haloGuid: string,
  queryId: string,
  number: number,
): Promise<readonly SqlRow[]> {
  const isWanted = (query: SqlQueryRecord) =>
    queryFailure(query, haloGuid) !== undefined ||
    pageOf(query, number)?.status === 'cached' ||
    (query.status === 'SUCCESSFUL' && !pageOf(query, number));
  const now = await withQueryId(queryId, queries.status(haloGuid, queryId));
  const query =
    now && !isWanted(now) ? await queries.poller.until(haloGuid, queryId, isWanted, queries.context) : now;
  if (!query) throw new NotFound();
  const failure = queryFailure(query, haloGuid);
  if (failure) throw failure;
  const page = pageOf(query, number);
  if (!page) throw new NotFound();
  return fetchPage(queries, haloGuid, queryId, page);
}

/** The rows of a cached page: streamed, or read whole when the site has no stream. */
export function fetchPage(
  queries: QueryContext,
  haloGuid: string,
  queryId: string,
  page: SqlPageInfo,
): Promise<readonly SqlRow[]> {
  return withQueryId(queryId, streamedOrWhole(queries, haloGuid, queryId, page));
}

async function streamedOrWhole(
  { halo, context, missing }: QueryContext,
  haloGuid: string,
  queryId: string,
  page: SqlPageInfo,
): Promise<readonly SqlRow[]> {
  const whole = () => halo.read(pageCall(haloGuid, queryId, page, ''), context);
  if (missing.has(haloGuid, 'stream')) return whole();
  try {
    return await halo.read(pageCall(haloGuid, queryId, page, '/stream'), context);
  } catch (error) {
    if (!(error instanceof UpstreamFailed && noStream.has(error.httpStatus))) throw error;
    const rows = await whole();
    if (error.httpStatus !== null) missing.note(haloGuid, 'stream', context);
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
    parse: (body) => parseJsonStream(body, maxPageBytes),
    read: (body) => resultRows(pageData(body), rowCount),
    refused(status) {
      if (status === 410) return new ResultExpired();
      return status === 404 && how === '' ? new NotFound() : undefined;
    },
  };
}

/** A stream is the JSON of the rows (assumption H22). `{ data, parameters }` is accepted everywhere. */
function pageData(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  if ('data' in body) return body.data;
  return 'parameters' in body ? null : body;
}

/** Adds the query's id to QueryTimedOut and ResultTooLarge, so that the caller can continue with the query. */
async function withQueryId<T>(queryId: string, answer: Promise<T>): Promise<T> {
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

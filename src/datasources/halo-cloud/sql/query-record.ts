import { z } from 'zod';
import { errorEnvelope } from '../transport/envelope.ts';
import { MalformedResponse, shaped } from '../transport/malformed-response.ts';
import { wireCount } from '../transport/row-count.ts';
import { utcInstant } from '../transport/utc-instant.ts';
import type { SqlFailure, SqlQueryRecord, SqlQueryStatus } from './site-sql.ts';

const text = z.string().nullish();
const pageSchema = z
  .looseObject({
    pageNumber: z.number().int(),
    status: text,
    size: wireCount,
    rows: z.union([wireCount.transform((count) => ({ count })), z.looseObject({ count: wireCount })]),
  })
  .transform(({ pageNumber, status, size, rows }) => ({
    number: pageNumber,
    status: status || 'queued',
    rowCount: rows?.count ?? null,
    sizeBytes: size ?? null,
  }));
const resultSchema = z
  .looseObject({ rows: wireCount, rowsAffected: wireCount, pages: z.array(pageSchema).nullish() })
  .nullish();
const querySchema = z.looseObject({
  id: text,
  status: z.string(),
  createdAt: text,
  completedAt: text,
  metrics: z.looseObject({ sqlExecutionDuration: wireCount }).nullish(),
  result: resultSchema,
  results: resultSchema,
});

const statuses: ReadonlyMap<string, SqlQueryStatus> = new Map([
  ['initialising', 'INITIALISING'],
  ['initialisationFailedCacheError', 'INITIALISATION_FAILED_CACHE_ERROR'],
  ['initialisationFailedSiteOffline', 'INITIALISATION_FAILED_SITE_OFFLINE'],
  ['initialisationFailedSiteUnreachable', 'INITIALISATION_FAILED_SITE_UNREACHABLE'],
  ['queued', 'QUEUED'],
  ['expiredInQueue', 'EXPIRED_IN_QUEUE'],
  ['executing', 'EXECUTING'],
  ['executionFailed', 'EXECUTION_FAILED'],
  ['uploading', 'UPLOADING'],
  ['uploadFailed', 'UPLOAD_FAILED'],
  ['successful', 'SUCCESSFUL'],
]);

/** An async query as the port has it, and how long its SQL took. */
export interface QueryRecord extends SqlQueryRecord {
  readonly sqlExecutionMs: number | null;
}

/**
 * A query as Halo Cloud describes it. Its id is the one asked for where it was, else the answer's own. Where a page's range
 * begins (the contract has both 0 and 1) is not looked at; a page without a status is queued, as the contract says.
 */
export function readQuery(body: unknown, asked: string | null): QueryRecord {
  const query = shaped(querySchema, body, 'a query');
  const status = statuses.get(query.status);
  const queryId = asked ?? query.id;
  if (!status) throw new MalformedResponse('not a query: an unknown status');
  if (!queryId) throw new MalformedResponse('not a query: it has no id');
  const result = query.result ?? query.results;
  return {
    queryId: queryId.toLowerCase(),
    status,
    createdAt: utcInstant(query.createdAt),
    completedAt: utcInstant(query.completedAt),
    rowCount: result?.rows ?? null,
    rowsAffected: result?.rowsAffected ?? null,
    pages: [...(result?.pages ?? [])].sort((a, b) => a.number - b.number),
    error: sqlFailure(body),
    sqlExecutionMs: query.metrics?.sqlExecutionDuration ?? null,
  };
}

/** What a query failed with, in `errorDetails` or the older fields beside it; never its text, which may quote values. */
function sqlFailure(body: unknown): SqlFailure | null {
  const envelope = errorEnvelope(body);
  if (envelope?.shape !== 'query') return null;
  return { errorType: envelope.errorType, errorCode: envelope.errorCode };
}

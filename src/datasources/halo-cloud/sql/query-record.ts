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

/** An async query and the time that its SQL took. */
export interface QueryRecord extends SqlQueryRecord {
  readonly sqlExecutionMs: number | null;
}

/**
 * Parses a query of Halo Cloud. `requestedId` takes precedence over the id in the response. The start of a page's range is
 * ignored, because the contract has both 0 and 1. A page without a status is queued, as the contract says.
 */
export function readQuery(body: unknown, requestedId: string | null): QueryRecord {
  const query = shaped(querySchema, body, 'a query');
  const status = statuses.get(query.status);
  const queryId = requestedId ?? query.id;
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

/** The error in `errorDetails` or the older fields beside it, without its text, which may quote values. */
function sqlFailure(body: unknown): SqlFailure | null {
  const envelope = errorEnvelope(body);
  if (envelope?.shape !== 'query') return null;
  return { errorType: envelope.errorType, errorCode: envelope.errorCode };
}

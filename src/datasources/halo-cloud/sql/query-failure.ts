import {
  type HaloError,
  PmsError,
  QueryTimedOut,
  ResultTooLarge,
  SiteUnavailable,
  UpstreamFailed,
} from '../../../errors.ts';
import { isTransferTooLarge } from '../transport/response-error.ts';
import type { SqlQueryRecord } from './site-sql.ts';

/** The error of a failed query; undefined while it runs and after success. */
export function queryFailure({ status, error }: SqlQueryRecord, haloGuid: string): HaloError | undefined {
  const notes = { detail: `query ended as ${status}` };
  switch (status) {
    case 'INITIALISATION_FAILED_SITE_OFFLINE':
      return new SiteUnavailable({ haloGuid, availability: 'OFFLINE' }, notes);
    case 'INITIALISATION_FAILED_SITE_UNREACHABLE':
      return new SiteUnavailable({ haloGuid, availability: 'UNREACHABLE' }, notes);
    case 'EXPIRED_IN_QUEUE':
      return new QueryTimedOut({
        ...notes,
        message: "The query waited too long in the practice's queue and was not run. Run it again.",
      });
    case 'EXECUTION_FAILED':
      return isTransferTooLarge(error)
        ? new ResultTooLarge(notes)
        : new PmsError(error?.errorType ?? 'unknown', error?.errorCode ?? null, notes);
    case 'INITIALISATION_FAILED_CACHE_ERROR':
    case 'UPLOAD_FAILED':
      return new UpstreamFailed(null, notes);
    default:
      return undefined;
  }
}

/** Whether the query can no longer change: it failed, or all of its pages can be read. */
export function isFinal(query: SqlQueryRecord): boolean {
  if (query.status === 'SUCCESSFUL') return query.pages.every(({ status }) => status === 'cached');
  return queryFailure(query, '') !== undefined;
}

import {
  AccessDenied,
  NotFound,
  PmsError,
  QueryTimedOut,
  RateLimited,
  ResultTooLarge,
  SiteUnavailable,
  UpstreamFailed,
} from '../../../errors.ts';
import { type CallKind, isLookUp } from './call-kind.ts';
import type { UpstreamResponse } from './call-outcome.ts';
import { availabilityNamed, type Envelope, errorEnvelope, reasonNamed } from './envelope.ts';
import { Forbidden } from './forbidden.ts';
import { retryAfterSeconds } from './retry-after.ts';
import type { UpstreamRead } from './upstream-call.ts';

// Rests on assumption H7.

interface Call {
  readonly kind: CallKind;
  readonly haloGuid: string | null;
  readonly refused?: UpstreamRead<unknown>['refused'];
}

/**
 * The error in a response: by its status, or by the error inside a 200. Undefined when the response is no error.
 *
 * The error contains no text of the response, not even in `detail`, because SQL Server quotes values.
 */
export function responseError(call: Call, response: UpstreamResponse, nowMs: number): Error | undefined {
  const envelope = errorEnvelope(response.body);
  const succeeded = response.status >= 200 && response.status < 300;
  if (succeeded && (!envelope || describesFailedQuery(call, envelope))) return undefined;
  const status = succeeded ? (envelope?.status ?? response.status) : response.status;
  const notes = { detail: describe(response.status, envelope) };
  const text = envelope?.text ?? '';
  const wait = retryAfterSeconds(response.headers['retry-after'], nowMs);
  const own = call.refused?.(status, envelope);
  if (own) return own;

  switch (status) {
    case 401:
      return new AccessDenied('SUBSCRIPTION_KEY_REJECTED', notes);
    case 403:
      return call.haloGuid === null
        ? new AccessDenied(reasonNamed(text), notes)
        : new Forbidden(call.haloGuid, reasonNamed(text));
    case 404:
      return call.kind === 'site' || call.kind === 'pairing'
        ? new NotFound(notes)
        : new UpstreamFailed(404, { ...notes, retryable: false });
    case 429:
      return new RateLimited(wait, notes);
    case 503: {
      // Without Halo Cloud's envelope, a 503 says nothing about the site's availability.
      const availability = envelope ? (availabilityNamed(text) ?? 'OFFLINE') : null;
      return new SiteUnavailable({ haloGuid: call.haloGuid, availability, retryAfterSeconds: wait }, notes);
    }
    case 504: {
      const availability = availabilityNamed(text);
      if (availability) {
        return new SiteUnavailable({ haloGuid: call.haloGuid, availability, retryAfterSeconds: wait }, notes);
      }
      return isLookUp(call.kind) ? new UpstreamFailed(504, notes) : new QueryTimedOut(notes);
    }
  }
  if (!isLookUp(call.kind)) {
    if (status === 413 || isTransferTooLarge(envelope)) return new ResultTooLarge(notes);
    if (envelope?.shape === 'query') return new PmsError(envelope.errorType, envelope.errorCode, notes);
  }
  return new UpstreamFailed(status, { ...notes, retryable: status >= 500 });
}

/** The status of a failed query is a successful response, although it looks like an error. */
function describesFailedQuery({ kind }: Call, { shape }: Envelope): boolean {
  return kind === 'status' && shape === 'query';
}

/** Error code 413 of the transfer. SQL Server also has an error 413. */
export function isTransferTooLarge(
  failure: { readonly errorType: string; readonly errorCode: number | null } | null | undefined,
): boolean {
  return failure?.errorCode === 413 && (failure.errorType === 'http' || failure.errorType === 'unknown');
}

function describe(status: number, envelope: Envelope | undefined): string {
  if (!envelope) return `HTTP ${status}`;
  if (envelope.shape === 'query')
    return `HTTP ${status}, query failed: ${envelope.errorType} ${envelope.errorCode}`;
  if (envelope.shape === 'outcome')
    return `HTTP ${status}, OperationOutcome ${envelope.codes.join(' ')}`.trim();
  return `HTTP ${status}, error envelope ${envelope.status ?? ''}`.trim();
}

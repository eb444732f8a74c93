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
import { availabilityNamed, type Envelope, errorEnvelope, reasonNamed } from './envelope.ts';
import { Forbidden } from './forbidden.ts';
import { retryAfterSeconds } from './retry-after.ts';
import { type CallKind, isLookUp, type UpstreamRead } from './upstream-call.ts';

// Rests on assumption H7.

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON; undefined when it was not JSON. */
  readonly body: unknown;
}

interface Asked {
  readonly kind: CallKind;
  readonly haloGuid: string | null;
  readonly refused?: UpstreamRead<unknown>['refused'];
}

/**
 * The error that an answer is: by its status, or by what a 200 says inside. Undefined: it is none.
 *
 * No text of the answer gets into the error: not even into `detail`, because SQL Server quotes values.
 */
export function answerError(asked: Asked, answer: Answer, nowMs: number): Error | undefined {
  const envelope = errorEnvelope(answer.body);
  const succeeded = answer.status >= 200 && answer.status < 300;
  if (succeeded && (!envelope || describesFailure(asked, envelope))) return undefined;
  const status = succeeded ? (envelope?.status ?? answer.status) : answer.status;
  const notes = { detail: describe(answer.status, envelope) };
  const text = envelope?.text ?? '';
  const wait = retryAfterSeconds(answer.headers['retry-after'], nowMs);
  const own = asked.refused?.(status, envelope);
  if (own) return own;

  switch (status) {
    case 401:
      return new AccessDenied('SUBSCRIPTION_KEY_REJECTED', notes);
    case 403:
      return asked.haloGuid === null
        ? new AccessDenied(reasonNamed(text), notes)
        : new Forbidden(asked.haloGuid, reasonNamed(text));
    case 404:
      return asked.kind === 'site' || asked.kind === 'pairing'
        ? new NotFound(notes)
        : new UpstreamFailed(404, { ...notes, retryable: false });
    case 429:
      return new RateLimited(wait, notes);
    case 503: {
      // A body that is not Halo Cloud's own says nothing of the site.
      const availability = envelope ? (availabilityNamed(text) ?? 'OFFLINE') : null;
      return new SiteUnavailable({ haloGuid: asked.haloGuid, availability, retryAfterSeconds: wait }, notes);
    }
    case 504: {
      const availability = availabilityNamed(text);
      if (availability) {
        return new SiteUnavailable(
          { haloGuid: asked.haloGuid, availability, retryAfterSeconds: wait },
          notes,
        );
      }
      return isLookUp(asked.kind) ? new UpstreamFailed(504, notes) : new QueryTimedOut(notes);
    }
  }
  if (!isLookUp(asked.kind)) {
    if (status === 413 || isTransferTooLarge(envelope)) return new ResultTooLarge(notes);
    if (envelope?.shape === 'query') return new PmsError(envelope.errorType, envelope.errorCode, notes);
  }
  return new UpstreamFailed(status, { ...notes, retryable: status >= 500 });
}

/** That a query failed is what its status tells, and no failure of asking for it. */
function describesFailure({ kind }: Asked, { shape }: Envelope): boolean {
  return kind === 'status' && shape === 'query';
}

/** 413 as an error code of the transfer; SQL Server has an error 413 of its own. */
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

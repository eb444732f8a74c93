import type { Notice } from '../datasources/halo-cloud/halo-session.ts';
import type { HaloErrorCode } from '../error-codes.ts';
import { AccessDenied, type AuthoritativeServerChanged, type HaloError } from '../errors.ts';
import type { BookGap } from './book-events.ts';
import { utcInstant } from './next-event.ts';
import type { WorkAccount } from './work-account.ts';

/** Errors that would occur again in another attempt. */
const neverMended: ReadonlySet<HaloErrorCode> = new Set([
  'PRACTICE_IDENTITY_CHANGED',
  'OPERATION_NOT_SUPPORTED',
  'INVALID_INPUT',
  'NOT_FOUND',
  'RESULT_TOO_LARGE',
]);

const firstMs = 5_000;
const maxMs = 60_000;
/** Shorter, because the circuit breaker of the site holds back most of these attempts. */
const maxUnavailableMs = 10_000;
const movedMs = 100;
/** Books of one practice do not all try at the same moment. */
const jitterMs = 500;

/**
 * Whether the error ends the subscriptions. Any other error is a gap.
 * @param everLive whether the book could be read before. Then an error of the database can be temporary, such as a
 * deadlock.
 */
export function isFinal(error: HaloError, everLive: boolean): boolean {
  if (neverMended.has(error.code)) return true;
  if (error instanceof AccessDenied) return error.reason !== 'QUOTA_EXCEEDED' || !everLive;
  return !everLive && !error.retryable;
}

/**
 * Milliseconds until the book is read again, after this number of consecutive failures of calls that were sent. A circuit
 * breaker's own time is not always waited for, because another call can close the breaker earlier.
 */
export function retryDelayMs(error: HaloError, failures: number): number {
  const { retryAfterSeconds } = error as { readonly retryAfterSeconds?: number | null };
  // The current site of the practice is known.
  if (error.code === 'AUTHORITATIVE_SERVER_CHANGED' && error.retryable && failures === 1) return movedMs;
  if (error.heldBack) {
    const namedMs = retryAfterSeconds ? retryAfterSeconds * 1000 : firstMs;
    return Math.min(namedMs, maxUnavailableMs) + Math.random() * jitterMs;
  }
  const longestMs = error.code === 'SITE_UNAVAILABLE' ? maxUnavailableMs : maxMs;
  const backoff = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 10));
  return Math.max(backoff, (retryAfterSeconds ?? 0) * 1000);
}

/**
 * @param at the time until the next attempt in ms; the time since when changes may be missing, in ms since 1970; the
 * cost
 */
export function gapOf(
  error: HaloError,
  { delayMs, since, work }: { readonly delayMs: number; readonly since: number; readonly work: WorkAccount },
): BookGap {
  const { code, message } = error;
  return {
    error,
    kind: 'gap',
    since: utcInstant(since),
    reason: code,
    message,
    retryAfterSeconds: Math.ceil(delayMs / 1000),
    ...work.take(),
  };
}

export const movedNotes = {
  retryable: true,
  message: 'The practice has moved to another server. The book is read again.',
};

export const movedNotice = (
  { haloGuid, bpSiteId }: AuthoritativeServerChanged,
  currentHaloGuid: string,
): Notice => ({
  code: 'SITE_MOVED',
  message: 'The practice has moved to another server. This data comes from the current one.',
  bpSiteId,
  previousHaloGuid: haloGuid,
  currentHaloGuid,
});

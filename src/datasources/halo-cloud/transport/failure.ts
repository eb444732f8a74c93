import { type HaloError, QueryTimedOut, UpstreamFailed } from '../../../errors.ts';
import { type CallKind, isLookUp } from './call-kind.ts';

/** The error for a caller whose signal was aborted by the deadline, or because the caller disconnected. */
export function abortedAs(kind: CallKind, reason: unknown): HaloError {
  if (!isTimeout(reason)) return new UpstreamFailed(null, { detail: 'the caller has gone' });
  return isLookUp(kind)
    ? new UpstreamFailed(null, { detail: 'deadline passed during a look-up' })
    : new QueryTimedOut({ detail: 'deadline passed' });
}

/** The error for a write that is not sent because too little time is left to get its response. Nothing was written. */
export function tooLateToSend(kind: CallKind, remainingMs: number, minMs: number): HaloError {
  const notes = {
    message: 'Nothing was changed. There was too little time left to make the change. Try again.',
    detail: `not sent: ${Math.max(0, Math.floor(remainingMs))} ms left, a write needs ${minMs}`,
  };
  return isLookUp(kind) ? new UpstreamFailed(null, notes) : new QueryTimedOut(notes);
}

/**
 * If a caller waits this long before it disconnects, the site counts as silent. An earlier disconnect says nothing
 * about the site.
 */
const longWaitMs = 10_000;

/** A call that was cut while in flight: `unanswered` after the deadline or a long wait, else `aborted`. */
export function cutAs(reason: unknown, inFlightMs: number): 'unanswered' | 'aborted' {
  return isTimeout(reason) || inFlightMs >= longWaitMs ? 'unanswered' : 'aborted';
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}

/**
 * A stable code for a failed connection: `ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`, `PROXY_407`. Only the code is passed
 * on, because the error itself may contain data: undici's parser error contains bytes of the response.
 */
export function failureCode(error: unknown): string {
  // undici has no code for a refusal by the proxy.
  const [, proxyStatus] =
    /^Proxy response \((\d{3})\)/.exec(error instanceof Error ? error.message : '') ?? [];
  if (proxyStatus !== undefined) return `PROXY_${proxyStatus}`;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return error instanceof Error ? error.name : 'unknown';
}

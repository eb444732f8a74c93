import { type HaloError, QueryTimedOut, UpstreamFailed } from '../../../errors.ts';
import { type CallKind, isLookUp } from './upstream-call.ts';

/** What one asker gets whose own signal was aborted: by the deadline, or because nobody listens any more. */
export function abortedAs(kind: CallKind, reason: unknown): HaloError {
  if (!isLate(reason)) return new UpstreamFailed(null, { detail: 'the caller has gone' });
  return isLookUp(kind)
    ? new UpstreamFailed(null, { detail: 'deadline passed during a look-up' })
    : new QueryTimedOut({ detail: 'deadline passed' });
}

/** A caller who has gone after so long had waited for an answer in vain; one who goes sooner says nothing of the site. */
const waitedInVainMs = 10_000;

/**
 * Of a call that was cut while under way: `unanswered` when the deadline cut it, or a caller who had waited long; `aborted`
 * otherwise.
 */
export function cutAs(reason: unknown, underWayMs: number): 'unanswered' | 'aborted' {
  return isLate(reason) || underWayMs >= waitedInVainMs ? 'unanswered' : 'aborted';
}

function isLate(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}

/**
 * A stable code for a connection that failed: `ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`, `PROXY_407`. Neither the error nor its
 * message goes further: undici's parser error, for one, carries bytes of the answer.
 */
export function failureCode(error: unknown): string {
  // undici gives the proxy's refusal no code of its own.
  const [, proxyStatus] =
    /^Proxy response \((\d{3})\)/.exec(error instanceof Error ? error.message : '') ?? [];
  if (proxyStatus !== undefined) return `PROXY_${proxyStatus}`;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return error instanceof Error ? error.name : 'unknown';
}

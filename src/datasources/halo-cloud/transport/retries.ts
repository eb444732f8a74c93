import { RateLimited, SiteUnavailable } from '../../../errors.ts';
import type { CallOutcome } from './call-outcome.ts';
import type { RetryBudget } from './upstream-call.ts';

// Rests on assumption H30.

const maxRetries = 2;
const firstBackoffMs = 200;
/** These failures come after a long wait. The read is not sent again. */
const longWaits: ReadonlySet<string> = new Set([
  'aborted',
  'unanswered',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

export function createRetryBudget(remainingMs: () => number): RetryBudget {
  let left = maxRetries;
  return {
    take() {
      if (left === 0) return false;
      left -= 1;
      return true;
    },
    remainingMs,
  };
}

/** A read that failed. */
export interface FailedRead {
  readonly outcome: CallOutcome;
  /** Retries of this read so far. */
  readonly retries: number;
  readonly budget: RetryBudget | undefined;
  /** Whether admission control would let another attempt through now. */
  maySend(): boolean;
  readonly random?: (() => number) | undefined;
}

/**
 * Milliseconds to wait before the read is sent again; takes one retry from the budget. Undefined: do not retry, the
 * failure is the answer.
 *
 * A read is retried after a rate limit, a 503 or a broken connection. The wait is the time that the response names, plus a
 * random part of a backoff that doubles. It never exceeds the operation's deadline.
 */
export function msUntilRetry(
  error: unknown,
  { outcome, retries, budget, maySend, random = Math.random }: FailedRead,
): number | undefined {
  const namedMs = namedWaitMs(error, outcome);
  if (namedMs === undefined || !budget) return undefined;
  const waitMs = namedMs + random() * firstBackoffMs * 2 ** retries;
  return waitMs >= budget.remainingMs() || !maySend() || !budget.take() ? undefined : waitMs;
}

/** The wait that the response names, 0 if it names none. Undefined: do not retry. */
function namedWaitMs(error: unknown, { status, failure }: CallOutcome): number | undefined {
  if (failure !== null) return longWaits.has(failure) ? undefined : 0;
  // Without a status nothing was sent.
  if (status === null || status === 504) return undefined;
  if (!(error instanceof RateLimited || error instanceof SiteUnavailable)) return undefined;
  return (error.retryAfterSeconds ?? 0) * 1_000;
}

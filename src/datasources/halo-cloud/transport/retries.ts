import { RateLimited, SiteUnavailable } from '../../../errors.ts';
import type { CallOutcome } from './charged-call.ts';

// Rests on assumption H30.

/** What one operation may ask again, over all of its calls. */
export interface RetryBudget {
  /** Takes one of the extra calls; false when none is left. */
  take(): boolean;
  /** Milliseconds until the operation's deadline. */
  remainingMs(): number;
}

const extraCalls = 2;
const firstBackoffMs = 200;
/** What has been waited for so long already is not asked again. */
const patienceEnded: ReadonlySet<string> = new Set([
  'aborted',
  'unanswered',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

export function createRetryBudget(remainingMs: () => number): RetryBudget {
  let left = extraCalls;
  return {
    take() {
      if (left === 0) return false;
      left -= 1;
      return true;
    },
    remainingMs,
  };
}

/** How a read ended, and what the next one would take. */
export interface Attempted {
  /** Noted by the attempt. */
  readonly outcome: CallOutcome;
  /** How often it was asked before. */
  readonly asked: number;
  readonly budget: RetryBudget | undefined;
  /** Whether asking again would be sent at all. */
  mayAsk(): boolean;
  readonly random?: (() => number) | undefined;
}

/**
 * How long to wait before a read that failed is asked again, one extra call being taken for it; undefined: the failure is
 * the answer. After a rate limit, a 503 or a broken connection it is the time that the answer names, and a random part of a
 * backoff that doubles. Not beyond the operation's deadline.
 */
export function msUntilNext(
  error: unknown,
  { outcome, asked, budget, mayAsk, random = Math.random }: Attempted,
): number | undefined {
  const namedMs = namedPauseMs(error, outcome);
  if (namedMs === undefined || !budget) return undefined;
  const waitMs = namedMs + random() * firstBackoffMs * 2 ** asked;
  return waitMs >= budget.remainingMs() || !mayAsk() || !budget.take() ? undefined : waitMs;
}

/** What the answer asks to wait, 0 where it names nothing; undefined: not to be asked again. */
function namedPauseMs(error: unknown, { status, failure }: CallOutcome): number | undefined {
  if (failure !== null) return patienceEnded.has(failure) ? undefined : 0;
  // Without a status nothing was sent.
  if (status === null || status === 504) return undefined;
  if (!(error instanceof RateLimited || error instanceof SiteUnavailable)) return undefined;
  return (error.retryAfterSeconds ?? 0) * 1_000;
}

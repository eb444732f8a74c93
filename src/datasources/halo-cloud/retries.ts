import { RateLimited, SiteUnavailable } from '../../errors.ts';
import { type CallOutcome, noOutcome } from './charged.ts';

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

/** How one read is asked again. */
export interface Retrying<T> {
  readonly budget: RetryBudget | undefined;
  /** Asks; notes in `outcome` how it ended. `again`: it was asked before. */
  attempt(outcome: CallOutcome, again: boolean): Promise<T>;
  /** Whether asking again would be sent at all. */
  mayAsk(): boolean;
  /** Rejects when nobody waits for the answer any more. */
  wait(ms: number): Promise<void>;
  readonly random?: (() => number) | undefined;
}

/**
 * Asks again after a rate limit, a 503 or a broken connection: after the time that the answer names, and a random part of
 * a backoff that doubles. Not beyond the operation's deadline; then the failure is the answer.
 */
export async function askAgain<T>({ budget, attempt, mayAsk, wait, random }: Retrying<T>): Promise<T> {
  for (let asked = 0; ; asked += 1) {
    const outcome = noOutcome();
    try {
      return await attempt(outcome, asked > 0);
    } catch (error) {
      const namedMs = namedPauseMs(error, outcome);
      if (namedMs === undefined || !budget) throw error;
      const waitMs = namedMs + (random ?? Math.random)() * firstBackoffMs * 2 ** asked;
      if (waitMs >= budget.remainingMs() || !mayAsk() || !budget.take()) throw error;
      await wait(waitMs);
    }
  }
}

/** What the answer asks to wait, 0 where it names nothing; undefined: not to be asked again. */
function namedPauseMs(error: unknown, { status, failure }: CallOutcome): number | undefined {
  if (failure !== null) return patienceEnded.has(failure) ? undefined : 0;
  // Without a status nothing was sent.
  if (status === null || status === 504) return undefined;
  if (!(error instanceof RateLimited || error instanceof SiteUnavailable)) return undefined;
  return (error.retryAfterSeconds ?? 0) * 1_000;
}

import type { RefusalCode } from '../error-codes.ts';
import type { ConcurrencyLimit } from '../limits/concurrency-limit.ts';
import type { RateLimit, Verdict } from '../limits/rate-limit.ts';
import type { Operation } from './operation.ts';
import { type Refusal, refuse } from './refusal.ts';

export interface CallerLimits {
  readonly rate: RateLimit;
  readonly concurrency: ConcurrencyLimit;
}

/**
 * Limits each caller, so that one caller cannot slow down the others. The refusal comes before the body is read and says when
 * to retry. An admitted operation holds a slot of the caller's concurrency limit.
 */
export function limitCaller(
  operation: Operation,
  caller: string,
  verdict: Verdict,
  { concurrency }: CallerLimits,
): void {
  if (!verdict.allowed) {
    const message = 'Too many requests with this credential.';
    throw tooMany('CALLER_RATE_LIMITED', message, verdict.retryAfterSeconds);
  }
  const leave = concurrency.enter(caller);
  if (!leave) {
    const message = 'Too many operations with this credential are running. Wait for some of them to finish.';
    throw tooMany('TOO_MANY_OPERATIONS', message, concurrency.retryAfterSeconds);
  }
  operation.leaveRunning = leave;
  operation.hold(leave);
}

function tooMany(code: RefusalCode, message: string, retryAfterSeconds: number): Refusal {
  return refuse(code, message, { headers: { 'retry-after': String(retryAfterSeconds) } });
}

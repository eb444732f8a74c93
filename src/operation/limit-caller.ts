import type { ConcurrencyLimit } from '../limits/concurrency-limit.ts';
import type { RateLimit } from '../limits/rate-limit.ts';
import { stopIfClosed } from './connection-closed.ts';
import type { Operation } from './operation.ts';
import { type Refusal, refuse } from './refusal.ts';

export interface CallerLimits {
  readonly rate: RateLimit;
  readonly concurrency: ConcurrencyLimit;
}

/** One caller's haste is nobody else's wait: refused before the body is read, with when to ask again. */
export async function limitCaller(
  operation: Operation,
  { rate, concurrency }: CallerLimits,
  caller: string,
): Promise<void> {
  const verdict = await rate.take(caller);
  if (!verdict.allowed) {
    throw tooMany(
      'CALLER_RATE_LIMITED',
      'Too many requests with this credential.',
      verdict.retryAfterSeconds,
    );
  }
  stopIfClosed(operation);
  const leave = concurrency.enter(caller);
  if (!leave) {
    throw tooMany(
      'TOO_MANY_OPERATIONS',
      'Too many operations of this credential are running. Wait for some of them.',
      concurrency.retryAfterSeconds,
    );
  }
  operation.hold(leave);
}

function tooMany(code: string, message: string, retryAfterSeconds: number): Refusal {
  return refuse(code, message, { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } });
}

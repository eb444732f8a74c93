import { haloErrors } from './errors.ts';

export interface RetryOptions {
  /** How often a read is sent at most, the first time included. @default 3 */
  readonly attempts?: number;
  /** Milliseconds before the second attempt where the answer names no time; twice as long before each that follows. @default 1000 */
  readonly delayMs?: number;
  /** Maximum wait before a retry, in milliseconds. After a longer one the error is passed on. @default 10_000 */
  readonly maxDelayMs?: number;
}

/**
 * Milliseconds to wait before a read with these errors is sent again. Undefined: it is not sent again, because an
 * error is not retryable, the attempts are used up, or the wait would be too long.
 * @param attempt how often it was sent
 */
export function retryDelay(
  errors: unknown,
  attempt: number,
  { attempts = 3, delayMs = 1000, maxDelayMs = 10_000 }: RetryOptions = {},
): number | undefined {
  const typed = haloErrors(errors);
  if (typed.length === 0 || attempt >= attempts || typed.some(({ retryable }) => !retryable))
    return undefined;
  const named = typed.flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? []);
  const delay = named.length > 0 ? Math.max(...named) * 1000 : delayMs * 2 ** (attempt - 1);
  return delay > maxDelayMs ? undefined : delay;
}

/**
 * A token bucket for each caller. This is own code because rate-limiter-flexible counts in fixed windows. At 600 a minute
 * with a burst of 50, a caller that keeps trying gets 250 requests in 20 seconds from a token bucket, but 400 from its
 * BurstyRateLimiter. From a single window it gets 200, and a Retry-After of up to a whole window instead of one token.
 */

export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAfterSeconds: number };

export interface Bucket {
  /** Tokens in a full bucket. */
  readonly burst: number;
  /** Tokens that are added each minute, at a steady rate. */
  readonly perMinute: number;
}

/** Stores the buckets. */
export interface BucketStore {
  /** Takes a token. Returns the milliseconds until there is one; 0 if one was taken. Synchronous, unless the bucket is shared. */
  take(name: string, bucket: Bucket): number | Promise<number>;
}

export interface RateLimit {
  take(caller: string): Verdict | Promise<Verdict>;
}

export function createRateLimit({ store, ...bucket }: Bucket & { readonly store: BucketStore }): RateLimit {
  return {
    take(caller) {
      const waitMs = store.take(caller, bucket);
      return typeof waitMs === 'number' ? verdictOf(waitMs) : waitMs.then(verdictOf);
    },
  };
}

const allowed: Verdict = { allowed: true };

const verdictOf = (waitMs: number): Verdict =>
  waitMs <= 0 ? allowed : { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) };

/** How often a caller may ask: a bucket of tokens for each name, filled at a steady rate. */

/** Allowed, or when to ask again. */
export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAfterSeconds: number };

export interface Bucket {
  /** What it holds when full. */
  readonly burst: number;
  readonly perMinute: number;
}

/** Where the buckets stand. Answers milliseconds until there is a token again; 0: one was taken. */
export interface BucketStore {
  take(name: string, bucket: Bucket): Promise<number>;
}

export interface RateLimit {
  take(caller: string): Promise<Verdict>;
}

export function createRateLimit({ store, ...bucket }: Bucket & { readonly store: BucketStore }): RateLimit {
  return {
    async take(caller) {
      const waitMs = await store.take(caller, bucket);
      if (waitMs <= 0) return { allowed: true };
      return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) };
    },
  };
}

import { lruCache } from '../lib/lru-cache.ts';
import type { Bucket, BucketStore } from './rate-limit.ts';

export interface MemoryBucketOptions {
  /** Milliseconds from any start; never goes back. @default performance.now */
  readonly clock?: () => number;
  /** Maximum number of buckets. The one that was not used for longest is dropped, and is full again. @default 10_000 */
  readonly maxBuckets?: number;
}

interface Level {
  tokens: number;
  at: number;
}

/** Token buckets of this process only. */
export function createMemoryBuckets(options: MemoryBucketOptions = {}): BucketStore {
  const { clock = () => performance.now(), maxBuckets = 10_000 } = options;
  const levels = lruCache<string, Level>(maxBuckets);
  return {
    take(name, bucket) {
      const at = clock();
      const level = levels.get(name);
      const tokens = tokensAt(at, level, bucket);
      const left = tokens >= 1 ? tokens - 1 : tokens;
      if (level) {
        level.tokens = left;
        level.at = at;
      } else levels.set(name, { tokens: left, at });
      return tokens >= 1 ? 0 : (1 - tokens) * msPerToken(bucket);
    },
  };
}

const msPerToken = ({ perMinute }: Bucket): number => 60_000 / perMinute;

function tokensAt(at: number, level: Level | undefined, bucket: Bucket): number {
  if (!level) return bucket.burst;
  return Math.min(bucket.burst, level.tokens + Math.max(0, at - level.at) / msPerToken(bucket));
}

import type { Bucket, BucketStore } from './rate-limit.ts';

export interface MemoryBucketOptions {
  /** Milliseconds, of any beginning; never goes back. @default performance.now */
  readonly clock?: () => number;
  /** Names kept at once. Those that have not asked for longest are forgotten, which fills their bucket. @default 10_000 */
  readonly most?: number;
}

interface Level {
  readonly tokens: number;
  readonly at: number;
}

/** Buckets of this process alone. */
export function createMemoryBuckets(options: MemoryBucketOptions = {}): BucketStore {
  const { clock = () => performance.now(), most = 10_000 } = options;
  /** In the order of their last use. */
  const levels = new Map<string, Level>();
  return {
    async take(name, bucket) {
      const at = clock();
      const tokens = filled(levels.get(name), bucket, at);
      const left = tokens >= 1 ? tokens - 1 : tokens;
      levels.delete(name);
      levels.set(name, { tokens: left, at });
      for (const oldest of levels.keys()) {
        if (levels.size <= most) break;
        levels.delete(oldest);
      }
      return tokens >= 1 ? 0 : (1 - tokens) * msPerToken(bucket);
    },
  };
}

const msPerToken = ({ perMinute }: Bucket): number => 60_000 / perMinute;

function filled(level: Level | undefined, bucket: Bucket, at: number): number {
  if (!level) return bucket.burst;
  return Math.min(bucket.burst, level.tokens + Math.max(0, at - level.at) / msPerToken(bucket));
}

import { hash } from 'node:crypto';
import type { Log } from '../log.ts';
import type { RedisConnection } from '../store/redis-connection.ts';
import { createMemoryBuckets } from './memory-buckets.ts';
import type { BucketStore } from './rate-limit.ts';

/** While Redis is away, at most one operation in this many milliseconds waits for it. */
const probeIntervalMs = 1_000;

/**
 * Takes a token in one atomic step. It uses the clock of Redis, because the clocks of replicas differ. A bucket is a hash:
 * `tokens`, and `at`, the time of that level in ms. It expires when it would be full. A key of another type is deleted.
 * Arguments: burst, ms for each token. Returns the ms until there is a token; 0 if one was taken.
 */
const takeScript = `
local kind = redis.call('TYPE', KEYS[1]).ok
if kind ~= 'hash' and kind ~= 'none' then redis.call('DEL', KEYS[1]) end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local burst, msPerToken = tonumber(ARGV[1]), tonumber(ARGV[2])
local level = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(level[1]) or burst
-- An impossible level was not written by this script. NaN compares false.
if not (tokens >= 0 and tokens <= burst) then tokens = burst end
local at = tonumber(level[2]) or now
local since = 0
if at <= now then since = now - at end
tokens = math.min(burst, tokens + since / msPerToken)
local wait = 0
if tokens >= 1 then
  tokens = tokens - 1
else
  wait = math.ceil((1 - tokens) * msPerToken)
end
redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%d', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - tokens) * msPerToken) + 1000)
return wait
`;

export interface RedisBucketOptions {
  readonly redis: RedisConnection;
  readonly log: Log;
  /** Used while Redis is away. @default the memory of this process */
  readonly fallback?: BucketStore;
  /** Milliseconds from any start. @default performance.now */
  readonly clock?: () => number;
}

/**
 * Token buckets that replicas share. While Redis is away, each replica uses buckets of its own, which are full at first. No
 * caller is refused because Redis is away. It is logged once when Redis goes away and once when it is back. Never throws.
 */
export function createRedisBuckets(options: RedisBucketOptions): BucketStore {
  const { redis, log, fallback = createMemoryBuckets(), clock = () => performance.now() } = options;
  let awaySince: number | null = null;
  /** One operation probes whether Redis is back. The others do not wait for it. */
  let probing = false;
  redis.onReady(() => {
    if (awaySince !== null) awaySince = Number.NEGATIVE_INFINITY;
  });
  return {
    async take(name, bucket) {
      if (awaySince !== null && (probing || clock() - awaySince < probeIntervalMs))
        return fallback.take(name, bucket);
      const key = `halo-graph:rate:${hash('sha256', name, 'base64url')}`;
      probing = awaySince !== null;
      try {
        const waitMs = await redis.runByDigest(takeScript, key, [bucket.burst, 60_000 / bucket.perMinute]);
        if (awaySince !== null) log.info({}, 'The rate limits are shared through Redis again');
        awaySince = null;
        return Number(waitMs);
      } catch (error) {
        if (awaySince === null) {
          const fault = error instanceof Error ? error.message : 'unknown';
          log.warn({ fault }, 'Redis is away: each replica limits its callers by itself until it is back');
        }
        awaySince = clock();
        return fallback.take(name, bucket);
      } finally {
        probing = false;
      }
    },
  };
}

import { createHash } from 'node:crypto';
import type { Log } from '../log.ts';
import type { RedisConnection } from '../store/redis-connection.ts';
import { createMemoryBuckets } from './memory-buckets.ts';
import type { BucketStore } from './rate-limit.ts';

/** How long a Redis that was away is left alone, in ms: nobody's operation waits for it more often than that. */
const leftAloneMs = 1_000;

/**
 * One step inside Redis, by its own clock, so that replicas need not agree on theirs. The bucket is a hash: `tokens`, and
 * `at`, the time of that level in ms. It is forgotten once it would be full. What is no hash is taken away. Arguments: burst, ms for a token. Answers the ms
 * until there is a token; 0: one was taken.
 */
const takeScript = `
local kind = redis.call('TYPE', KEYS[1]).ok
if kind ~= 'hash' and kind ~= 'none' then redis.call('DEL', KEYS[1]) end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local burst, msPerToken = tonumber(ARGV[1]), tonumber(ARGV[2])
local level = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(level[1]) or burst
-- A level that no bucket can have was not written here. NaN compares false.
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
  /** Where the buckets stand while Redis is away. @default the memory of this process */
  readonly meanwhile?: BucketStore;
  /** Milliseconds, of any beginning. @default performance.now */
  readonly clock?: () => number;
}

/**
 * Buckets that replicas share. While Redis is away each replica goes on with buckets of its own, full at first, so that a
 * caller may ask once more for each replica, and nobody is refused for it. Told in the log once when it goes, once when it
 * is back. Never throws.
 */
export function createRedisBuckets(options: RedisBucketOptions): BucketStore {
  const { redis, log, meanwhile = createMemoryBuckets(), clock = () => performance.now() } = options;
  let awaySince: number | null = null;
  /** One asks whether it is back; the others do not wait for the answer. */
  let asking = false;
  redis.onReady(() => {
    if (awaySince !== null) awaySince = Number.NEGATIVE_INFINITY;
  });
  return {
    async take(name, bucket) {
      if (awaySince !== null && (asking || clock() - awaySince < leftAloneMs))
        return meanwhile.take(name, bucket);
      const key = `halo-graph:rate:${createHash('sha256').update(name).digest('base64url')}`;
      asking = awaySince !== null;
      try {
        const waitMs = await redis.run(takeScript, key, [bucket.burst, 60_000 / bucket.perMinute]);
        if (awaySince !== null) log.info({}, 'The rate limits are shared through Redis again');
        awaySince = null;
        return Number(waitMs);
      } catch (error) {
        if (awaySince === null) {
          const fault = error instanceof Error ? error.message : 'unknown';
          log.warn({ fault }, 'Redis is away: each replica limits its callers by itself until it is back');
        }
        awaySince = clock();
        return meanwhile.take(name, bucket);
      } finally {
        asking = false;
      }
    },
  };
}

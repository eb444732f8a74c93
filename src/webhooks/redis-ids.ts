import { within } from '../lib/within.ts';
import type { Log } from '../log.ts';
import type { RedisConnection } from '../store/redis-connection.ts';
import { createSeal } from '../store/seal.ts';
import type { SubscriptionKeys } from '../subscription-keys.ts';
import { createMemoryIds, keptMs, type ReceivedIds } from './received-ids.ts';

/** Halo Cloud waits five seconds for an answer (facts 4). Redis gets a small part of that. */
const defaultTimeoutMs = 400;

const claimScript = `
if redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return 1 end
return 0
`;
const releaseScript = `return redis.call('DEL', KEYS[1])`;

export interface RedisIdsOptions {
  readonly redis: RedisConnection;
  readonly log: Log;
  /** Separates deployments on the same Redis, together with the base URL. */
  readonly subscriptionKey: string | SubscriptionKeys;
  readonly baseUrl: string;
  /** Maximum wait for Redis. @default 400 */
  readonly timeoutMs?: number;
}

/**
 * Webhook ids that all replicas share. While Redis does not answer, each replica remembers its own: a webhook that is then
 * processed twice makes two replicas look for a change, which is harmless.
 */
export function createRedisIds(options: RedisIdsOptions): ReceivedIds {
  const { redis, log, subscriptionKey, baseUrl, timeoutMs = defaultTimeoutMs } = options;
  const { realm } = createSeal(subscriptionKey, baseUrl, 'webhook');
  const local = createMemoryIds();
  const keyOf = (id: string) => `halo-graph:webhook:${realm()}:${id.toLowerCase()}`;
  const failed = (error: unknown): void => {
    log.warn(
      { fault: error instanceof Error ? error.message : 'unknown' },
      'Redis does not answer: this replica recognises only those repeated webhooks that it received itself',
    );
  };
  return {
    async claim(id) {
      if (!(await local.claim(id))) return false;
      try {
        const isFirst = (await within(timeoutMs, redis.run(claimScript, keyOf(id), [keptMs]))) === 1;
        // Another replica has it. If that one fails and releases it, its repetition may come here.
        if (!isFirst) await local.release(id);
        return isFirst;
      } catch (error) {
        failed(error);
        return true;
      }
    },
    async release(id) {
      await local.release(id);
      await within(timeoutMs, redis.run(releaseScript, keyOf(id), [])).catch(failed);
    },
  };
}

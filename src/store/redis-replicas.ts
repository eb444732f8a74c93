import { randomUUID } from 'node:crypto';
import type { Log } from '../log.ts';
import { type SubscriptionKeys, subscriptionKeysOf } from '../subscription-keys.ts';
import type { RedisConnection } from './redis-connection.ts';
import { createRedisLogs } from './redis-logs.ts';
import { evenIfFull } from './redis-scripts.ts';
import type { ReplicaChannel } from './replica-channel.ts';
import { createSeal, jsonOf } from './seal.ts';

export interface RedisReplicasOptions {
  readonly redis: RedisConnection;
  readonly log: Log;
  readonly subscriptionKey: string | SubscriptionKeys;
  readonly baseUrl: string;
  /** Messages of other deployments are ignored. */
  readonly deployment: string;
  /** For how long `join` counts, in milliseconds. @default 6000 */
  readonly membershipMs?: number;
}

/** Longer than two pauses between calls of `join`. */
const defaultMembershipMs = 6_000;

/** A hash of each replica's end of membership, and the `leader`. Times are milliseconds by Redis' own clock. */
const members = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local entries = redis.call('HGETALL', KEYS[1])
local leader, others = nil, 0
for at = 1, #entries, 2 do
  if entries[at] == 'leader' then leader = entries[at + 1]
  elseif tonumber(entries[at + 1]) <= now then redis.call('HDEL', KEYS[1], entries[at])
  elseif entries[at] ~= ARGV[1] then others = others + 1 end
end
if leader and redis.call('HEXISTS', KEYS[1], leader) == 0 then leader = nil end
`;
/** Arguments: replica, membership (ms). Returns the leading replica. */
const joinScript = `${members}${evenIfFull}if not leader then
  leader = ARGV[1]
  redis.call('HSET', KEYS[1], 'leader', leader)
end
redis.call('HSET', KEYS[1], ARGV[1], now + tonumber(ARGV[2]))
redis.call('PEXPIRE', KEYS[1], 2 * tonumber(ARGV[2]))
return leader
`;
/** Arguments: replica. How many others there are. */
const leaveScript = `${members}
redis.call('HDEL', KEYS[1], ARGV[1])
if leader == ARGV[1] then redis.call('HDEL', KEYS[1], 'leader') end
return others
`;
const countScript = `${members} return others`;
const publishScript = `return redis.call('PUBLISH', KEYS[1], ARGV[1])`;

/** Replicas that share a Redis, a Halo Cloud and a subscription. */
export function createRedisReplicas(options: RedisReplicasOptions): ReplicaChannel {
  const { redis, log, baseUrl, deployment } = options;
  const { membershipMs = defaultMembershipMs } = options;
  const keys = subscriptionKeysOf(options.subscriptionKey);
  const { realm, knownRealms, seal, open } = createSeal(keys, baseUrl, 'live');
  const replica = randomUUID();
  const channelIn = (each: string): string => `halo-graph:${each}:live:${deployment}`;
  const channel = (): string => channelIn(realm());
  const keyOf = (name: string): string => `${channel()}:${name}`;

  function listenTo(name: string, listener: (message: object | null) => void): () => void {
    return redis.subscribe(name, (text) => {
      if (text === null) return listener(null);
      const content = open(name, text);
      const { from, message } = (content === null ? {} : (jsonOf(content) ?? {})) as {
        from?: unknown;
        message?: unknown;
      };
      if (from !== replica && typeof message === 'object' && message !== null) listener(message);
    });
  }

  return {
    logs: createRedisLogs({ redis, subscriptionKey: keys, baseUrl, deployment, replica }),
    publish(message) {
      const text = seal(channel(), JSON.stringify({ from: replica, message }));
      redis.run(publishScript, channel(), [text]).catch((error: unknown) => {
        log.warn(
          { fault: String(error) },
          'A change could not be published: other replicas may notice it late',
        );
      });
    },
    listen(listener) {
      let name = channel();
      let endListening = listenTo(name, listener);
      // All replicas read the new keys within seconds, but not at the same moment.
      const endChanges = keys.onChange(() => {
        if (channel() === name) return;
        endListening();
        name = channel();
        endListening = listenTo(name, listener);
        listener(null);
      });
      return () => {
        endChanges();
        endListening();
      };
    },
    async join(name, ms = membershipMs) {
      const leader = String(await redis.run(joinScript, keyOf(name), [replica, ms]));
      return { leader, leads: leader === replica };
    },
    leave: async (name) => Number(await redis.run(leaveScript, keyOf(name), [replica])),
    // After a change of the keys, members stay in an earlier realm until they join again. Until then, their queries must not
    // count as abandoned.
    async isWatched(name) {
      for (const each of knownRealms()) {
        if (Number(await redis.run(countScript, `${channelIn(each)}:${name}`, [''])) > 0) return true;
      }
      return false;
    },
  };
}

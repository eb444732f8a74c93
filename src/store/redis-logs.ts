import { setTimeout as pause } from 'node:timers/promises';
import type { SubscriptionKeys } from '../subscription-keys.ts';
import type { RedisConnection } from './redis-connection.ts';
import { createSeal } from './seal.ts';
import type { LogPosition, SharedEntries, SharedLogs } from './shared-log.ts';
import { createVault } from './vault.ts';

export interface RedisLogsOptions {
  readonly redis: RedisConnection;
  readonly subscriptionKey: string | SubscriptionKeys;
  readonly baseUrl: string;
  readonly deployment: string;
  /** Names this replica as the writer of logs. */
  readonly replica: string;
}

/** A log without reads or writes is dropped after this time, in ms. */
const keptMs = 600_000;
/** Maximum number of entries of one log. A reader that is further behind starts again. */
const maxEntries = 200;
/** Data that one replica loaded for all is kept this long, in ms. */
const offeredMs = 30_000;
/** A replica that loads for all has this time, in ms. After that another one loads. */
const loadMs = 5_000;
const checkMs = 20;

/** A hash: run, seq, writer, first (the oldest known position), stopped, and e<seq> for each entry. */
const beginScript = `
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'run', ARGV[1])
redis.call('HSET', KEYS[1], 'seq', ARGV[2])
redis.call('HSET', KEYS[1], 'first', ARGV[2])
redis.call('HSET', KEYS[1], 'writer', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
`;
const appendScript = `
local at = redis.call('HMGET', KEYS[1], 'run', 'seq', 'first')
if at[1] ~= ARGV[1] or at[2] ~= ARGV[2] then return 0 end
local seq = tonumber(at[2]) + 1
redis.call('HSET', KEYS[1], 'e' .. seq, ARGV[4])
redis.call('HSET', KEYS[1], 'seq', seq)
redis.call('HSET', KEYS[1], 'writer', ARGV[6])
if seq - tonumber(at[3]) > tonumber(ARGV[5]) then
  redis.call('HSET', KEYS[1], 'first', at[3] + 1)
  redis.call('HDEL', KEYS[1], 'e' .. (at[3] + 1))
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
`;
const stopScript = `
redis.call('HSET', KEYS[1], 'stopped', ARGV[1])
redis.call('HSET', KEYS[1], 'writer', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
`;
/** Arguments: kept (ms), run, seq. Returns all entries of another run. */
const sinceScript = `
local at = redis.call('HMGET', KEYS[1], 'run', 'seq', 'first', 'stopped', 'writer')
if not at[1] and not at[4] then return false end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
local found = { at[1] or '', at[2] or '0', at[4] or '', at[5] or '' }
local from = tonumber(at[3] or '0')
if at[1] == ARGV[2] and tonumber(ARGV[3]) > from then from = tonumber(ARGV[3]) end
for seq = from + 1, tonumber(found[2]) do
  found[#found + 1] = redis.call('HGET', KEYS[1], 'e' .. seq) or ''
end
return found
`;
/** Arguments: load time (ms). The content, '' if the caller has to load it, or false while another one loads. */
const claimScript = `
local at = redis.call('HMGET', KEYS[1], 'content', 'claimed')
if at[1] then return at[1] end
if at[2] then return false end
redis.call('HSET', KEYS[1], 'claimed', '1')
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return ''
`;
const offerScript = `
redis.call('HSET', KEYS[1], 'content', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
`;
const releaseScript = `return redis.call('DEL', KEYS[1])`;

/** Everything in them is encrypted: it holds rows of appointment books. */
export function createRedisLogs(options: RedisLogsOptions): SharedLogs {
  const { redis, subscriptionKey, baseUrl, deployment, replica } = options;
  const { realm } = createSeal(subscriptionKey, baseUrl, 'live');
  const { encrypt, decrypt } = createVault(subscriptionKey, baseUrl, 'live');
  const keyOf = (kind: 'log' | 'once', name: string): string =>
    `halo-graph:${realm()}:live:${deployment}:${kind}:${name}`;

  async function offer(name: string, content: string): Promise<void> {
    const key = keyOf('once', name);
    await redis.run(offerScript, key, [encrypt(key, content), offeredMs]).catch(() => {});
  }

  return {
    async begin(name, { run, seq }) {
      await redis.run(beginScript, keyOf('log', name), [run, seq, keptMs, replica]);
    },
    async append(name, { run, seq }, content) {
      const key = keyOf('log', name);
      const entry = encrypt(`${key} ${run} ${seq + 1}`, content);
      return (await redis.run(appendScript, key, [run, seq, keptMs, entry, maxEntries, replica])) === 1;
    },
    async stop(name, reason) {
      const key = keyOf('log', name);
      await redis.run(stopScript, key, [encrypt(`${key} stopped`, reason), keptMs, replica]);
    },
    async since(name, position) {
      const key = keyOf('log', name);
      const found = await redis.run(sinceScript, key, [keptMs, position?.run ?? '', position?.seq ?? 0]);
      return Array.isArray(found) ? entriesIn(key, found as string[]) : null;
    },
    async once(name, load) {
      const key = keyOf('once', name);
      const endsAt = performance.now() + loadMs;
      while (performance.now() < endsAt) {
        const found = await redis.run(claimScript, key, [loadMs]);
        if (found === '') {
          try {
            const content = await load();
            await offer(name, content);
            return content;
          } catch (error) {
            await redis.run(releaseScript, key, []).catch(() => {});
            throw error;
          }
        }
        const content = typeof found === 'string' ? decrypt(key, found) : null;
        if (content !== null) return content;
        if (typeof found === 'string') break;
        await pause(checkMs);
      }
      return load();
    },
    offer,
  };

  /** Null if no replica of this deployment wrote it. */
  function entriesIn(
    key: string,
    [run = '', last = '0', stopped = '', writer = '', ...texts]: string[],
  ): SharedEntries | null {
    const seq = Number(last);
    const first = seq - texts.length;
    const entries = texts.flatMap((text, index) => {
      const at: LogPosition = { run, seq: first + index + 1 };
      const content = decrypt(`${key} ${run} ${at.seq}`, text);
      return content === null ? [] : [{ seq: at.seq, content }];
    });
    const reason = stopped === '' ? '' : decrypt(`${key} stopped`, stopped);
    return entries.length < texts.length || reason === null
      ? null
      : { run, seq, writer, stopped: reason, entries };
  }
}

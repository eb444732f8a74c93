import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type HaloError, UpstreamFailed } from '../errors.ts';
import type { Log } from '../log.ts';
import type { SubscriptionKeys } from '../subscription-keys.ts';
import { type Claim, type IdempotencyStore, keptMs } from './idempotency.ts';
import type { RedisAway, RedisConnection } from './redis-connection.ts';
import { claimScript, endScript, runningScript } from './redis-scripts.ts';
import { createOutcomeSeal } from './sealed-outcome.ts';

/** First and longest pause between checks of a key that another replica holds, in ms. */
const firstPauseMs = 20;
const longestPauseMs = 500;
/** Pause before endings that Redis did not take are sent again, in ms. */
const resendMs = 1_000;
/** Maximum number of endings that wait for Redis to come back. The leases of older ones run out instead. */
const maxUnsent = 10_000;

export interface RedisStoreOptions {
  readonly redis: RedisConnection;
  readonly log: Log;
  /** Outcomes are signed with it and the base URL. */
  readonly subscriptionKey: string | SubscriptionKeys;
  readonly baseUrl: string;
  /**
   * Lifetime of a claim in milliseconds, longer than any write can take. If the holder's process dies, its key stays locked
   * until then.
   */
  readonly leaseMs: number;
  /** Milliseconds since 1970. @default the clock of Redis, which is the same for all replicas */
  readonly clock?: () => number;
}

/** A key that this process holds. */
interface Hold {
  readonly token: string;
  readonly inputHash: string;
  readonly over: Promise<HaloError | null>;
  end(failure: HaloError | null): void;
}

/** The end of a claim, as it is sent to Redis. */
interface Ending {
  readonly name: string;
  readonly input: string;
  readonly token: string;
  readonly how: 'settled' | 'unknown' | 'released' | 'unclaimed';
  readonly value: string | number;
}

/**
 * Idempotency keys in Redis 5 or later: one write for each key, whichever replica receives the request. Redis holds digests of
 * keys and inputs, states, times, and signed ids of new records. It holds no text of a caller or a practice.
 *
 * While Redis is away, `claim` throws UpstreamFailed within about two seconds. A write that might happen twice is not made,
 * whether the caller sent the key or not, because any replica may receive the request again. The other methods never throw:
 * the write was made, and its ending is sent when Redis is back. Until then the lease protects the key.
 *
 * Requests that wait in this process get the failure of the holder. Requests that wait at another replica claim the key again:
 * either nothing was written, or they read before they write. So a failure costs one attempt for each replica, and no
 * HaloError has to be stored in Redis.
 */
export function createRedisStore(options: RedisStoreOptions): IdempotencyStore & { close(): void } {
  const { redis, log, leaseMs, clock } = options;
  const { seal, open } = createOutcomeSeal(options.subscriptionKey, options.baseUrl);
  const closing = new AbortController();
  const holds = new Map<string, Hold>();
  const polled = new Map<string, Promise<null>>();
  const unsent = new Set<Ending>();
  const now = () => clock?.() ?? '';
  const nowHere = clock ?? Date.now;

  // In a cluster, one server can be away while the connection as a whole is ready.
  let resending: NodeJS.Timeout | undefined;
  function resend(): void {
    clearTimeout(resending);
    resending = undefined;
    const endings = [...unsent];
    unsent.clear();
    for (const ending of endings) void send(ending, true);
  }
  redis.onReady(resend);

  async function send(ending: Ending, isRepeated = false): Promise<void> {
    const { name, input, token, how, value } = ending;
    try {
      const accepted = await redis.run(endScript, name, [now(), input, token, how, value, keptMs]);
      if (accepted === 0 && how !== 'unclaimed') {
        log.warn(
          { key: name, how },
          'Another request claimed an idempotency key before its holder had finished',
        );
      }
    } catch (away) {
      if (how !== 'unclaimed' && !isRepeated) {
        const { message: fault } = away as RedisAway;
        log.warn({ key: name, how, fault }, 'The outcome of a write could not be sent to Redis');
      }
      unsent.add(ending);
      for (const oldest of unsent) {
        if (unsent.size <= maxUnsent) break;
        unsent.delete(oldest);
      }
      if (!closing.signal.aborted) resending ??= setTimeout(resend, resendMs).unref();
    }
  }

  async function end(key: string, how: Ending['how'], value: string | number, failure: HaloError | null) {
    const hold = holds.get(key);
    if (!hold) return;
    const { token, inputHash } = hold;
    await send({ name: nameIn(key), input: digest(key, inputHash), token, how, value });
    holds.delete(key);
    hold.end(failure);
  }

  /** Resolves when no other replica holds the key. All requests of this process share one poll. */
  function untilFree(name: string): Promise<null> {
    const poll = polled.get(name) ?? pollUntilFree(name).finally(() => polled.delete(name));
    polled.set(name, poll);
    return poll;
  }

  async function pollUntilFree(name: string): Promise<null> {
    // No claim lives longer than this. Requests that still wait then claim the key themselves.
    const until = performance.now() + leaseMs;
    for (let ms = firstPauseMs; performance.now() < until; ms = Math.min(ms * 1.5, longestPauseMs)) {
      try {
        await pause(ms, undefined, { signal: closing.signal, ref: false });
        if ((await redis.run(runningScript, name, [now()])) === 0) break;
      } catch {
        // A Redis that is away has not freed the key.
        if (closing.signal.aborted) break;
      }
    }
    return null;
  }

  function settled(name: string, sealed: string): Claim {
    const outcome = open(name, sealed);
    if (outcome) return { state: 'settled', outcome };
    log.error(
      { key: name },
      'An outcome in Redis was not written by a replica with this subscription key, so it is not used',
    );
    return { state: 'unreadable' };
  }

  return {
    async claim(key, inputHash): Promise<Claim> {
      const mine = holds.get(key);
      if (mine) return mine.inputHash === inputHash ? waitFor(mine) : { state: 'other-input' };
      const name = nameIn(key);
      const input = digest(key, inputHash);
      const token = randomUUID();
      const answer = await redis
        .runSafely(claimScript, name, [now(), input, token, leaseMs, keptMs])
        .catch((away: RedisAway) => {
          if (away.sent) void send({ name, input, token, how: 'unclaimed', value: '' });
          throw notSafe(away);
        });
      const [state, value] = answer as [Exclude<Claim['state'], 'unreadable'>, string | null];
      switch (state) {
        case 'mine':
          holds.set(key, newHold(token, inputHash));
          return { state, unknownSince: value === '' ? null : nowHere() - Number(value) };
        case 'running': {
          const hold = holds.get(key);
          return hold ? waitFor(hold) : { state, over: untilFree(name) };
        }
        case 'settled':
          return settled(name, value ?? '');
        case 'other-input':
          return { state };
      }
    },
    settle: (key, outcome) => end(key, 'settled', seal(nameIn(key), outcome), null),
    leaveUnknown: (key, sentAt, failure) => end(key, 'unknown', Math.max(0, nowHere() - sentAt), failure),
    release: (key, failure) => end(key, 'released', '', failure),
    close() {
      closing.abort();
      clearTimeout(resending);
    },
  };
}

const waitFor = ({ over }: Hold): Claim => ({ state: 'running', over });

function newHold(token: string, inputHash: string): Hold {
  let end: Hold['end'] = () => {};
  const over = new Promise<HaloError | null>((resolve) => {
    end = resolve;
  });
  return { token, inputHash, over, end };
}

const nameIn = (key: string): string => `halo-graph:idempotency:${digest(key)}`;

/** Hashes an input with its key, so equal inputs of two keys differ and an input cannot be guessed by itself. */
const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

function notSafe(cause: RedisAway): UpstreamFailed {
  return new UpstreamFailed(null, {
    message:
      'Nothing was changed. At the moment, changes that must not be made twice are not possible. Try again in a moment.',
    retryable: true,
    detail: `Redis (REDIS_URL) holds the idempotency keys: ${cause.message}`,
    cause,
  });
}

import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type HaloError, UpstreamFailed } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Claim, type IdempotencyStore, keptMs } from './idempotency.ts';
import type { RedisAway, RedisConnection } from './redis-connection.ts';
import { claimScript, endScript, runningScript } from './redis-scripts.ts';
import { createOutcomeSeal } from './sealed-outcome.ts';

/** Between two looks at a key that another replica holds, in ms: the first, and the longest. */
const firstPauseMs = 20;
const longestPauseMs = 500;
/** Endings kept for a Redis that is away; beyond that the oldest are left to their lease. */
const maxUntold = 10_000;

export interface RedisStoreOptions {
  readonly redis: RedisConnection;
  readonly log: Log;
  /** With the base URL, what outcomes are signed with. */
  readonly subscriptionKey: string;
  readonly baseUrl: string;
  /**
   * Milliseconds for which a claim is believed to be alive: longer than any write can take. When a claimant's process
   * died, its key stands still until then.
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

/** What Redis is told about a claim that is over. */
interface Ending {
  readonly name: string;
  readonly input: string;
  readonly token: string;
  readonly how: 'settled' | 'unknown' | 'released' | 'unclaimed';
  readonly value: string | number;
}

/**
 * Idempotency keys in Redis (5 or later): one write under a key, whichever replica is asked. In Redis stand digests of
 * keys and inputs, states, times, and the ids of what was made, signed; nothing that a caller or a practice wrote.
 *
 * `claim` throws UpstreamFailed within about two seconds while Redis is away: a write that cannot be kept from happening
 * twice is not made, with a key of the caller's or one made for the request, because either may be asked for again, of any
 * replica. The other three never throw: what was written stays written, and what they have to tell is told when Redis is
 * back. Until then, and for ever when this process ends first, the lease protects the key.
 *
 * Those who wait for a key of this process learn its failure. Those who wait at another replica claim it again: nothing was
 * written, or they look before they write, so a failure costs one attempt a replica and no HaloError has to be put in Redis.
 */
export function createRedisStore(options: RedisStoreOptions): IdempotencyStore & { close(): void } {
  const { redis, log, leaseMs, clock } = options;
  const { seal, open } = createOutcomeSeal(options.subscriptionKey, options.baseUrl);
  const closing = new AbortController();
  const holds = new Map<string, Hold>();
  const watched = new Map<string, Promise<null>>();
  const untold = new Set<Ending>();
  const now = () => clock?.() ?? '';
  const nowHere = clock ?? Date.now;

  redis.onReady(() => {
    for (const ending of untold) {
      untold.delete(ending);
      void tell(ending);
    }
  });

  async function tell(ending: Ending): Promise<void> {
    const { name, input, token, how, value } = ending;
    try {
      const told = await redis.run(endScript, name, [now(), input, token, how, value, keptMs]);
      if (told === 0 && how !== 'unclaimed') {
        log.warn({ key: name, how }, 'An idempotency key was claimed by another before its holder was done');
      }
    } catch (away) {
      if (how !== 'unclaimed') {
        const { message: fault } = away as RedisAway;
        log.warn({ key: name, how, fault }, 'Redis could not be told what became of a write');
      }
      untold.add(ending);
      for (const oldest of untold) {
        if (untold.size <= maxUntold) break;
        untold.delete(oldest);
      }
    }
  }

  async function end(key: string, how: Ending['how'], value: string | number, failure: HaloError | null) {
    const hold = holds.get(key);
    if (!hold) return;
    const { token, inputHash } = hold;
    await tell({ name: nameIn(key), input: digest(key, inputHash), token, how, value });
    holds.delete(key);
    hold.end(failure);
  }

  /** Until no other replica holds the key; one watch for all of this process who wait. */
  function untilFree(name: string): Promise<null> {
    const watch = watched.get(name) ?? look(name).finally(() => watched.delete(name));
    watched.set(name, watch);
    return watch;
  }

  async function look(name: string): Promise<null> {
    // Nobody holds a key for longer than this: whoever still waits then finds out by claiming it.
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
    log.error({ key: name }, 'An outcome in Redis is not one that a replica of this subscription wrote');
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
        .run(claimScript, name, [now(), input, token, leaseMs, keptMs])
        .catch((away: RedisAway) => {
          if (away.sent) void tell({ name, input, token, how: 'unclaimed', value: '' });
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
    close: () => closing.abort(),
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

/** Of an input together with its key: two keys with one input do not look alike, and an input cannot be guessed alone. */
const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

function notSafe(cause: RedisAway): UpstreamFailed {
  return new UpstreamFailed(null, {
    message:
      'This request changed nothing, because it cannot be made sure at the moment that nothing is done twice. Try again in a moment.',
    retryable: true,
    detail: `Redis (REDIS_URL), which holds the idempotency keys: ${cause.message}`,
    cause,
  });
}

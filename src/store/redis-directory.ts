import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { within } from '../lib/within.ts';
import type { Log } from '../log.ts';
import type { SubscriptionKeys } from '../subscription-keys.ts';
import type { RedisConnection } from './redis-connection.ts';
import { dropScript, loadScript, publishScript } from './redis-directory-scripts.ts';
import { createSiteSeal } from './sealed-site.ts';
import type { SharedAnswer, SharedSites } from './shared-sites.ts';

/** A look-up at Halo Cloud takes only a few dozen milliseconds. */
const defaultTimeoutMs = 100;
/** Pause between probes whether Redis answers again. No request waits for them. */
const pauseMs = 1_000;

const age = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const none = z.literal('').transform(() => null);
const answerSchema = z.tuple([
  z.string(),
  z.string(),
  z.union([none, age]),
  z.union([none, z.guid()]),
  z.union([none, age]),
]);

export interface RedisDirectoryOptions {
  readonly redis: RedisConnection;
  readonly log: Log;
  /** With the base URL, it separates replicas of one Halo Cloud and subscription from others on the same Redis. */
  readonly subscriptionKey: string | SubscriptionKeys;
  readonly baseUrl: string;
  /** Maximum wait for Redis. @default 100 */
  readonly timeoutMs?: number;
}

export interface RedisDirectory extends SharedSites {
  /** Whether replicas share sites at the moment. */
  sharing(): boolean;
}

/**
 * The shared part of the sites directory, in Redis 5 or later. If Redis is away or slow, the first requests wait 100 ms. After
 * that each replica works alone until a probe shows that Redis answers again.
 */
export function createRedisDirectory(options: RedisDirectoryOptions): RedisDirectory {
  const { redis, log, timeoutMs = defaultTimeoutMs } = options;
  const { nameOf, seal, open } = createSiteSeal(options.subscriptionKey, options.baseUrl);
  let shares = true;
  let probing = false;
  let nextProbe = 0;

  function lost(error: unknown): void {
    if (!shares) return;
    shares = false;
    nextProbe = performance.now() + pauseMs;
    const fault = error instanceof Error ? error.message : 'unknown';
    log.warn({ fault }, 'Redis does not answer: each replica looks sites up for itself until it does');
  }

  function found(): void {
    if (shares) return;
    shares = true;
    log.info({}, 'Redis answers: replicas share the look-ups of sites again');
  }

  async function probe(): Promise<void> {
    if (shares || probing) return;
    probing = true;
    try {
      // A write, because a Redis that is full or read-only still answers reads.
      await within(timeoutMs, redis.run(dropScript, nameOf(''), [randomUUID(), '', pauseMs]));
      found();
    } catch {
      nextProbe = performance.now() + pauseMs;
    } finally {
      probing = false;
    }
  }
  redis.onReady(() => void probe());

  function send(script: string, key: string, args: readonly (string | number)[]): void {
    if (shares) redis.run(script, nameOf(key), args).catch(lost);
  }

  function read(key: string, reply: unknown): SharedAnswer | null {
    const { data } = answerSchema.safeParse(reply);
    if (!data) return null;
    const [version, sealed, siteAge, dropped, droppedAge] = data;
    const site = sealed === '' ? null : open(key, sealed);
    if (sealed !== '' && (!site || siteAge === null)) return null;
    return {
      version,
      known: site && siteAge !== null ? { site, ageMs: siteAge } : null,
      dropped: dropped !== null && droppedAge !== null ? { haloGuid: dropped, ageMs: droppedAge } : null,
    };
  }

  return {
    async load(key) {
      if (!shares) {
        if (performance.now() >= nextProbe) void probe();
        return null;
      }
      let reply: unknown;
      try {
        reply = await within(timeoutMs, redis.run(loadScript, nameOf(key), []));
      } catch (error) {
        lost(error);
        return null;
      }
      const answer = read(key, reply);
      if (answer) return answer;
      log.warn({ practice: key }, 'Redis holds a site that no replica can have written: it is not used');
      return { version: versionOf(reply), known: null, dropped: null };
    },
    publish(key, site, version, ageMs, goodForMs) {
      const [age, goodFor] = [Math.round(ageMs), Math.round(goodForMs)];
      send(publishScript, key, [version, randomUUID(), site.haloGuid, seal(key, site), age, goodFor]);
    },
    drop: (key, haloGuid, rememberMs) => send(dropScript, key, [randomUUID(), haloGuid, rememberMs]),
    sharing: () => shares,
  };
}

/** The version of an entry that cannot be used. With it the next look-up can replace the entry. */
function versionOf(reply: unknown): string {
  const first: unknown = Array.isArray(reply) ? reply[0] : '';
  return typeof first === 'string' ? first : '';
}

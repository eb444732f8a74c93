import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { RedisConnection } from './redis-connection.ts';
import { askScript, dropScript, tellScript } from './redis-directory-scripts.ts';
import { createSiteSeal } from './sealed-site.ts';
import type { SharedAnswer, SharedSites } from './shared-sites.ts';

/** Nobody waits longer than this for what a look-up of a few dozen milliseconds would tell as well. */
const answerWithinMs = 100;
/** Between two attempts to find out whether Redis answers again; nobody waits for them. */
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
  /** With the base URL, what tells replicas of one Halo Cloud and subscription from others on the same Redis. */
  readonly subscriptionKey: string;
  readonly baseUrl: string;
}

export interface RedisDirectory extends SharedSites {
  /** Whether sites are shared at the moment; if not, each replica is alone. */
  sharing(): boolean;
}

/**
 * The sites directory's part in Redis (5 or later). A Redis that is away or slow costs its first askers 100 ms once, and
 * then nothing: each replica goes on alone until Redis is found to answer again.
 */
export function createRedisDirectory(options: RedisDirectoryOptions): RedisDirectory {
  const { redis, log } = options;
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
      // A write: a Redis that is full, or only a replica, can be asked and not told.
      await soon(redis.run(dropScript, nameOf(''), [randomUUID(), '', pauseMs]));
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
    async ask(key) {
      if (!shares) {
        if (performance.now() >= nextProbe) void probe();
        return null;
      }
      let reply: unknown;
      try {
        reply = await soon(redis.run(askScript, nameOf(key), []));
      } catch (error) {
        lost(error);
        return null;
      }
      const answer = read(key, reply);
      if (answer) return answer;
      log.warn({ practice: key }, 'Redis holds a site that no replica can have written: it is not used');
      return { version: versionOf(reply), known: null, dropped: null };
    },
    tell(key, site, version, ageMs, goodForMs) {
      const [age, goodFor] = [Math.round(ageMs), Math.round(goodForMs)];
      send(tellScript, key, [version, randomUUID(), site.haloGuid, seal(key, site), age, goodFor]);
    },
    drop: (key, haloGuid, rememberMs) => send(dropScript, key, [randomUUID(), haloGuid, rememberMs]),
    sharing: () => shares,
  };
}

/** With the version of an entry that says nothing usable, the next look-up takes its place. */
function versionOf(reply: unknown): string {
  const first: unknown = Array.isArray(reply) ? reply[0] : '';
  return typeof first === 'string' ? first : '';
}

function soon<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const tooLate = () => reject(new Error(`no answer within ${answerWithinMs} ms`));
    // After a pause of this process's own, the answer is read before it is called late.
    const timer = setTimeout(() => setImmediate(tooLate), answerWithinMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

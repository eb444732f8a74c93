/** Sites that replicas share, against a real Redis. Each test has one of its own. */
import { Redis } from 'ioredis';
import { describe, expect, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { connectRedis } from '../../src/store/redis-connection.ts';
import {
  createRedisDirectory,
  type RedisDirectory,
  type RedisDirectoryOptions,
} from '../../src/store/redis-directory.ts';
import type { SharedSite } from '../../src/store/shared-sites.ts';
import { patientMs, type RedisServer, redisIsMissing, startRedis } from './redis-server.ts';

const guidA = 'aaaaaaaa-0000-4000-8000-000000000001';
const guidB = 'bbbbbbbb-0000-4000-8000-000000000002';
const key = 'BEST_PRACTICE 1001';
const minutes = 60_000;
const goodForMs = 15 * minutes;
const site = (haloGuid = guidA): SharedSite => ({
  haloGuid,
  practiceName: 'Synthetic Practice',
  pmsVersion: '1.12',
  haloLinkVersion: null,
});

type Settings = Partial<Pick<RedisDirectoryOptions, 'subscriptionKey' | 'baseUrl' | 'timeoutMs'>>;

interface Bench {
  readonly server: RedisServer;
  readonly redis: Redis;
  /** Without `timeoutMs` it waits longer for Redis than the server does. */
  replica(settings?: Settings): RedisDirectory;
  log(): string;
}

async function withRedis(use: (bench: Bench) => Promise<void>): Promise<void> {
  const server = await startRedis();
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => lines.push(line) });
  const opened: { close(): Promise<void> }[] = [];
  const redis = new Redis(server.url, { lazyConnect: true, enableOfflineQueue: true });
  redis.on('error', () => {});
  try {
    await use({
      server,
      redis,
      log: () => lines.join(''),
      replica(settings = {}) {
        const connection = connectRedis(server.url, log, settings.timeoutMs ? undefined : patientMs);
        opened.push(connection);
        return createRedisDirectory({
          ...{ redis: connection, log, subscriptionKey: 'synthetic-subscription-key' },
          ...{ baseUrl: 'https://halo.example/staging', timeoutMs: patientMs },
          ...settings,
        });
      },
    });
  } finally {
    redis.disconnect();
    await Promise.all(opened.map((connection) => connection.close()));
    await server.kill();
  }
}

const times = (text: string, words: string): number => text.split(words).length - 1;
const known = async (replica: RedisDirectory) => (await replica.load(key))?.known?.site ?? null;

/** Looks up as a directory does: reads the version first, then publishes the result. */
async function publishFrom(replica: RedisDirectory, found: SharedSite, ageMs = 0): Promise<void> {
  const answer = await replica.load(key);
  replica.publish(key, found, answer?.version ?? '', ageMs, goodForMs);
  await replica.load(key);
}

/** As soon as the connection is open and Redis answers in time. */
const eventuallyPublished = (replica: RedisDirectory) =>
  vi.waitFor(async () => {
    await publishFrom(replica, site());
    expect(await known(replica)).toEqual(site());
  });

describe.skipIf(redisIsMissing('test/store/redis-directory.test.ts'))('sites in Redis', () => {
  test('what one replica publishes, the other reads, with its age', () =>
    withRedis(async ({ replica }) => {
      const [one, other] = [replica(), replica()];
      expect(await other.load(key)).toEqual({ version: '', known: null, dropped: null });
      await publishFrom(one, site(), 3 * minutes);
      const answer = await other.load(key);
      expect(answer?.known?.site).toEqual(site());
      expect(answer?.known?.ageMs).toBeGreaterThanOrEqual(3 * minutes);
      expect(answer?.known?.ageMs).toBeLessThan(4 * minutes);
      expect((await other.load('ZEDMED 1001'))?.known).toBeNull();
    }));

  test('what stands there goes by itself, under its prefix, and holds no key of a subscription', () =>
    withRedis(async ({ replica, redis }) => {
      await publishFrom(replica(), site(), 3 * minutes);
      const [name = '', ...others] = await redis.keys('*');
      expect(others).toEqual([]);
      expect(name).toMatch(/^halo-graph:directory:[\w-]{11}:BEST_PRACTICE 1001$/);
      const ttl = await redis.pttl(name);
      expect(ttl).toBeGreaterThan(11 * minutes);
      expect(ttl).toBeLessThanOrEqual(12 * minutes);
      expect(name + JSON.stringify(await redis.hgetall(name))).not.toContain('synthetic-subscription-key');
    }));

  test('a dropped GUID is gone for all replicas, and readers see that it was dropped', () =>
    withRedis(async ({ replica }) => {
      const [one, other] = [replica(), replica()];
      await publishFrom(one, site());
      one.drop(key, guidA, goodForMs);
      await one.load(key);
      expect(await other.load(key)).toMatchObject({ known: null, dropped: { haloGuid: guidA } });
      await publishFrom(one, site(guidB));
      expect(await other.load(key)).toMatchObject({ known: { site: site(guidB) }, dropped: null });
      other.drop(key, guidA, goodForMs);
      expect(await known(other)).toEqual(site(guidB));
    }));

  test('a look-up that began before a GUID was dropped does not put it back', () =>
    withRedis(async ({ replica }) => {
      const [late, one] = [replica(), replica()];
      const before = await late.load(key);
      one.drop(key, guidA, goodForMs);
      await one.load(key);
      late.publish(key, site(guidA), before?.version ?? '', 0, goodForMs);
      expect(await known(late)).toBeNull();
      await publishFrom(one, site(guidB));
      one.drop(key, guidB, goodForMs);
      await one.load(key);
      late.publish(key, site(guidA), before?.version ?? '', 0, goodForMs);
      expect(await known(late)).toBeNull();
    }));

  test('of two look-ups of the same version, the first published one stays', () =>
    withRedis(async ({ replica }) => {
      const [one, other] = [replica(), replica()];
      const [first, second] = [await one.load(key), await other.load(key)];
      one.publish(key, site(guidB), first?.version ?? '', 0, goodForMs);
      await one.load(key);
      other.publish(key, site(guidA), second?.version ?? '', 0, goodForMs);
      expect(await known(other)).toEqual(site(guidB));
    }));

  test('another subscription, or another Halo Cloud, has sites of its own', () =>
    withRedis(async ({ replica }) => {
      const one = replica();
      await publishFrom(one, site());
      const strangers = [
        replica({ subscriptionKey: 'another-synthetic-key' }),
        replica({ baseUrl: 'https://halo.example/production' }),
      ];
      for (const stranger of strangers) {
        expect(await known(stranger)).toBeNull();
        await publishFrom(stranger, site(guidB));
      }
      expect(await known(one)).toEqual(site());
    }));

  test('what no replica has written is not believed, crashes nothing, and gives way to a look-up', () =>
    withRedis(async ({ replica, redis, log }) => {
      const one = replica();
      await publishFrom(one, site());
      const [name = ''] = await redis.keys('*');
      const signed = (await redis.hget(name, 'site')) ?? '';
      const forged = signed.replace(guidA, guidB);
      const elsewhere = replica({ baseUrl: 'https://halo.example/production' });
      await publishFrom(elsewhere, site(guidB));
      const [foreign = ''] = (await redis.keys('*')).filter((each) => each !== name);
      const hostile: (() => Promise<unknown>)[] = [
        () => redis.hset(name, 'site', forged),
        () => redis.hset(name, 'site', '{"haloGuid":"bbbbbbbb-0000-4000-8000-000000000002"}'),
        () => redis.hset(name, 'site', ' '),
        () => redis.hset(name, 'site', Buffer.from([0, 255, 254, 32, 200])),
        () => redis.hset(name, 'site', 'x'.repeat(5_000_000)),
        async () => redis.hset(name, 'site', (await redis.hget(foreign, 'site')) ?? ''),
        () => redis.hset(name, 'site', signed, 'askedAt', 'soon'),
        () => redis.hset(name, 'site', signed, 'askedAt', '-1e308'),
        () => redis.hset(name, 'site', signed, 'askedAt', 'nan'),
        () => redis.hset(name, 'dropped', '<script>', 'droppedAt', '1'),
        () => redis.multi().del(name).set(name, 'text').exec(),
        () => redis.multi().del(name).lpush(name, 'a', 'b').exec(),
      ];
      for (const corrupt of hostile) {
        await corrupt();
        // 5 MB can take too long. Then the directory is not shared for a second.
        await vi.waitFor(async () => expect((await one.load(key))?.known).toBeNull());
        await publishFrom(one, site());
        expect(await known(one)).toEqual(site());
      }
      expect(one.sharing()).toBe(true);
      expect(log()).toContain('Redis holds a site that no replica can have written');
      expect(log()).not.toContain('<script>');
    }));

  test('while Redis is away replicas share nothing, the log says so once, and it comes back by itself', () =>
    withRedis(async ({ server, replica, log }) => {
      const one = replica({ timeoutMs: 5_000 });
      await eventuallyPublished(one);
      await server.kill();
      for (let n = 0; n < 200; n += 1) {
        expect(await one.load(key)).toBeNull();
        one.publish(key, site(), '', 0, goodForMs);
        one.drop(key, guidA, goodForMs);
      }
      expect(one.sharing()).toBe(false);
      await server.start();
      await expect.poll(() => one.sharing()).toBe(true);
      await publishFrom(one, site(guidB));
      expect(await known(one)).toEqual(site(guidB));
      expect(times(log(), 'looks sites up for itself')).toBe(1);
      expect(times(log(), 'share the look-ups of sites again')).toBe(1);
    }));

  test('a Redis that keeps the line and says nothing is left alone until it answers', () =>
    withRedis(async ({ server, replica }) => {
      const one = replica({ timeoutMs: 100 });
      await eventuallyPublished(one);
      server.freeze();
      const waiting = Promise.all(Array.from({ length: 50 }, () => one.load(key)));
      expect(new Set(await waiting)).toEqual(new Set([null]));
      expect(one.sharing()).toBe(false);
      // From now on an answer comes at once: not even a timer is waited for.
      let ticks = 0;
      const tick = setTimeout(() => {
        ticks += 1;
      }, 0);
      for (let n = 0; n < 100; n += 1) expect(await one.load(key)).toBeNull();
      expect(ticks).toBe(0);
      clearTimeout(tick);
      server.thaw();
      await expect.poll(async () => (await one.load(key))?.known?.site).toEqual(site());
    }));

  test('a Redis that takes nothing more is said once to be of no use, until it does', () =>
    withRedis(async ({ replica, redis, log }) => {
      const one = replica();
      await one.load(key);
      await redis.config('SET', 'maxmemory', '1');
      await publishFrom(one, site());
      expect(one.sharing()).toBe(false);
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await one.load(key);
      await redis.ping();
      expect(one.sharing()).toBe(false);
      await redis.config('SET', 'maxmemory', '0');
      await expect.poll(() => one.load(key)).not.toBeNull();
      expect(times(log(), 'looks sites up for itself')).toBe(1);
    }));

  test('one that was never there is no obstacle either', () =>
    withRedis(async ({ server, replica }) => {
      await server.kill();
      const one = replica({ timeoutMs: 100 });
      expect(await one.load(key)).toBeNull();
      await server.start();
      await expect.poll(() => one.load(key)).not.toBeNull();
    }));
});

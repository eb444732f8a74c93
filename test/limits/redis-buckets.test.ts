/** Shared rate limits, with a real Redis that stops and restarts. */
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRateLimit, type RateLimit, type Verdict } from '../../src/limits/rate-limit.ts';
import { createRedisBuckets } from '../../src/limits/redis-buckets.ts';
import { createLog } from '../../src/log.ts';
import { connectRedis, type RedisConnection } from '../../src/store/redis-connection.ts';
import {
  patientMs,
  type RedisServer,
  redisIsMissing,
  startRedis,
  untilConnected,
} from '../store/redis-server.ts';

describe.skipIf(redisIsMissing('test/limits/redis-buckets.test.ts'))('with a Redis', () => {
  let server: RedisServer;
  let lines: string[];
  const opened: RedisConnection[] = [];
  beforeEach(async () => {
    server = await startRedis();
    lines = [];
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((connection) => connection.close()));
    await server.kill();
  });

  const replica = (bucket: { perMinute: number; burst: number }, timeoutMs?: number): RateLimit => {
    const log = createLog('debug', { write: (line) => lines.push(line) });
    const redis = connectRedis(server.url, log, timeoutMs);
    opened.push(redis);
    return createRateLimit({ ...bucket, store: createRedisBuckets({ redis, log }) });
  };
  const count = (verdicts: readonly Verdict[]) => verdicts.filter(({ allowed }) => allowed).length;
  const timesLogged = (words: string) => lines.join('').split(words).length - 1;

  test('two replicas racing on one limit let through what one would', async () => {
    const open = () => replica({ perMinute: 1, burst: 50 }, patientMs);
    const replicas = [open(), open()] as const;
    const verdicts = await Promise.all(
      Array.from({ length: 200 }, (_, index) => replicas[index % 2 === 0 ? 0 : 1].take('a')),
    );
    expect(count(verdicts)).toBe(50);
    const waits = verdicts.flatMap((verdict) => (verdict.allowed ? [] : verdict.retryAfterSeconds));
    // On a busy machine a part of the minute has passed.
    expect(Math.min(...waits)).toBeGreaterThan(30);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60);
    expect(await replicas[0].take('b')).toEqual({ allowed: true });
  });

  test('the bucket fills by the clock of Redis, and is forgotten when it is full', async () => {
    const { take } = replica({ perMinute: 6_000, burst: 2 }, patientMs);
    await take('a');
    const redis = new Redis(server.url);
    const [key = ''] = await redis.keys('halo-graph:rate:*');
    expect(key).not.toContain('a:');
    expect(await redis.pttl(key)).toBeLessThan(1_100);
    redis.disconnect();
    await expect.poll(async () => count([await take('a'), await take('a')])).toBe(2);
  });

  test('while Redis is full each replica limits by itself, and shares again when it has room', async () => {
    const { take } = replica({ perMinute: 1, burst: 3 }, patientMs);
    const redis = new Redis(server.url);
    await redis.config('SET', 'maxmemory', '1');
    expect(count(await Promise.all(Array.from({ length: 6 }, () => take('a'))))).toBe(3);
    expect(lines.join('')).toContain('"fault":"OOM"');
    await redis.config('SET', 'maxmemory', '0');
    await expect
      .poll(async () => {
        await take('b');
        return timesLogged('shared through Redis again');
      })
      .toBe(1);
    redis.disconnect();
  });

  test.each([
    ['text', (redis: Redis, key: string) => redis.set(key, 'x')],
    ['a list', (redis: Redis, key: string) => redis.lpush(key, 'x')],
    [
      'a level that is no number',
      (redis: Redis, key: string) => redis.hset(key, 'tokens', 'nan', 'at', 'nan'),
    ],
    [
      'an impossible level',
      (redis: Redis, key: string) => redis.hset(key, 'tokens', '-1e300', 'at', '1e300'),
    ],
  ])(
    'I9: %s at the key of a bucket limits no other caller, and does not count as Redis being away',
    async (_, poison) => {
      const { take } = replica({ perMinute: 1, burst: 2 }, patientMs);
      await take('a');
      const redis = new Redis(server.url);
      const [key = ''] = await redis.keys('halo-graph:rate:*');
      await redis.del(key);
      await poison(redis, key);
      expect(count([await take('a'), await take('a'), await take('a')])).toBe(2);
      expect(timesLogged('Redis is away')).toBe(0);
      redis.disconnect();
    },
  );

  test('no request is refused or fails while Redis is away; buckets are shared again when it is back', async () => {
    const replicas = [replica({ perMinute: 1, burst: 5 }), replica({ perMinute: 1, burst: 5 })] as const;
    for (const each of opened) await untilConnected(each);
    for (const { take } of replicas) await take('warm');
    // A connection that took long has been logged as away.
    lines.length = 0;
    await server.kill();
    const both = () => Promise.all(replicas.flatMap(({ take }) => [take('a'), take('a'), take('a')]));
    expect(count(await both())).toBe(6);
    expect(count(await both())).toBe(4);
    expect(timesLogged('each replica limits its callers by itself')).toBe(2);
    await server.start();
    await expect
      .poll(async () => {
        for (const { take } of replicas) await take('warm');
        return timesLogged('shared through Redis again');
      })
      .toBe(2);
    expect(
      count(await Promise.all(Array.from({ length: 20 }, (_, n) => replicas[n % 2 === 0 ? 0 : 1].take('b')))),
    ).toBe(5);
  });

  test('a Redis that keeps the connection and never responds causes no refusal', async () => {
    const { take } = replica({ perMinute: 1, burst: 100 });
    await take('a');
    server.freeze();
    for (let time = 1; time <= 5; time += 1) expect(await take('a')).toEqual({ allowed: true });
    server.thaw();
  });
});

test('while Redis is away one caller a second waits for it, and the others go on', async () => {
  let now = 0;
  let requested = 0;
  let answer: (() => Promise<number>) | undefined;
  const away = () => Promise.reject(new Error('away'));
  const run = () => {
    requested += 1;
    return answer ? answer() : away();
  };
  const redis: RedisConnection = {
    run,
    runSafely: run,
    runByDigest: run,
    isFull: () => false,
    onReady: () => {},
    subscribe: () => () => {},
    close: async () => {},
  };
  const store = createRedisBuckets({ redis, log: createLog('silent'), clock: () => now });
  const take = () => store.take('a', { perMinute: 1, burst: 100 });
  await take();
  await take();
  expect(requested).toBe(1);
  now += 1_000;
  let back: (waitMs: number) => void = () => {};
  answer = () => new Promise((resolve) => (back = resolve));
  const first = take();
  await Promise.all([take(), take()]);
  expect(requested).toBe(2);
  back(0);
  answer = async () => 0;
  expect(await first).toBe(0);
  await take();
  expect(requested).toBe(3);
});

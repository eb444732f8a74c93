/** Webhook ids that replicas share, against a real Redis. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { connectRedis, type RedisConnection } from '../../src/store/redis-connection.ts';
import { createRedisIds } from '../../src/webhooks/redis-ids.ts';
import { type RedisServer, redisIsMissing, startRedis } from '../store/redis-server.ts';

const log = createLog('silent');
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function replica(server: RedisServer, subscriptionKey = 'synthetic-key') {
  const redis: RedisConnection = await connectRedis(server.url, log);
  closing.unshift(() => redis.close());
  return createRedisIds({ redis, log, subscriptionKey, baseUrl: 'https://halo.example' });
}

async function withRedis(): Promise<RedisServer> {
  const server = await startRedis();
  closing.push(() => server.kill());
  return server;
}

describe.skipIf(redisIsMissing('test/webhooks/redis-ids.test.ts'))('webhook ids in Redis', () => {
  it('belong to the first of all replicas, whatever the case of the id', async () => {
    const server = await withRedis();
    const [one, other] = [await replica(server), await replica(server)];
    const id = randomUUID();
    expect(await one.claim(id)).toBe(true);
    expect(await other.claim(id.toUpperCase())).toBe(false);
    expect(await one.claim(id)).toBe(false);
  });

  it('that are released can be claimed again by another replica', async () => {
    const server = await withRedis();
    const [one, other] = [await replica(server), await replica(server)];
    const id = randomUUID();
    await one.claim(id);
    await one.release(id);
    expect(await other.claim(id)).toBe(true);
  });

  it('that are released can be claimed by a replica that had refused them before', async () => {
    const server = await withRedis();
    const [one, other] = [await replica(server), await replica(server)];
    const id = randomUUID();
    await one.claim(id);
    expect(await other.claim(id)).toBe(false);
    await one.release(id);
    expect(await other.claim(id)).toBe(true);
  });

  it('of another subscription are others', async () => {
    const server = await withRedis();
    const [one, other] = [await replica(server), await replica(server, 'another-synthetic-key')];
    const id = randomUUID();
    expect(await one.claim(id)).toBe(true);
    expect(await other.claim(id)).toBe(true);
  });

  it('are remembered by each replica while Redis hangs or is gone, within a second', async () => {
    const server = await withRedis();
    const one = await replica(server);
    for (const trouble of ['freeze', 'kill'] as const) {
      await server[trouble]();
      const id = randomUUID();
      const started = performance.now();
      expect(await one.claim(id)).toBe(true);
      expect(await one.claim(id)).toBe(false);
      // One attempt has 400 ms; the rest is for a busy machine.
      expect(performance.now() - started).toBeLessThan(5_000);
      if (trouble === 'freeze') server.thaw();
    }
  });
});

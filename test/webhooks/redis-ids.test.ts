/** Webhook ids that replicas share, against a real Redis. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { connectRedis, type RedisConnection } from '../../src/store/redis-connection.ts';
import { createRedisIds, type RedisIdsOptions } from '../../src/webhooks/redis-ids.ts';
import { patientMs, type RedisServer, redisIsMissing, startRedis } from '../store/redis-server.ts';

const log = createLog('silent');
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const realm = { subscriptionKey: 'synthetic-key', baseUrl: 'https://halo.example' };

/** It waits longer for Redis than the server does: a slow answer of a busy machine is an answer. */
async function replica(server: RedisServer, options: Partial<RedisIdsOptions> = {}) {
  const redis = connectRedis(server.url, log, patientMs);
  closing.unshift(() => redis.close());
  return createRedisIds({ redis, log, ...realm, timeoutMs: patientMs, ...options });
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
    const [one, other] = [
      await replica(server),
      await replica(server, { subscriptionKey: 'another-synthetic-key' }),
    ];
    const id = randomUUID();
    expect(await one.claim(id)).toBe(true);
    expect(await other.claim(id)).toBe(true);
  });

  it('are remembered by each replica while Redis hangs or is gone', async () => {
    const server = await withRedis();
    const one = await replica(server, { timeoutMs: 400 });
    for (const trouble of ['freeze', 'kill'] as const) {
      await server[trouble]();
      const id = randomUUID();
      expect(await one.claim(id)).toBe(true);
      expect(await one.claim(id)).toBe(false);
      if (trouble === 'freeze') server.thaw();
    }
  });
});

it('a Redis that does not answer holds a webhook up for 400 ms and no longer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  closing.push(() => vi.useRealTimers());
  const redis = { run: () => new Promise(() => {}) } as unknown as RedisConnection;
  const { claim, release } = createRedisIds({ redis, log, ...realm });
  const id = randomUUID();
  const ended: string[] = [];
  const claimed = claim(id).then((isFirst) => ended.push(`claimed ${isFirst}`));
  await vi.advanceTimersByTimeAsync(399);
  expect(ended).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  await claimed;
  const released = release(id).then(() => ended.push('released'));
  await vi.advanceTimersByTimeAsync(400);
  await released;
  expect(ended).toEqual(['claimed true', 'released']);
});

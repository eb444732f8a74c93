/** A failover of Redis loses nothing: by Sentinel and in a Cluster, as the user that docs/operations.md creates. */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRedisBuckets } from '../../src/limits/redis-buckets.ts';
import { createLog } from '../../src/log.ts';
import { createRedisStore } from '../../src/store/redis.ts';
import { connectRedis } from '../../src/store/redis-connection.ts';
import { createRedisDirectory } from '../../src/store/redis-directory.ts';
import { createRedisReplicas } from '../../src/store/redis-replicas.ts';
import { createRedisIds } from '../../src/webhooks/redis-ids.ts';
import { mine } from './contract.ts';
import { openKeyedPractice } from './keyed-practice.ts';
import { patientMs, type RedisServer, redisIsMissing, untilConnected } from './redis-server.ts';
import { passwords, startCluster, startSentinel, type Topology } from './redis-topologies.ts';

const realm = { subscriptionKey: 'synthetic-subscription-key', baseUrl: 'https://halo.example' };
const site = {
  haloGuid: '5a4db0c5-0000-4000-8000-000000001001',
  practiceName: null,
  pmsVersion: null,
  haloLinkVersion: null,
};
/** As `src/store/redis.ts` names it. */
const nameOf = (key: string) =>
  `halo-graph:idempotency:${createHash('sha256')
    .update(JSON.stringify([key]))
    .digest('base64url')}`;

/** Redis needs seconds to notice a dead primary: both wait at the same time. */
describe.skipIf(redisIsMissing('test/store/redis-failover.test.ts')).concurrent.each([
  ['Sentinel', startSentinel],
  ['a Cluster', startCluster],
])('part 7: with %s', { timeout: 180_000 }, (_, start) => {
  let topology: Topology;
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => lines.push(line) });
  const opened: { close(): unknown }[] = [];

  beforeAll(async () => {
    topology = await start();
  }, 60_000);
  function forgetLines(): void {
    for (const password of passwords) expect(lines.join('')).not.toContain(password);
    lines.length = 0;
  }
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()));
    forgetLines();
  });
  afterAll(() => topology?.close());

  async function replica() {
    const redis = connectRedis(topology.url, log);
    // They wait longer for Redis than the server does: a slow answer of a busy machine is an answer.
    const shared = { redis, log, ...realm, timeoutMs: patientMs };
    const store = createRedisStore({ ...shared, leaseMs: 45_000 });
    opened.push({
      close() {
        store.close();
        return redis.close();
      },
    });
    await untilConnected(redis);
    forgetLines();
    return {
      store,
      buckets: createRedisBuckets({ redis, log }),
      directory: createRedisDirectory(shared),
      ids: createRedisIds(shared),
      replicas: createRedisReplicas({ ...shared, deployment: 'test', membershipMs: 60_000 }),
    };
  }
  /** A caller whose bucket is at this server. */
  async function callerAt(server: RedisServer): Promise<string> {
    for (let n = 0; ; n += 1) {
      const digest = createHash('sha256').update(`busy-${n}`).digest('base64url');
      const [primary] = await topology.serversOf(`halo-graph:rate:${digest}`);
      if (primary === server) return `busy-${n}`;
    }
  }
  const eventually = <T>(check: () => Promise<T> | T) =>
    vi.waitFor(check, { timeout: 60_000, interval: 100 });

  it.sequential('everything that replicas share works', async () => {
    const [one, other] = [await replica(), await replica()];
    expect(await one.store.claim('a', 'input')).toEqual(mine);
    await one.store.settle('a', { id: '7' });
    expect(await other.store.claim('a', 'input')).toEqual({ state: 'settled', outcome: { id: '7' } });
    for (let key = 0; key < 50; key += 1) expect(await one.store.claim(`key-${key}`, 'x')).toEqual(mine);
    expect(await one.ids.claim('4f2b8a8e-0000-4000-8000-000000000001')).toBe(true);
    expect(await other.ids.claim('4f2b8a8e-0000-4000-8000-000000000001')).toBe(false);
    const bucket = { perMinute: 1, burst: 1 };
    expect(await one.buckets.take('caller', bucket)).toBe(0);
    expect(await other.buckets.take('caller', bucket)).toBeGreaterThan(0);
    const { version } = (await one.directory.load('practice')) ?? { version: '' };
    one.directory.publish('practice', site, version, 0, 60_000);
    await eventually(async () => expect((await other.directory.load('practice'))?.known?.site).toEqual(site));
    const received: unknown[] = [];
    opened.push({ close: other.replicas.listen((message) => received.push(message)) });
    await eventually(() => {
      one.replicas.publish({ book: 1 });
      expect(received).toContainEqual({ book: 1 });
    });
    expect(await one.replicas.join('book')).toMatchObject({ leads: true });
    expect(await other.replicas.join('book')).toMatchObject({ leads: false });
    // A replica that a busy machine holds up is no refusal.
    const others = lines.filter((line) => !line.includes('no replica that keeps up'));
    expect(others.join('')).not.toMatch(/NOPERM|"level":"(warn|error)"/);
  });

  it.sequential('the primary dies in the middle of a booking: one booking, its outcome is kept, and limits refuse nobody', async () => {
    const [one, other] = [await replica(), await replica()];
    const { write, meanwhile, made } = openKeyedPractice();
    const name = nameOf(JSON.stringify(['tester', '1001', 'book', 'key']));
    await one.store.claim('warm', 'input');
    await other.store.claim('warm', 'other');
    const received: unknown[] = [];
    opened.push({ close: other.replicas.listen((message) => received.push(message)) });
    expect(await one.replicas.join('led')).toMatchObject({ leads: true });
    // Each waits for a replica, some at the server of that book: what is not copied dies with the primary.
    for (let key = 0; key < 20; key += 1) await one.store.claim(`before-${key}`, 'x');
    const [dead] = await topology.serversOf(name);
    const busy = await callerAt(dead);
    const bucket = { perMinute: 6_000, burst: 600 };
    const take = async () => expect(await one.buckets.take(busy, bucket)).toBe(0);
    await take();
    meanwhile(async () => {
      await dead.kill();
      for (let time = 0; time < 20; time += 1) await take();
    });
    // The same request reaches both replicas, and again after the failover. The first one holds the key.
    const first = write(one.store);
    await vi.waitUntil(() => made() === 1, { interval: 1 });
    const results = await Promise.allSettled([first, write(other.store)]);
    meanwhile(async () => {});
    expect(results[0]).toMatchObject({ status: 'fulfilled', value: '1' });
    for (const store of [other.store, one.store]) {
      await eventually(async () => expect(await write(store).catch((error: Error) => error)).toBe('1'));
    }
    expect(made()).toBe(1);
    // New keys are claimed, limits and leadership are shared, messages arrive again.
    for (let key = 0; key < 20; key += 1) {
      await eventually(async () =>
        expect((await one.store.claim(`after-${key}`, 'x').catch(() => null))?.state).toBe('mine'),
      );
    }
    await eventually(async () =>
      expect(await other.replicas.join('led').catch(() => null)).toMatchObject({ leads: false }),
    );
    expect(await one.replicas.join('led')).toMatchObject({ leads: true });
    await eventually(() => {
      one.replicas.publish({ book: 2 });
      expect(received).toContainEqual({ book: 2 });
    });
    await eventually(async () => {
      await take();
      expect(lines.join('')).toContain('The rate limits are shared through Redis again');
    });
    await dead.start();
  });

  it.sequential('a claim waits until a replica has it, and says so when none keeps up', async () => {
    const { store } = await replica();
    const claim = (key: string) => eventually(async () => expect(await store.claim(key, 'x')).toEqual(mine));
    await claim('copied');
    const name = nameOf('not copied');
    const replicas = await eventually(async () => {
      const [, ...others] = await topology.serversOf(name);
      expect(others.length).toBeGreaterThan(0);
      return others;
    });
    await eventually(async () => {
      await store.claim('not copied', 'x');
      await store.release('not copied', null);
      expect(lines.join('')).not.toMatch(/no replica that keeps up(?!.*a replica again)/s);
    });
    for (const each of replicas) each.freeze();
    const started = performance.now();
    await store.claim('not copied', 'x');
    expect(performance.now() - started).toBeGreaterThan(90);
    for (const each of replicas) each.thaw();
    expect(lines.join('')).toContain('no replica that keeps up');
  });
});

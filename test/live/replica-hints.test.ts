/** A webhook reaches any replica. The one that waits for its query may be another. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createQueryHints } from '../../src/live/query-hints.ts';
import { createReplicaHints } from '../../src/live/replica-hints.ts';
import { connectRedis, type RedisConnection } from '../../src/store/redis-connection.ts';
import { createRedisReplicas } from '../../src/store/redis-replicas.ts';
import { type RedisServer, redisIsMissing, startRedis } from '../store/redis-server.ts';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const [site, query] = ['5A4DB0C5-0000-4000-8000-000000001001', '123e4567-e89b-12d3-a456-426614174000'];

describe.skipIf(redisIsMissing('test/live/replica-hints.test.ts'))('hints of two replicas', () => {
  let server: RedisServer;
  const connections: RedisConnection[] = [];
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.kill());
  afterEach(async () => {
    await Promise.all(connections.splice(0).map((each) => each.close()));
  });

  function replica() {
    const redis = connectRedis(server.url, log);
    connections.push(redis);
    const replicas = createRedisReplicas({
      ...{ redis, log, baseUrl: 'http://halo.test', subscriptionKey: 'synthetic', deployment: 'test' },
    });
    const local = createQueryHints();
    replicas.listen((message) => {
      const { kind, siteId, queryId } = (message ?? {}) as Record<string, string>;
      if (kind === 'hint') local.onQueryCompleted(queryId ?? '', siteId ?? '');
    });
    return createReplicaHints(local, replicas);
  }

  it('a hint for a query that another replica waits for is known, and reaches it, until it waits no longer', async () => {
    const [a, b] = [replica(), replica()];
    const listener = vi.fn();
    const end = a.listen(site, query, listener);
    // Until the connection for messages is open, a hint is lost.
    await vi.waitFor(async () => {
      expect(await b.onQueryCompleted(query, site.toLowerCase())).toBe(true);
      expect(listener).toHaveBeenCalled();
    }, 20_000);
    expect(await b.onQueryCompleted(query, 'another')).toBe(false);
    end();
    await vi.waitFor(async () => expect(await b.onQueryCompleted(query, site)).toBe(false), 20_000);
  });

  it('a hint for a query that several replicas wait for reaches all of them', async () => {
    const [a, b] = [replica(), replica()];
    const [first, second] = [vi.fn(), vi.fn()];
    a.listen(site, query, first);
    b.listen(site, query, second);
    await vi.waitFor(async () => {
      expect(await a.onQueryCompleted(query, site)).toBe(true);
      expect(second).toHaveBeenCalled();
    }, 20_000);
    expect(first).toHaveBeenCalled();
  });

  it('without Redis it is not known whether another replica waits: the webhook is refused, and comes again', async () => {
    const a = replica();
    await server.kill();
    await expect(a.onQueryCompleted(query, site)).rejects.toThrow();
    await server.start();
  });
});

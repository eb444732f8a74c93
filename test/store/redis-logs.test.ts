/** The logs that replicas share, in a real Redis. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectRedis, type RedisConnection } from '../../src/store/redis-connection.ts';
import { createRedisLogs } from '../../src/store/redis-logs.ts';
import type { SharedLogs } from '../../src/store/shared-log.ts';
import { patientMs, type RedisServer, redisIsMissing, startRedis } from './redis-server.ts';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const at = (seq: number, run = 'run') => ({ run, seq });

describe.skipIf(redisIsMissing('test/store/redis-logs.test.ts'))('a shared log', () => {
  let server: RedisServer;
  let redis: RedisConnection;
  let book = 0;
  /** Another one for each test. */
  let name: string;
  beforeAll(async () => {
    server = await startRedis();
    redis = connectRedis(server.url, log, patientMs);
  });
  afterAll(async () => {
    await redis.close();
    await server.kill();
  });
  afterEach(() => void vi.restoreAllMocks());

  function replica(writer: string, subscriptionKey = 'synthetic', deployment = 'test'): SharedLogs {
    return createRedisLogs({
      ...{ redis, subscriptionKey, deployment, baseUrl: 'http://halo.test' },
      replica: writer,
    });
  }
  function open() {
    book += 1;
    name = `book ${book}`;
    return [replica('one'), replica('two')] as const;
  }

  it('has the entries after a position, in order, for every replica', async () => {
    const [one, two] = open();
    expect(await two.since(name, null)).toBeNull();
    await one.begin(name, at(4));
    for (const seq of [4, 5, 6]) expect(await one.append(name, at(seq), `entry ${seq + 1}`)).toBe(true);
    const entries = [5, 6, 7].map((seq) => ({ seq, content: `entry ${seq}` }));
    const whole = { ...at(7), writer: 'one', stopped: '', entries };
    expect(await two.since(name, null)).toEqual(whole);
    expect(await two.since(name, at(5))).toEqual({ ...whole, entries: entries.slice(1) });
    expect(await two.since(name, at(7))).toEqual({ ...whole, entries: [] });
    // Numbers of another run say nothing.
    expect(await two.since(name, at(6, 'other'))).toEqual(whole);
  });

  it('takes an entry at its end only: of two replicas that believe they lead, one appends', async () => {
    const [one, two] = open();
    await one.begin(name, at(0));
    expect(await one.append(name, at(0), 'first')).toBe(true);
    expect(await two.append(name, at(0), 'late')).toBe(false);
    expect(await two.append(name, at(1, 'other'), 'of another run')).toBe(false);
    expect(await two.append(name, at(1), 'second')).toBe(true);
    expect(await one.since(name, null)).toMatchObject({
      writer: 'two',
      entries: [{ content: 'first' }, { content: 'second' }],
    });
  });

  it('keeps the latest 200 entries: a reader further behind sees a hole', async () => {
    const [one, two] = open();
    await one.begin(name, at(0));
    for (let seq = 0; seq < 203; seq += 1) await one.append(name, at(seq), String(seq + 1));
    const found = await two.since(name, at(0));
    expect(found?.seq).toBe(203);
    expect(found?.entries).toHaveLength(200);
    expect(found?.entries[0]).toEqual({ seq: 4, content: '4' });
  });

  it('that stops says why, until it begins again without its entries', async () => {
    const [one, two] = open();
    await one.begin(name, at(0));
    await one.append(name, at(0), 'first');
    await one.stop(name, 'offline');
    expect(await two.since(name, at(1))).toMatchObject({ stopped: 'offline', entries: [] });
    await one.begin(name, at(2));
    expect(await two.since(name, null)).toEqual({ ...at(2), writer: 'one', stopped: '', entries: [] });
  });

  it('is another one in another deployment, and for another subscription', async () => {
    const [one] = open();
    await one.begin(name, at(0));
    expect(await replica('three', 'synthetic', 'other').since(name, null)).toBeNull();
    expect(await replica('three', 'synthetic-other').since(name, null)).toBeNull();
  });

  it('with an entry that no replica wrote is none', async () => {
    const [one, two] = open();
    await one.begin(name, at(0));
    await one.append(name, at(0), 'first');
    await one.append(name, at(1), 'second');
    const forge = `
      local key = redis.call('KEYS', '*:log:' .. ARGV[1])[1]
      redis.call('HSET', key, 'e2', redis.call('HGET', key, 'e1'))
      return 1`;
    await redis.run(forge, 'any', [name]);
    expect(await two.since(name, null)).toBeNull();
    expect(await two.since(name, at(2))).toMatchObject({ entries: [] });
  });

  it('what several replicas need at the same moment is loaded once', async () => {
    const [one, two] = open();
    let answer = (_content: string) => {};
    const load = vi.fn(
      () =>
        new Promise<string>((resolve) => {
          answer = resolve;
        }),
    );
    const needed = [one, two, one].map((each) => each.once(name, load));
    await vi.waitFor(() => expect(load).toHaveBeenCalled(), 20_000);
    answer('content');
    expect(await Promise.all(needed)).toEqual(['content', 'content', 'content']);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('what one replica offers is not loaded', async () => {
    const [one, two] = open();
    await one.offer(name, 'content');
    const load = vi.fn(async () => 'loaded');
    expect(await two.once(name, load)).toBe('content');
    expect(load).not.toHaveBeenCalled();
  });

  it('a load that fails fails its own replica, and another one loads', async () => {
    const [one, two] = open();
    const failure = new Error('offline');
    await expect(one.once(name, () => Promise.reject(failure))).rejects.toBe(failure);
    const run = vi.spyOn(redis, 'run');
    expect(await two.once(name, async () => 'loaded')).toBe('loaded');
    // It does not wait for the first one, which has five seconds: it claims the load, and offers what it loaded.
    expect(run).toHaveBeenCalledTimes(2);
  });
});

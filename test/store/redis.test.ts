/** Idempotency keys that replicas share, against a real Redis. */
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { NoAnswer } from '../../src/datasources/practice/write-port.ts';
import { HaloError, OutcomeUnknown, RateLimited } from '../../src/errors.ts';
import { createLog } from '../../src/log.ts';
import type { IdempotencyStore } from '../../src/store/idempotency.ts';
import { createRedisStore, type RedisStoreOptions } from '../../src/store/redis.ts';
import { connectRedis } from '../../src/store/redis-connection.ts';
import { describeStore, mine } from './contract.ts';
import { openKeyedPractice } from './keyed-practice.ts';
import { patientMs, type RedisServer, redisIsMissing, startRedis } from './redis-server.ts';

const leaseMs = 45_000;
const realm = { subscriptionKey: 'synthetic-subscription-key', baseUrl: 'https://halo.example' };

describe.skipIf(redisIsMissing('test/store/redis.test.ts'))('with a Redis', () => {
  let server: RedisServer;
  let redis: Redis;
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => lines.push(line) });
  const opened: { close(): Promise<void> }[] = [];
  const replica = (options: Partial<RedisStoreOptions> = {}) => {
    const connection = connectRedis(server.url, log, patientMs);
    const store = createRedisStore({ redis: connection, log, leaseMs, ...realm, ...options });
    opened.push({
      close() {
        store.close();
        return connection.close();
      },
    });
    return store;
  };
  let now = 0;
  const clock = () => now;

  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    redis.on('error', () => {});
  });
  beforeEach(async () => {
    now = 1_000;
    lines.length = 0;
    await redis.flushall();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  });
  afterAll(async () => {
    redis?.disconnect();
    await server?.kill();
  });

  describe('a script', () => {
    const script = "redis.call('SET', KEYS[1], ARGV[1]) return ARGV[1]";
    const texts = async () =>
      Number(/cmdstat_eval:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);
    const open = (url = server.url) => {
      const connection = connectRedis(url, log, patientMs);
      opened.push(connection);
      return connection;
    };

    test('is sent as text once, and again after Redis has forgotten it', async () => {
      const connection = open();
      await redis.config('RESETSTAT');
      await redis.script('FLUSH');
      for (const value of ['a', 'b', 'c'])
        expect(await connection.runByDigest(script, 'key', [value])).toBe(value);
      expect(await texts()).toBe(1);
      await redis.script('FLUSH');
      expect(await connection.runByDigest(script, 'key', ['d'])).toBe('d');
      expect(await connection.runByDigest(script, 'key', ['e'])).toBe('e');
      expect(await texts()).toBe(2);
    });

    test('is sent as text if the user of Redis may not name it by its digest', async () => {
      await redis.call('ACL', 'SETUSER', 'narrow', 'on', '>invented', '~*', '+eval', '+set', '+info');
      const connection = open(server.url.replace('redis://', 'redis://narrow:invented@'));
      for (const value of ['a', 'b'])
        expect(await connection.runByDigest(script, 'key', [value])).toBe(value);
      expect(await redis.get('key')).toBe('b');
    });

    test('runs in the order of the calls, although Redis knows one and not the other', async () => {
      const connection = open();
      const first = `redis.call('SET', KEYS[1], 'first')`;
      const second = `redis.call('SET', KEYS[1], 'second')`;
      await connection.run(second, 'key', []);
      await redis.script('FLUSH');
      await redis.eval(second, 1, 'key');
      await Promise.all([connection.run(first, 'key', []), connection.run(second, 'key', [])]);
      expect(await redis.get('key')).toBe('second');
    });
  });

  describeStore('Redis', () => ({
    store: replica({ clock }),
    pass: (ms) => {
      now += ms;
    },
    close: async () => {},
  }));

  describe('I9: an outcome that another client wrote', () => {
    const poisons: [string, (genuine: string) => string | null][] = [
      ['no JSON', () => 'abc'],
      ['null', () => 'null'],
      ['nothing', () => ''],
      ['missing', () => null],
      ['an outcome without a signature', () => '{"id":"999"}'],
      ['an outcome under the signature of another', (genuine) => genuine.replace('"1"', '"999"')],
      ['bytes', () => '\u0000\uFFFD'.repeat(100)],
    ];
    const poisoned = async (change: (genuine: string) => string | null, field = 'outcome') => {
      const store = replica();
      const practice = openKeyedPractice();
      expect(await practice.write(store)).toBe('1');
      const [name = ''] = await redis.keys('*');
      const value = change((await redis.hget(name, field)) ?? '');
      if (value === null) await redis.hdel(name, field);
      else await redis.hset(name, field, value);
      return { store, practice };
    };

    test.each(poisons)('is never believed, and the write is not sent again: %s', async (_, change) => {
      const { store, practice } = await poisoned(change);
      await expect(practice.write(store)).rejects.toThrow(OutcomeUnknown);
      practice.found('1');
      expect(await practice.write(store)).toBe('1');
      expect(practice.made()).toBe(1);
      expect(lines.join('')).toContain('not written by a replica with this subscription key');
    });

    test('nor is one of another key, or of replicas of another subscription', async () => {
      const [one, other] = [replica(), replica({ subscriptionKey: 'another-key' })];
      const practice = openKeyedPractice();
      expect(await practice.write(one, 'key')).toBe('1');
      await expect(practice.write(other, 'key')).rejects.toThrow(OutcomeUnknown);
      const [name = ''] = await redis.keys('*');
      const genuine = (await redis.hget(name, 'outcome')) ?? '';
      expect(await practice.write(one, 'second')).toBe('2');
      const second = (await redis.keys('*')).find((each) => each !== name) ?? '';
      await redis.hset(second, 'outcome', genuine);
      await expect(practice.write(one, 'second')).rejects.toThrow(OutcomeUnknown);
      expect(practice.made()).toBe(2);
    });

    test.each(['leaseEnds', 'since', 'input'])(
      'whatever else is spoiled (%s), an error is typed or the outcome is right, and nothing is written twice',
      async (field) => {
        for (const value of ['null', '', '{', '-1', '99999999999999999999', null]) {
          await redis.flushall();
          const { store, practice } = await poisoned(() => value, field);
          practice.found('1');
          const answer = await practice.write(store).catch((error: unknown) => error);
          if (answer !== '1') expect(answer).toBeInstanceOf(HaloError);
        }
      },
    );

    test('a key of another type is typed too', async () => {
      const { store, practice } = await poisoned((genuine) => genuine);
      const [name = ''] = await redis.keys('*');
      await redis.del(name);
      await redis.set(name, 'null');
      await expect(practice.write(store)).rejects.toBeInstanceOf(HaloError);
      expect(practice.made()).toBe(1);
    });
  });

  describe('two replicas', () => {
    test('200 claims of one key, spread over both: one has it', async () => {
      const replicas = [replica(), replica()] as const;
      const claims = await Promise.all(
        Array.from({ length: 200 }, (_, index) => replicas[index % 2 === 0 ? 0 : 1].claim('a', 'input')),
      );
      expect(claims.filter(({ state }) => state === 'mine')).toHaveLength(1);
      expect(claims.filter(({ state }) => state === 'running')).toHaveLength(199);
    });

    test('200 writes under one key: made once, one outcome, and all learn it', async () => {
      const replicas = [replica(), replica()] as const;
      const { write, made } = openKeyedPractice();
      const all = await Promise.all(
        Array.from({ length: 200 }, (_, index) => write(replicas[index % 2 === 0 ? 0 : 1])),
      );
      expect(new Set(all)).toEqual(new Set(['1']));
      expect(made()).toBe(1);
    });

    test('a failure that wrote nothing costs one attempt a replica, however many wait', async () => {
      let claims = 0;
      const counted = (store: IdempotencyStore): IdempotencyStore => ({
        ...store,
        claim: (...claim) =>
          store.claim(...claim).finally(() => {
            claims += 1;
          }),
      });
      const replicas = [counted(replica()), counted(replica())] as const;
      const { write, made, meanwhile, fail } = openKeyedPractice();
      // All wait: at first those of both replicas, then those of the other one again.
      meanwhile(() => vi.waitFor(() => expect(claims).toBe(made() === 1 ? 100 : 150)));
      fail(() => new RateLimited(1));
      const all = await Promise.allSettled(
        Array.from({ length: 100 }, (_, index) => write(replicas[index % 2 === 0 ? 0 : 1])),
      );
      expect(all.every((each) => each.status === 'rejected' && each.reason.code === 'RATE_LIMITED')).toBe(
        true,
      );
      expect(made()).toBe(2);
    });

    test('a write without a response is not sent again by the other replica, which looks for it', async () => {
      const [one, other] = [replica(), replica()];
      const { write, made, found, fail } = openKeyedPractice();
      fail(() => new NoAnswer(Date.now(), 'cut'));
      const both = await Promise.allSettled([write(one), write(other)]);
      expect(both.map((each) => each.status === 'rejected' && each.reason.code)).toEqual(
        Array(2).fill('OUTCOME_UNKNOWN'),
      );
      found('9');
      expect(await write(other)).toBe('9');
      expect(await write(one)).toBe('9');
      expect(made()).toBe(1);
    });

    test('another input is refused by the other replica too', async () => {
      const [one, other] = [replica(), replica()];
      await one.claim('a', 'input');
      expect(await other.claim('a', 'changed')).toEqual({ state: 'other-input' });
    });

    test('their own clocks do not matter: the age of what is unknown is what travels', async () => {
      const [one, other] = [replica(), replica()];
      await one.claim('a', 'input');
      await one.leaveUnknown('a', Date.now() - 600_000, new OutcomeUnknown('a'));
      const claim = await other.claim('a', 'input');
      const { unknownSince } = claim as { unknownSince: number };
      expect(Math.abs(Date.now() - 600_000 - unknownSince)).toBeLessThan(60_000);
    });
  });

  describe('a holder that died', () => {
    test('leaves the key to its lease; then it is unknown since the last moment at which it can have sent', async () => {
      const [dead, next] = [replica({ clock }), replica({ clock })];
      await dead.claim('a', 'input');
      now += leaseMs - 1;
      expect((await next.claim('a', 'input')).state).toBe('running');
      now += 1;
      expect((await next.claim('a', 'changed')).state).toBe('other-input');
      now += 500;
      expect(await next.claim('a', 'input')).toEqual({ state: 'mine', unknownSince: 1_000 + leaseMs });
      expect((await next.claim('a', 'input')).state).toBe('running');
    });

    test('those who wait at another replica go on when the lease is over', async () => {
      const [dead, next] = [replica({ clock }), replica({ clock })];
      await dead.claim('a', 'input');
      const waiting = await next.claim('a', 'input');
      now += leaseMs;
      expect(waiting.state === 'running' && (await waiting.over)).toBeNull();
    });

    test('which lived on, after all, changes nothing of what the next one claimed', async () => {
      const [late, next, third] = [replica({ clock }), replica({ clock }), replica({ clock })];
      await late.claim('a', 'input');
      now += leaseMs;
      await next.claim('a', 'input');
      await late.settle('a', { id: 'late' });
      expect((await third.claim('a', 'input')).state).toBe('running');
      await next.settle('a', { id: 'next' });
      expect(await late.claim('a', 'input')).toEqual({ state: 'settled', outcome: { id: 'next' } });
      expect(lines.join()).toContain('before its holder had finished');
    });

    test('which lived on while the key was unclaimed, still records the outcome', async () => {
      const [late, next] = [replica({ clock }), replica({ clock })];
      await late.claim('a', 'input');
      now += leaseMs;
      await late.settle('a', { id: '7' });
      expect(await next.claim('a', 'input')).toEqual({ state: 'settled', outcome: { id: '7' } });
    });
  });

  describe('what stands in Redis', () => {
    test('is nothing that callers chose, and goes by itself', async () => {
      const store = replica();
      const key = JSON.stringify([
        'Caller-Name',
        'BestPractice',
        'Site-1001',
        'bookAppointment',
        'Chosen-Key',
      ]);
      await store.claim(key, 'Hash-Of-Input');
      await store.settle(key, { id: '7' });
      const [name = '', ...others] = await redis.keys('*');
      expect(others).toEqual([]);
      expect(name).toMatch(/^halo-graph:idempotency:[\w-]{43}$/);
      const all = name + JSON.stringify(await redis.hgetall(name));
      // Not the digits alone: those of a time can hold any four.
      for (const word of ['Caller', 'Site-1001', 'BestPractice', 'Chosen', 'Hash-Of-Input']) {
        expect(all).not.toContain(word);
      }
      const ttl = await redis.pttl(name);
      expect(ttl).toBeGreaterThan(23.9 * 3_600_000);
      expect(ttl).toBeLessThanOrEqual(24 * 3_600_000);
    });

    test('is kept from the first use on, not from the last', async () => {
      const store = replica({ clock });
      await store.claim('a', 'input');
      await store.leaveUnknown('a', now, new OutcomeUnknown('a'));
      now += 20 * 3_600_000;
      await store.claim('a', 'input');
      await store.settle('a', { id: '7' });
      now += 4 * 3_600_000;
      expect(await store.claim('a', 'changed')).toEqual(mine);
    });
  });
});

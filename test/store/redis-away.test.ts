/** What becomes of writes when Redis goes away, hangs, refuses or comes back. Each test has a Redis of its own. */
import { Redis } from 'ioredis';
import { describe, expect, test, vi } from 'vitest';
import { OutcomeUnknown, type UpstreamFailed } from '../../src/errors.ts';
import { createLog } from '../../src/log.ts';
import { createRedisStore } from '../../src/store/redis.ts';
import { connectRedis, type RedisConnection } from '../../src/store/redis-connection.ts';
import { mine } from './contract.ts';
import { openKeyedPractice } from './keyed-practice.ts';
import { type RedisServer, redisIsMissing, startRedis, untilConnected } from './redis-server.ts';

const refusal = {
  code: 'UPSTREAM_FAILED',
  retryable: true,
  message: expect.stringContaining('Nothing was changed'),
};

interface Bench {
  readonly server: RedisServer;
  /** A store of its own, as each replica has one, when it is connected. */
  replica(): Promise<ReturnType<typeof createRedisStore>>;
  /** The same, connected or not. */
  openReplica(url: string): ReturnType<typeof createRedisStore>;
  /** What was logged since the last replica was connected. */
  log(): string;
}

async function withRedis(use: (bench: Bench) => Promise<void>, ...options: readonly string[]): Promise<void> {
  const server = await startRedis(...options);
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => lines.push(line) });
  const opened: { close(): Promise<void> }[] = [];
  const open = (connection: RedisConnection) => {
    const store = createRedisStore({ redis: connection, log, leaseMs: 45_000, ...realm });
    opened.push({
      close() {
        store.close();
        return connection.close();
      },
    });
    return store;
  };
  try {
    await use({
      server,
      log: () => lines.join(''),
      openReplica: (url) => open(connectRedis(url, log)),
      async replica() {
        const store = open(await untilConnected(connectRedis(server.url, log)));
        lines.length = 0;
        return store;
      },
    });
  } finally {
    await Promise.all(opened.map((each) => each.close()));
    await server.kill();
  }
}

const times = (text: string, words: string): number => text.split(words).length - 1;

const missing = redisIsMissing('test/store/redis-away.test.ts');

const realm = { subscriptionKey: 'synthetic-subscription-key', baseUrl: 'https://halo.example' };

describe.skipIf(missing)('while Redis is away', { concurrent: true }, () => {
  test('nothing is written, and the log says so once; when it is back, all goes on by itself', () =>
    withRedis(async ({ server, replica, log }) => {
      const store = await replica();
      const { write, made } = openKeyedPractice();
      expect(await write(store)).toBe('1');
      await server.kill();
      const during = await Promise.allSettled(Array.from({ length: 20 }, () => write(store, 'b')));
      for (const each of during) expect(each).toMatchObject({ status: 'rejected', reason: refusal });
      expect(made()).toBe(1);
      await server.start();
      await vi.waitFor(async () => expect(await write(store, 'b')).toBe('2'));
      expect(times(log(), 'Redis is away')).toBe(1);
      expect(times(log(), 'Redis is back')).toBe(1);
    }));

  test('a replica starts, and works once Redis is there', () =>
    withRedis(async ({ server, openReplica }) => {
      await server.kill();
      const store = openReplica(server.url);
      await expect(store.claim('a', 'input')).rejects.toMatchObject(refusal);
      await server.start();
      await vi.waitFor(async () => expect(await store.claim('a', 'input')).toEqual(mine));
    }));

  test('a write that was made stays made: its outcome is returned when Redis is back', () =>
    withRedis(async ({ server, replica, log }) => {
      const [one, other] = [await replica(), await replica()];
      const { write, meanwhile, made } = openKeyedPractice();
      meanwhile(() => server.kill());
      expect(await write(one)).toBe('1');
      expect(log()).toContain('The outcome of a write could not be sent to Redis');
      await server.start();
      await vi.waitFor(async () => expect(await one.claim('none', 'input')).toEqual(mine));
      expect(await write(other)).toBe('1');
      expect(made()).toBe(1);
    }));

  test('a Redis that keeps the line and says nothing is away too, and leaves no claim behind', () =>
    withRedis(async ({ server, replica }) => {
      const [store, other] = [await replica(), await replica()];
      await store.claim('warm', 'input');
      await other.claim('warm', 'input');
      server.freeze();
      await expect(store.claim('a', 'input')).rejects.toMatchObject(refusal);
      // Its claim is still in the socket; the response then says that Redis does not know the claim.
      server.thaw();
      await vi.waitFor(async () => expect(await store.claim('a', 'input')).toEqual(mine));
      await store.settle('a', { id: '7' });
      expect((await other.claim('a', 'input')).state).toBe('settled');
    }));

  test('a claim that no caller received leaves an unknown outcome unknown', () =>
    withRedis(async ({ server, replica }) => {
      const store = await replica();
      await store.claim('a', 'input');
      await store.leaveUnknown('a', Date.now() - 60_000, new OutcomeUnknown('a'));
      server.freeze();
      await expect(store.claim('a', 'input')).rejects.toMatchObject(refusal);
      server.thaw();
      const claim = () => store.claim('a', 'input').catch(() => null);
      await expect.poll(claim).toEqual({ state: 'mine', unknownSince: expect.any(Number) });
    }));

  test('those who wait for another replica wait on', () =>
    withRedis(async ({ server, replica }) => {
      const [one, other] = [await replica(), await replica()];
      await one.claim('a', 'input');
      const waiting = await other.claim('a', 'input');
      if (waiting.state !== 'running') throw new Error(waiting.state);
      let over = false;
      void waiting.over.then(() => {
        over = true;
      });
      server.freeze();
      await expect(other.claim('b', 'input')).rejects.toMatchObject(refusal);
      expect(over).toBe(false);
      server.thaw();
      await one.settle('a', { id: '7' });
      expect(await waiting.over).toBeNull();
    }));

  test('a Redis that is full takes idempotency keys and outcomes all the same, and the log names it', () =>
    withRedis(async ({ server, replica, log }) => {
      const [one, other] = [await replica(), await replica()];
      const { write, made } = openKeyedPractice();
      const redis = new Redis(server.url);
      await redis.config('SET', 'maxmemory', '1');
      await expect(redis.hset('synthetic', 'a', '1')).rejects.toThrow(/OOM/);
      expect(await write(one)).toBe('1');
      expect(await write(other)).toBe('1');
      await one.claim('b', 'input');
      await one.leaveUnknown('b', Date.now() - 60_000, new OutcomeUnknown('b'));
      expect(await other.claim('b', 'input')).toEqual({ state: 'mine', unknownSince: expect.any(Number) });
      expect(made()).toBe(1);
      expect(log()).toBe('');
      const connection = connectRedis(server.url, createLog('debug', { write: (line) => lines.push(line) }));
      const lines: string[] = [];
      expect(connection.isFull()).toBe(false);
      const grow = () => connection.run("return redis.call('HSET', KEYS[1], 'a', '1')", 'halo-graph:x', []);
      for (let count = 0; count < 3; count += 1) {
        await expect(grow()).rejects.toMatchObject({ name: 'RedisAway', message: 'OOM' });
      }
      expect(times(lines.join(''), 'Redis is full')).toBe(1);
      expect(connection.isFull()).toBe(true);
      await redis.config('SET', 'maxmemory', '0');
      expect(await grow()).toBe(1);
      redis.disconnect();
      await connection.close();
    }));

  test('a refused password is never logged', () =>
    withRedis(
      async ({ server, openReplica, log }) => {
        const withPassword = (word: string) => server.url.replace('//', `//:${word}-password@`);
        const wrong = openReplica(withPassword('wrong'));
        // On a busy machine Redis refuses the password after the first claim has stopped waiting.
        const failure = await vi.waitFor(async () => {
          const thrown = await wrong.claim('a', 'input').catch((error: unknown) => error as UpstreamFailed);
          expect(thrown).toMatchObject({ ...refusal, detail: expect.stringContaining('WRONGPASS') });
          return thrown;
        });
        expect(log()).toContain('WRONGPASS');
        expect(log() + JSON.stringify(failure)).not.toContain('-password');
        const right = openReplica(withPassword('right'));
        await vi.waitFor(async () => expect(await right.claim('a', 'input')).toEqual(mine));
      },
      '--requirepass',
      'right-password',
    ));
});

/** Connections to Redis that stay open although nothing answers on them any more. */
import { Redis } from 'ioredis';
import { describe, expect, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { connectRedis } from '../../src/store/redis-connection.ts';
import { subscribeTo } from '../../src/store/redis-subscription.ts';
import { type FakeCluster, startFakeCluster } from './fake-cluster.ts';

const log = createLog('silent', { write: () => {} });
const soon = { timeout: 30_000 };

describe('a connection on which nothing answers is replaced', { timeout: 60_000, concurrent: true }, () => {
  test.each(['redis', 'redis+cluster'])('commands work again: %s', async (scheme) => {
    const server = await startFakeCluster();
    const redis = connectRedis(`${scheme}://127.0.0.1:${server.port}`, log);
    const works = async () => expect(await redis.run('return 1', 'any key', [])).toBe(1);
    try {
      await vi.waitFor(works, soon);
      server.silenceOpenConnections();
      await expect(works()).rejects.toThrow('no answer');
      await vi.waitFor(works, soon);
    } finally {
      await redis.close();
      await server.close();
    }
  });
});

describe('a subscription goes on', { timeout: 60_000, concurrent: true }, () => {
  /** Subscribes, lets something happen, and waits until messages arrive again. */
  async function goesOn(happens: (server: FakeCluster) => void, open = (port: number) => openClient(port)) {
    const server = await startFakeCluster();
    const received: (string | null)[] = [];
    const end = subscribeTo(
      'books',
      () => open(server.port),
      (message) => received.push(message),
    );
    const arrive = async (text: string) => {
      server.publish('books', text);
      await vi.waitFor(() => expect(received).toContain(text), { timeout: 100 });
    };
    try {
      await vi.waitFor(() => arrive('first'), soon);
      happens(server);
      await vi.waitFor(() => arrive('second'), soon);
      // Messages may have been lost.
      expect(received).toContain(null);
    } finally {
      end();
      await server.close();
    }
  }
  const openClient = (port: number) =>
    new Redis(port, { commandTimeout: 200, retryStrategy: () => null, disconnectTimeout: 100 });

  test('after its connection has gone silent', () => goesOn((server) => server.silenceOpenConnections()));

  test('after SUBSCRIBE got no answer', () =>
    goesOn((server) => {
      server.silenceOpenConnections();
      server.silent = true;
      setTimeout(() => {
        server.silent = false;
      }, 3_000);
    }));

  test('after a connection could not be created', () => {
    let attempts = 0;
    return goesOn(
      (server) => server.silenceOpenConnections(),
      (port) => {
        attempts += 1;
        if (attempts === 2) throw new Error('too many open files');
        return openClient(port);
      },
    );
  });
});

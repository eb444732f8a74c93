/** A failover that Sentinel announces at an unfortunate moment. */
import { expect, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { connectRedis } from '../../src/store/redis-connection.ts';
import { startFakeSentinel } from './fake-sentinel.ts';
import { redisIsMissing, startRedis } from './redis-server.ts';

test.skipIf(redisIsMissing('test/store/redis-sentinel.test.ts'))(
  'a failover announced while the client requests the address of the primary does not end the connection for ever',
  async () => {
    const server = await startRedis();
    const sentinel = await startFakeSentinel(server.port);
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => lines.push(line) });
    const redis = connectRedis(`redis+sentinel://127.0.0.1:${sentinel.port}/halo`, log);
    const works = async () => expect(await redis.run('return 1', 'any key', [])).toBe(1);
    try {
      await vi.waitFor(works, { timeout: 15_000 });
      await expect.poll(sentinel.subscribed).toBe(1);
      const requested = sentinel.hold();
      await server.kill();
      await requested;
      await sentinel.announceFailover();
      await server.start();
      sentinel.answer();
      await vi.waitFor(works, { timeout: 15_000 });
      expect(lines.join('')).toContain('Redis is back');
    } finally {
      await redis.close();
      await sentinel.close();
      await server.kill();
    }
  },
  60_000,
);

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connectRedis } from '../../src/store/redis-connection.ts';
import { createRedisReplicas } from '../../src/store/redis-replicas.ts';
import { createSubscriptionKeys } from '../../src/subscription-keys.ts';
import { patientMs, redisIsMissing, startRedis } from './redis-server.ts';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

it.skipIf(redisIsMissing('test/store/redis-replicas.test.ts'))(
  'a book stays watched while the keys change, before its replica has joined again',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'));
    const file = join(folder, 'keys');
    writeFileSync(file, 'synthetic-first\nsynthetic-second\n');
    const keys = createSubscriptionKeys({ keys: [], file });
    const server = await startRedis();
    const redis = connectRedis(server.url, log, patientMs);
    const replica = (deployment: string, subscriptionKey: typeof keys | string) =>
      createRedisReplicas({ redis, log, baseUrl: 'http://halo.test', deployment, subscriptionKey });
    try {
      const late = replica('test', 'synthetic-first');
      const early = replica('test', keys);
      await early.join('own book', 60_000);
      await late.join('book of the other', 60_000);

      writeFileSync(file, 'synthetic-third\nsynthetic-second\n');
      await keys.refused(['synthetic-first']);
      expect(keys.configured()).toEqual(['synthetic-third', 'synthetic-second']);

      expect(await early.isWatched('own book')).toBe(true);
      expect(await early.isWatched('book of the other')).toBe(true);
      expect(await early.isWatched('another')).toBe(false);
      expect(await replica('other', keys).isWatched('own book')).toBe(false);
      expect(await replica('test', 'synthetic-other').isWatched('own book')).toBe(false);
    } finally {
      keys.close();
      await redis.close();
      await server.kill();
      rmSync(folder, { recursive: true });
    }
  },
);

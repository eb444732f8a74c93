import { describe, expect, test } from 'vitest';
import { createMemoryBuckets } from '../../src/limits/memory-buckets.ts';
import { createRateLimit } from '../../src/limits/rate-limit.ts';

const allowed = { allowed: true };

describe('in memory', () => {
  const open = (bucket: { perMinute: number; burst: number }, most?: number) => {
    let now = 0;
    const store = createMemoryBuckets({ clock: () => now, ...(most && { most }) });
    const { take } = createRateLimit({ ...bucket, store });
    return { take, pass: (ms: number) => (now += ms) };
  };

  test('a caller asks as often as the bucket holds, and is told when there is more', async () => {
    const { take, pass } = open({ perMinute: 30, burst: 3 });
    for (let time = 1; time <= 3; time += 1) expect(await take('a')).toEqual(allowed);
    expect(await take('a')).toEqual({ allowed: false, retryAfterSeconds: 2 });
    pass(1_500);
    expect(await take('a')).toEqual({ allowed: false, retryAfterSeconds: 1 });
    pass(500);
    expect(await take('a')).toEqual(allowed);
    expect(await take('a')).toMatchObject({ allowed: false });
  });

  test('who is refused loses nothing by asking again', async () => {
    const { take, pass } = open({ perMinute: 60, burst: 1 });
    await take('a');
    for (let time = 1; time <= 100; time += 1) expect(await take('a')).toMatchObject({ allowed: false });
    pass(1_000);
    expect(await take('a')).toEqual(allowed);
  });

  test('it never holds more than the burst, however long nobody asked', async () => {
    const { take, pass } = open({ perMinute: 60, burst: 2 });
    pass(1e9);
    expect([await take('a'), await take('a')]).toEqual([allowed, allowed]);
    expect(await take('a')).toMatchObject({ allowed: false });
  });

  test('callers do not share', async () => {
    const { take } = open({ perMinute: 60, burst: 1 });
    expect([await take('a'), await take('b')]).toEqual([allowed, allowed]);
  });

  test('names are forgotten before there are too many, those that asked last not', async () => {
    const { take } = open({ perMinute: 1, burst: 1 }, 2);
    await take('a');
    await take('b');
    await take('a');
    await take('c');
    expect(await take('a')).toMatchObject({ allowed: false });
    expect(await take('b')).toEqual(allowed);
  });
});

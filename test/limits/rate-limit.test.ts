import { describe, expect, test } from 'vitest';
import { createMemoryBuckets } from '../../src/limits/memory-buckets.ts';
import { createRateLimit } from '../../src/limits/rate-limit.ts';

const allowed = { allowed: true };

describe('in memory', () => {
  const open = (bucket: { perMinute: number; burst: number }, maxBuckets?: number) => {
    let now = 0;
    const store = createMemoryBuckets({ clock: () => now, ...(maxBuckets && { maxBuckets }) });
    const { take } = createRateLimit({ ...bucket, store });
    return { take, pass: (ms: number) => (now += ms) };
  };

  test('a caller may send as many requests as the bucket holds, and learns when there is another token', async () => {
    const { take, pass } = open({ perMinute: 30, burst: 3 });
    for (let time = 1; time <= 3; time += 1) expect(await take('a')).toEqual(allowed);
    expect(await take('a')).toEqual({ allowed: false, retryAfterSeconds: 2 });
    pass(1_500);
    expect(await take('a')).toEqual({ allowed: false, retryAfterSeconds: 1 });
    pass(500);
    expect(await take('a')).toEqual(allowed);
    expect(await take('a')).toMatchObject({ allowed: false });
  });

  test('a refused request takes no token', async () => {
    const { take, pass } = open({ perMinute: 60, burst: 1 });
    await take('a');
    for (let time = 1; time <= 100; time += 1) expect(await take('a')).toMatchObject({ allowed: false });
    pass(1_000);
    expect(await take('a')).toEqual(allowed);
  });

  test('a bucket never holds more than the burst', async () => {
    const { take, pass } = open({ perMinute: 60, burst: 2 });
    pass(1e9);
    expect([await take('a'), await take('a')]).toEqual([allowed, allowed]);
    expect(await take('a')).toMatchObject({ allowed: false });
  });

  test('callers have separate buckets', async () => {
    const { take } = open({ perMinute: 60, burst: 1 });
    expect([await take('a'), await take('b')]).toEqual([allowed, allowed]);
  });

  test('the bucket that was not used for longest is dropped when there are too many', async () => {
    const { take } = open({ perMinute: 1, burst: 1 }, 2);
    await take('a');
    await take('b');
    await take('a');
    await take('c');
    expect(await take('a')).toMatchObject({ allowed: false });
    expect(await take('b')).toEqual(allowed);
  });
});

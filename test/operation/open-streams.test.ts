import { afterEach, expect, it, vi } from 'vitest';
import { OpenStreams } from '../../src/operation/open-streams.ts';
import type { ResultStream } from '../../src/operation/result-stream.ts';

afterEach(() => void vi.useRealTimers());

it('a drain ends the streams one after the other, spread over its time, each with its own time to come back', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  const streams = new OpenStreams({ perCaller: 100, perProcess: 100 });
  const ended: { readonly atMs: number; readonly retryAfterSeconds: unknown }[] = [];
  for (let count = 0; count < 40; count += 1) {
    const end: ResultStream['end'] = (last) => {
      const { code, retryAfterSeconds } = last?.errors?.[0]?.extensions ?? {};
      expect(code).toBe('SERVER_STOPPING');
      ended.push({ atMs: performance.now(), retryAfterSeconds });
    };
    streams.add({ end } as ResultStream);
  }
  const begunAt = performance.now();
  const drained = streams.drain(2_000);
  await vi.advanceTimersByTimeAsync(2_000);
  await drained;
  const after = ended.map(({ atMs }) => Math.round(atMs - begunAt));
  expect(after).toHaveLength(40);
  // At most two end in the same twentieth of a second.
  for (let from = 0; from < 2_000; from += 50) {
    expect(after.filter((ms) => ms >= from && ms < from + 50).length).toBeLessThanOrEqual(2);
  }
  expect(Math.max(...after)).toBeGreaterThan(1_900);
  expect(new Set(ended.map((each) => each.retryAfterSeconds)).size).toBeGreaterThan(1);
});

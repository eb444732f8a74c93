import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { fakeHalo } from './resolvers/fake-halo.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const hanging = { appointments: () => new Promise<never>(() => {}) };
const book = {
  query:
    '{ practice(bpSiteId: "1001") { ... on Practice { appointments(from: "2026-11-23") { __typename } } } }',
};

/** Node 20 forgets AbortSignal.timeout() below AbortSignal.any() when it collects garbage: nothing would end the wait. */
test('the deadline comes, also when garbage was collected in between', async () => {
  const { request, opened } = fakeHalo({
    practices: { '1001': { data: hanging } },
    server: { deadlineMs: 100 },
  });
  void request(book);
  await vi.waitUntil(() => opened.length > 0);
  const signal = opened[0]?.signal as AbortSignal;
  const ended = new Promise((resolve) => {
    // On a busy machine the deadline has come already.
    if (signal.aborted) resolve(signal.reason.name);
    signal.addEventListener('abort', () => resolve(signal.reason.name));
  });
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  expect(await ended).toBe('TimeoutError');
}, 20_000);

test('after the response no timer is left', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { request, opened } = fakeHalo({ server: { deadlineMs: 60 } });
    await request({ query: '{ viewer { name } }' });
    vi.advanceTimersByTime(120);
    expect(opened[0]?.signal.aborted).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

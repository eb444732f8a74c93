import { describe, expect, test } from 'vitest';
import { OutcomeUnknown, RateLimited } from '../../src/errors.ts';
import { keptMs } from '../../src/store/idempotency.ts';
import { createMemoryStore } from '../../src/store/memory.ts';

function opened(most?: number) {
  let now = 1_000;
  const store = createMemoryStore({ clock: () => now, ...(most === undefined ? {} : { most }) });
  return {
    store,
    pass: (ms: number) => {
      now += ms;
    },
  };
}
const mine = { state: 'mine', unknownSince: null };

describe('idempotency keys in memory', () => {
  test('the first to claim a key has it; others wait, and then read what came of it', async () => {
    const { store } = opened();
    expect(await store.claim('a', 'input')).toEqual(mine);
    const second = await store.claim('a', 'input');
    if (second.state !== 'running') throw new Error(second.state);
    await store.settle('a', { id: '7' });
    expect(await second.over).toBeNull();
    expect(await store.claim('a', 'input')).toEqual({ state: 'settled', outcome: { id: '7' } });
  });

  test('another input is told, whatever became of the first', async () => {
    const { store } = opened();
    await store.claim('a', 'input');
    expect(await store.claim('a', 'other')).toEqual({ state: 'other-input' });
    await store.settle('a', { refused: 'SLOT_TAKEN' });
    expect(await store.claim('a', 'other')).toEqual({ state: 'other-input' });
    expect(await store.claim('b', 'other')).toEqual(mine);
  });

  test('a released key is free for any input, and those who wait learn why', async () => {
    const { store } = opened();
    await store.claim('a', 'input');
    const waiting = await store.claim('a', 'input');
    const failure = new RateLimited(3);
    await store.release('a', failure);
    expect(waiting.state === 'running' && (await waiting.over)).toBe(failure);
    expect(await store.claim('a', 'other')).toEqual(mine);
  });

  test('an unknown outcome goes to one claimant at a time, who learns since when', async () => {
    const { store } = opened();
    await store.claim('a', 'input');
    await store.leaveUnknown('a', 900, new OutcomeUnknown('a'));
    expect(await store.claim('a', 'input')).toEqual({ state: 'mine', unknownSince: 900 });
    expect((await store.claim('a', 'input')).state).toBe('running');
    expect((await store.claim('a', 'other')).state).toBe('other-input');
  });

  test('a key is kept for 24 hours from its first use', async () => {
    const { store, pass } = opened();
    await store.claim('a', 'input');
    await store.settle('a', { id: '7' });
    pass(keptMs - 1);
    expect((await store.claim('a', 'input')).state).toBe('settled');
    pass(1);
    expect(await store.claim('a', 'other')).toEqual(mine);
  });

  test('the oldest are forgotten when there are too many, never one in use', async () => {
    const { store } = opened(3);
    await store.claim('in use', 'input');
    for (const key of ['b', 'c', 'd', 'e']) {
      await store.claim(key, 'input');
      await store.settle(key, { id: key });
    }
    expect((await store.claim('in use', 'input')).state).toBe('running');
    expect((await store.claim('e', 'input')).state).toBe('settled');
    expect(await store.claim('b', 'input')).toEqual(mine);
  });

  test('what ends a key that nobody holds changes nothing', async () => {
    const { store } = opened();
    await store.claim('a', 'input');
    await store.settle('a', { id: '7' });
    await store.release('a', null);
    await store.leaveUnknown('a', 1, new OutcomeUnknown('a'));
    expect((await store.claim('a', 'input')).state).toBe('settled');
  });
});

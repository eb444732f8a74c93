import { expect, test } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import { describeStore, mine } from './contract.ts';

describeStore('memory', () => {
  let now = 1_000;
  return {
    store: createMemoryStore({ clock: () => now }),
    pass: (ms) => {
      now += ms;
    },
    close: async () => {},
  };
});

test('the oldest are forgotten when there are too many, never one in use', async () => {
  const store = createMemoryStore({ maxKeys: 3 });
  await store.claim('in use', 'input');
  for (const key of ['b', 'c', 'd', 'e']) {
    await store.claim(key, 'input');
    await store.settle(key, { id: key });
  }
  expect((await store.claim('in use', 'input')).state).toBe('running');
  expect((await store.claim('e', 'input')).state).toBe('settled');
  expect(await store.claim('b', 'input')).toEqual(mine);
});

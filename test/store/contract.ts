/** What every store of idempotency keys does, wherever it keeps them. */
import { afterEach, describe, expect, test } from 'vitest';
import { OutcomeUnknown, RateLimited } from '../../src/errors.ts';
import { type IdempotencyStore, keptMs } from '../../src/store/idempotency.ts';

export interface OpenedStore {
  readonly store: IdempotencyStore;
  /** Moves its clock on, which begins at 1000. */
  pass(ms: number): void;
  close(): Promise<void>;
}

export const mine = { state: 'mine', unknownSince: null };

export function describeStore(where: string, open: () => OpenedStore): void {
  describe(`idempotency keys in ${where}`, () => {
    let opened: OpenedStore | undefined;
    const openOne = (): OpenedStore => {
      opened = open();
      return opened;
    };
    afterEach(() => opened?.close());

    test('the first claim gets the key; others wait, and then read the outcome', async () => {
      const { store } = openOne();
      expect(await store.claim('a', 'input')).toEqual(mine);
      const second = await store.claim('a', 'input');
      if (second.state !== 'running') throw new Error(second.state);
      await store.settle('a', { id: '7' });
      expect(await second.over).toBeNull();
      expect(await store.claim('a', 'input')).toEqual({ state: 'settled', outcome: { id: '7' } });
    });

    test('200 claims at once: one has it', async () => {
      const { store } = openOne();
      const claims = await Promise.all(Array.from({ length: 200 }, () => store.claim('a', 'input')));
      expect(claims.filter(({ state }) => state === 'mine')).toHaveLength(1);
      expect(claims.filter(({ state }) => state === 'running')).toHaveLength(199);
    });

    test('another input is refused, whatever the outcome of the first', async () => {
      const { store } = openOne();
      await store.claim('a', 'input');
      expect(await store.claim('a', 'other')).toEqual({ state: 'other-input' });
      await store.settle('a', { refused: 'SLOT_TAKEN' });
      expect(await store.claim('a', 'other')).toEqual({ state: 'other-input' });
      expect(await store.claim('a', 'input')).toEqual({
        state: 'settled',
        outcome: { refused: 'SLOT_TAKEN' },
      });
      expect(await store.claim('b', 'other')).toEqual(mine);
    });

    test('a released key is free for any input, and waiting claims get the reason', async () => {
      const { store } = openOne();
      await store.claim('a', 'input');
      const waiting = await store.claim('a', 'input');
      const failure = new RateLimited(3);
      await store.release('a', failure);
      expect(waiting.state === 'running' && (await waiting.over)).toBe(failure);
      expect(await store.claim('a', 'other')).toEqual(mine);
    });

    test('an unknown outcome goes to one claimant at a time, with its time', async () => {
      const { store, pass } = openOne();
      await store.claim('a', 'input');
      await store.leaveUnknown('a', 900, new OutcomeUnknown('a'));
      pass(5_000);
      expect(await store.claim('a', 'input')).toEqual({ state: 'mine', unknownSince: 900 });
      expect((await store.claim('a', 'input')).state).toBe('running');
      expect((await store.claim('a', 'other')).state).toBe('other-input');
    });

    test('an unknown outcome that became known is settled, or frees the key', async () => {
      const { store } = openOne();
      for (const key of ['found', 'refused']) {
        await store.claim(key, 'input');
        await store.leaveUnknown(key, 900, new OutcomeUnknown(key));
        await store.claim(key, 'input');
      }
      await store.settle('found', { id: '7' });
      expect(await store.claim('found', 'input')).toEqual({ state: 'settled', outcome: { id: '7' } });
      await store.release('refused', null);
      expect(await store.claim('refused', 'other')).toEqual(mine);
    });

    test('a key is kept for 24 hours from its first use', async () => {
      const { store, pass } = openOne();
      await store.claim('a', 'input');
      await store.settle('a', { id: '7' });
      pass(keptMs - 1);
      expect((await store.claim('a', 'input')).state).toBe('settled');
      pass(1);
      expect(await store.claim('a', 'other')).toEqual(mine);
    });

    test('ending a key without a claim changes nothing', async () => {
      const { store } = openOne();
      await store.settle('never claimed', { id: '7' });
      expect(await store.claim('never claimed', 'input')).toEqual(mine);
      await store.claim('a', 'input');
      await store.settle('a', { id: '7' });
      await store.release('a', null);
      await store.leaveUnknown('a', 1, new OutcomeUnknown('a'));
      expect((await store.claim('a', 'input')).state).toBe('settled');
    });
  });
}

/** A practice that is written to under an idempotency key, and counts its writes. */

import { type KeyedWrite, once } from '../../src/resolvers/writes/once.ts';
import type { IdempotencyStore } from '../../src/store/idempotency.ts';

/** A write takes a moment, so that others arrive meanwhile. Its id is the number of writes so far. */
export function openKeyedPractice() {
  let rows = 0;
  let found: string | null = null;
  let failure: (() => Error) | null = null;
  let meanwhile = async () => {};
  const write = (store: IdempotencyStore, idempotencyKey = 'key') => {
    const keyed: KeyedWrite = {
      store,
      scope: ['tester', '1001', 'book'],
      idempotencyKey,
      input: { start: 1 },
      signal: new AbortController().signal,
      now: Date.now,
      async make() {
        rows += 1;
        const id = String(rows);
        await new Promise((resolve) => setTimeout(resolve, 30));
        await meanwhile();
        if (failure) throw failure();
        return { id };
      },
      find: async () => (found === null ? null : { id: found }),
    };
    return once(keyed);
  };
  return {
    write,
    made: () => rows,
    found: (id: string) => {
      found = id;
    },
    fail: (how: () => Error) => {
      failure = how;
    },
    meanwhile: (does: () => Promise<void>) => {
      meanwhile = does;
    },
  };
}

import type { HaloError } from '../errors.ts';
import { type Claim, type IdempotencyStore, keptMs, type Outcome } from './idempotency.ts';

export interface MemoryStoreOptions {
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** Maximum number of keys. Above it the oldest expire early, except those in use. @default 100_000 */
  readonly maxKeys?: number;
}

type State =
  | { readonly is: 'running'; readonly over: Promise<HaloError | null>; end(failure: HaloError | null): void }
  | { readonly is: 'settled'; readonly outcome: Outcome }
  | { readonly is: 'unknown'; readonly since: number };

interface Entry {
  readonly inputHash: string;
  readonly expiresAt: number;
  state: State;
}

/** Idempotency keys in the memory of this process: for a single replica. They are lost when it ends. */
export function createMemoryStore(options: MemoryStoreOptions = {}): IdempotencyStore {
  const { clock = Date.now, maxKeys = 100_000 } = options;
  /** In the order of their first use, which is also the order of their expiry. */
  const entries = new Map<string, Entry>();

  function removeExpired(): void {
    const now = clock();
    for (const [key, { state, expiresAt }] of entries) {
      if (expiresAt > now && entries.size < maxKeys) return;
      if (state.is !== 'running') entries.delete(key);
    }
  }

  /** Ends the claim of a key and notifies requests that wait. */
  function end(key: string, next: State | null, failure: HaloError | null): void {
    const entry = entries.get(key);
    if (entry?.state.is !== 'running') return;
    const { end: notify } = entry.state;
    if (next) entry.state = next;
    else entries.delete(key);
    notify(failure);
  }

  return {
    async claim(key, inputHash): Promise<Claim> {
      removeExpired();
      const entry = entries.get(key);
      if (!entry) {
        entries.set(key, { inputHash, expiresAt: clock() + keptMs, state: running() });
        return { state: 'mine', unknownSince: null };
      }
      if (entry.inputHash !== inputHash) return { state: 'other-input' };
      const { state } = entry;
      if (state.is === 'running') return { state: 'running', over: state.over };
      if (state.is === 'settled') return { state: 'settled', outcome: state.outcome };
      entry.state = running();
      return { state: 'mine', unknownSince: state.since };
    },
    async settle(key, outcome) {
      end(key, { is: 'settled', outcome }, null);
    },
    async leaveUnknown(key, sentAt, failure) {
      end(key, { is: 'unknown', since: sentAt }, failure);
    },
    async release(key, failure) {
      end(key, null, failure);
    },
  };
}

function running(): State {
  let notify: (failure: HaloError | null) => void = () => {};
  const over = new Promise<HaloError | null>((resolve) => {
    notify = resolve;
  });
  return { is: 'running', over, end: (failure) => notify(failure) };
}

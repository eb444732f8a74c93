import type { HaloError } from '../errors.ts';
import { type Claim, type IdempotencyStore, keptMs, type Outcome } from './idempotency.ts';

export interface MemoryStoreOptions {
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** Keys kept at once; beyond that the oldest are forgotten before their time, never one in use. @default 100_000 */
  readonly most?: number;
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

/** Idempotency keys of this process alone: right for one replica, and gone when it ends. */
export function createMemoryStore(options: MemoryStoreOptions = {}): IdempotencyStore {
  const { clock = Date.now, most = 100_000 } = options;
  /** In the order of their first use, which is that of their expiry. */
  const entries = new Map<string, Entry>();

  function forgetOld(): void {
    const now = clock();
    for (const [key, { state, expiresAt }] of entries) {
      if (expiresAt > now && entries.size < most) return;
      if (state.is !== 'running') entries.delete(key);
    }
  }

  /** Ends what runs under the key, and tells those who wait. */
  function end(key: string, next: State | null, failure: HaloError | null): void {
    const entry = entries.get(key);
    if (entry?.state.is !== 'running') return;
    const { end: tell } = entry.state;
    if (next) entry.state = next;
    else entries.delete(key);
    tell(failure);
  }

  return {
    async claim(key, inputHash): Promise<Claim> {
      forgetOld();
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
  let tell: (failure: HaloError | null) => void = () => {};
  const over = new Promise<HaloError | null>((resolve) => {
    tell = resolve;
  });
  return { is: 'running', over, end: (failure) => tell(failure) };
}

import { LRUCache } from 'lru-cache';
import type { CallContext } from '../transport/upstream-call.ts';

// Rests on assumption H20.

/** Endpoints that not every Halo Cloud has at every site, and tables that not every site's login may read. */
export type Lackable = 'batch status' | 'stream' | `table ${string}`;

/** Which sites were found to lack what, so that nobody asks for it again. */
export interface Lacking {
  has(haloGuid: string, what: Lackable): boolean;
  /** For an hour; not at all for an operation whose answers are made up by a fault. */
  note(haloGuid: string, what: Lackable, context: CallContext): void;
}

/** `clock` in milliseconds. */
export function createLacking(clock: () => number): Lacking {
  const known = new LRUCache<string, true>({
    max: 4_000,
    ttl: 60 * 60_000,
    ttlResolution: 0,
    perf: { now: clock },
  });
  return {
    has: (haloGuid, what) => known.has(`${haloGuid} ${what}`),
    note(haloGuid, what, { passHeaders }) {
      if (Object.keys(passHeaders).length === 0) known.set(`${haloGuid} ${what}`, true);
    },
  };
}

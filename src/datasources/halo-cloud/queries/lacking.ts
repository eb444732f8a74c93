import { LRUCache } from 'lru-cache';
import type { CallContext } from '../upstream-call.ts';

/** Endpoints that not every Halo Cloud has at every site. */
export type NewerEndpoint = 'batch status' | 'stream';

/** Which sites were found to lack which endpoint, so that nobody asks for it again (assumption H15). */
export interface Lacking {
  has(haloGuid: string, endpoint: NewerEndpoint): boolean;
  /** For an hour; not at all for an operation whose answers are made up by a fault. */
  note(haloGuid: string, endpoint: NewerEndpoint, context: CallContext): void;
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
    has: (haloGuid, endpoint) => known.has(`${haloGuid} ${endpoint}`),
    note(haloGuid, endpoint, { passHeaders }) {
      if (Object.keys(passHeaders).length === 0) known.set(`${haloGuid} ${endpoint}`, true);
    },
  };
}

import { lruCache } from '../../../lib/lru-cache.ts';
import type { CallContext } from '../transport/upstream-call.ts';

// Rests on assumption H20.

/** An endpoint or a procedure that not every site has, or a table that not every site's login may read. */
export type SiteFeature = 'batch status' | 'stream' | `object ${string}`;

/** Remembers which features a site does not have, so that they are not requested again. */
export interface MissingFeatures {
  has(haloGuid: string, feature: SiteFeature): boolean;
  /** Remembers it for an hour. Does nothing for an operation with simulated faults. */
  note(haloGuid: string, feature: SiteFeature, context: CallContext): void;
}

/** `clock` in milliseconds. */
export function createMissingFeatures(clock: () => number): MissingFeatures {
  const known = lruCache<string, true>(4_000, {
    ttl: 60 * 60_000,
    ttlResolution: 0,
    perf: { now: clock },
  });
  return {
    has: (haloGuid, feature) => known.has(`${haloGuid} ${feature}`),
    note(haloGuid, feature, { simulatedFault }) {
      if (simulatedFault === undefined) known.set(`${haloGuid} ${feature}`, true);
    },
  };
}

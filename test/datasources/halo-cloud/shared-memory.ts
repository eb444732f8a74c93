/** What replicas share, without a Redis: an order of changes, and whether it can be reached. */
import type { SharedAnswer, SharedSites } from '../../../src/store/shared-sites.ts';

interface Entry {
  readonly version: number;
  readonly until: number;
  readonly known: { site: NonNullable<SharedAnswer['known']>['site']; askedAt: number } | null;
  readonly dropped: { haloGuid: string; at: number } | null;
}

export function sharedMemory(clock: () => number) {
  const entries = new Map<string, Entry>();
  let away = false;
  let callCount = 0;
  const entryOf = (key: string): Entry => {
    const entry = entries.get(key);
    return entry && entry.until > clock() ? entry : { version: 0, until: 0, known: null, dropped: null };
  };
  const shared: SharedSites = {
    async load(key) {
      callCount += 1;
      if (away) return null;
      const { version, known, dropped } = entryOf(key);
      return {
        version: String(version),
        known: known && { site: known.site, ageMs: clock() - known.askedAt },
        dropped: dropped && { haloGuid: dropped.haloGuid, ageMs: clock() - dropped.at },
      };
    },
    publish(key, site, version, ageMs, goodForMs) {
      const entry = entryOf(key);
      if (away || String(entry.version) !== version) return;
      entries.set(key, {
        version: entry.version + 1,
        until: clock() + goodForMs - ageMs,
        known: { site, askedAt: clock() - ageMs },
        dropped: null,
      });
    },
    drop(key, haloGuid, rememberMs) {
      const { version, known } = entryOf(key);
      if (away || (known && known.site.haloGuid !== haloGuid)) return;
      entries.set(key, {
        version: version + 1,
        until: clock() + rememberMs,
        known: null,
        dropped: { haloGuid, at: clock() },
      });
    },
  };
  return {
    shared,
    callCount: () => callCount,
    goAway: (yes: boolean) => {
      away = yes;
    },
    /** Empties the store, like a restarted Redis. */
    lose: () => entries.clear(),
  };
}

/** Combines what other replicas know about practices' sites with what this process knows. */
import { PracticeIdentityChanged } from '../../../errors.ts';
import { lruCache } from '../../../lib/lru-cache.ts';
import type { SharedAnswer, SharedSite, SharedSites } from '../../../store/shared-sites.ts';
import { keyOf, type PracticeKey, type SiteEntry, type SitesMemory } from './sites-memory.ts';

export interface SyncedSite {
  /** Undefined when a look-up is needed. */
  readonly entry: SiteEntry | undefined;
  /** The version of the shared state; undefined when it is unavailable. A look-up that follows is published with it. */
  readonly version: string | undefined;
}

export interface ReplicaSync {
  /** Whether the last exchange with the other replicas is recent, so that this process's knowledge is used as it is. */
  isRecent(key: string): boolean;
  /** Loads the shared state of a practice. Concurrent callers share one request. */
  load(practice: PracticeKey): Promise<SyncedSite>;
  /** The version for publishing a look-up that begins now. */
  version(key: string): Promise<string | undefined>;
  /** Publishes a look-up of this process. Without a version it is not published, because its order is unknown. */
  publish(entry: SiteEntry, version: string | undefined): void;
  /** Halo Cloud refused the GUID to this process. */
  drop(key: string, haloGuid: string): void;
}

export interface ReplicaSyncOptions {
  readonly shared: SharedSites;
  readonly memory: SitesMemory;
  readonly ttlMs: number;
  readonly recheckMs: number;
  readonly clock: () => number;
}

type Known = NonNullable<SharedAnswer['known']>;

export function createReplicaSync({
  shared,
  memory,
  ttlMs,
  recheckMs,
  clock,
}: ReplicaSyncOptions): ReplicaSync {
  const inFlight = new Map<string, Promise<SyncedSite>>();
  const checked = lruCache<string, number>(10_000);
  /** The GUID last refused to this process, and when. */
  const refused = lruCache<string, { haloGuid: string; at: number }>(10_000);

  function merge(practice: PracticeKey, answer: SharedAnswer | null): SyncedSite {
    const key = keyOf(practice);
    checked.set(key, clock());
    const own = memory.recall(key);
    if (!answer) return { entry: own, version: undefined };
    const { known, dropped, version } = answer;
    const entry = known && isNewer(key, known, own) ? accepted(practice, known) : undefined;
    if (entry) return { entry, version };
    if (!own) return { entry: undefined, version };
    if (known?.site.haloGuid === own.site.haloGuid) return { entry: own, version };
    // The clocks of two replicas cannot decide which GUID is the later one. A look-up decides, and is published.
    if (known || dropped) {
      if (dropped) memory.forget(key, dropped.haloGuid, Number.POSITIVE_INFINITY);
      return { entry: undefined, version };
    }
    publish(own, version);
    return { entry: own, version };
  }

  function isNewer(key: string, { site, ageMs }: Known, own: SiteEntry | undefined): boolean {
    const requestedAt = clock() - ageMs;
    const refusal = refused.get(key);
    const wasRefused = refusal?.haloGuid === site.haloGuid && requestedAt <= refusal.at;
    return ageMs < ttlMs && !wasRefused && (!own || requestedAt >= own.requestedAt);
  }

  /** Undefined when it contradicts the identity that this process has recorded for the practice. */
  function accepted(practice: PracticeKey, { site, ageMs }: { site: SharedSite; ageMs: number }) {
    try {
      const entry = memory.store(practice, { ...site, pmsSiteId: null }, clock() - ageMs, () => 0);
      memory.setOwner(site.haloGuid, practice);
      return entry;
    } catch (error) {
      if (error instanceof PracticeIdentityChanged) return undefined;
      throw error;
    }
  }

  /** Entries of the registry are not published: each process has its own registry. */
  function publish({ site, requestedAt }: SiteEntry, version: string): void {
    if (Number.isFinite(requestedAt))
      shared.publish(keyOf(site), site, version, clock() - requestedAt, ttlMs);
  }

  return {
    isRecent: (key) => clock() - (checked.get(key) ?? Number.NEGATIVE_INFINITY) < recheckMs,
    load(practice) {
      const key = keyOf(practice);
      const known = inFlight.get(key);
      if (known) return known;
      const loading = shared
        .load(key)
        .then((answer) => merge(practice, answer))
        .finally(() => inFlight.delete(key));
      inFlight.set(key, loading);
      return loading;
    },
    version: async (key) => (await shared.load(key))?.version,
    publish(entry, version) {
      checked.set(keyOf(entry.site), clock());
      if (version !== undefined) publish(entry, version);
    },
    drop(key, haloGuid) {
      refused.set(key, { haloGuid, at: clock() });
      shared.drop(key, haloGuid, ttlMs);
    },
  };
}

import { NotFound } from '../../../errors.ts';
import type { SharedSites } from '../../../store/shared-sites.ts';
import type { SiteRecord } from '../halo-session.ts';
import type { HaloCloud } from '../transport/client.ts';
import { abortedAs } from '../transport/failure.ts';
import { createCoalescer } from '../transport/in-flight.ts';
import type { CallContext } from '../transport/upstream-call.ts';
import { chooseSite } from './choose-site.ts';
import { createReplicaSync, type ReplicaSync, type SyncedSite } from './replica-sync.ts';
import { sitesOf } from './sites.ts';
import {
  createSitesMemory,
  type KnownSite,
  keyOf,
  type PracticeKey,
  type RegistryEntry,
  type SiteEntry,
  type SitesMemory,
} from './sites-memory.ts';

export type { KnownSite, PracticeKey, RegistryEntry } from './sites-memory.ts';

/** Maps PMS IDs to Halo GUIDs. All operations of the process share it, and all replicas when there is a shared store. */
export interface SitesDirectory {
  /**
   * The practice's site: from memory, else from another replica, else by a look-up. Concurrent callers share a look-up.
   * With `after`, only look-ups of this process with a higher number count.
   * Throws NotFound, PracticeIdentityChanged and the errors of the look-up.
   */
  find(practice: PracticeKey, context: CallContext, after?: number): Promise<KnownSite>;
  /** The site as far as `find` could return it from memory. */
  known(practice: PracticeKey, context: CallContext): KnownSite | undefined;
  /** The number of the latest look-up. Later look-ups have higher numbers. */
  latestLookUp(): number;
  /** Forgets a refused GUID as its practice's site, unless a look-up after `before` returned it. Its owner stays known. */
  drop(haloGuid: string, before: number): void;
  /** Records the owner of a GUID, so that a later 403 for it can be traced to the practice. */
  note(site: SiteRecord): void;
  /** The last known practice of a GUID, even if the practice has moved. */
  ownerOf(haloGuid: string): PracticeKey | undefined;
  /** The name that identifies the practice: that of the registry, else the last known one. */
  recordedName(practice: PracticeKey): string | null;
  /** The directory for an operation with simulated faults: it reads the shared entries, and its changes stay in it. */
  isolated(): SitesDirectory;
}

export interface SitesDirectoryOptions {
  readonly halo: HaloCloud;
  readonly registry: readonly RegistryEntry[];
  /** The store that replicas share. @default none: there is one process */
  readonly shared?: SharedSites;
  /** Lifetime of a look-up of any replica, in milliseconds. @default 15 minutes */
  readonly ttlMs?: number;
  /** Milliseconds between two loads of a practice's shared state. @default 5 seconds */
  readonly recheckMs?: number;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
}

export function createSitesDirectory(options: SitesDirectoryOptions): SitesDirectory {
  const { halo, registry, shared, ttlMs = 15 * 60_000, recheckMs = 5_000, clock = Date.now } = options;
  const memory = createSitesMemory(registry, ttlMs, clock);
  const replicaSync = shared && createReplicaSync({ shared, memory, ttlMs, recheckMs, clock });
  let lookUps = 0;
  const lookUpNumber = { next: () => ++lookUps, latest: () => lookUps };
  return directoryOver(memory, { halo, replicaSync, clock, lookUpNumber });
}

interface Parts {
  readonly halo: HaloCloud;
  /** Undefined without a shared store, and in an isolated directory. */
  readonly replicaSync: ReplicaSync | undefined;
  readonly clock: () => number;
  readonly lookUpNumber: { next(): number; latest(): number };
}

function directoryOver(memory: SitesMemory, parts: Parts): SitesDirectory {
  const { halo, replicaSync, clock, lookUpNumber } = parts;
  const lookUps = createCoalescer();

  /** `synced`: the shared state that was just loaded; undefined when it was not loaded. */
  async function lookUp(
    practice: PracticeKey,
    context: CallContext,
    synced: SyncedSite | undefined,
  ): Promise<KnownSite> {
    // Taken before the look-up, so that anything published or dropped meanwhile counts as newer than its result.
    const version = synced ? synced.version : replicaSync && (await replicaSync.version(keyOf(practice)));
    const requestedAt = clock();
    const found = await halo.read(sitesOf(practice.pms, practice.pmsSiteId), context);
    for (const { haloGuid } of found) memory.setOwner(haloGuid, practice);
    const site = chooseSite(found);
    if (!site) throw new NotFound({ detail: 'no site with this PMS ID' });
    const entry = memory.store(practice, site, requestedAt, lookUpNumber.next);
    replicaSync?.publish(entry, version);
    return entry.site;
  }

  function cached({ site, requestedAt }: SiteEntry, { cost }: CallContext): KnownSite {
    if (Number.isFinite(requestedAt)) cost.saved('cached', 1);
    return site;
  }

  function known(practice: PracticeKey, context: CallContext, after = -1): KnownSite | undefined {
    const key = keyOf(practice);
    const entry = memory.recall(key);
    const sync = after < 0 ? replicaSync : undefined;
    const isKnown = entry && entry.site.lookUp > after && (!sync || sync.isRecent(key));
    return isKnown ? cached(entry, context) : undefined;
  }

  return {
    known,
    async find(practice, context, after = -1) {
      const site = known(practice, context, after);
      if (site) return site;
      const key = keyOf(practice);
      // After a refusal only a new look-up counts: another replica's may be older than the refusal.
      const sync = after < 0 ? replicaSync : undefined;
      const synced = sync && (await sync.load(practice));
      if (synced?.entry) return cached(synced.entry, context);
      const { signal, cost, explain } = context;
      if (signal.aborted) throw abortedAs('sites', signal.reason);
      const requestKey = { target: key, text: '' };
      const caller = { signal, abortedAs: (reason: unknown) => abortedAs('sites', reason) };
      const shared = lookUps.join<KnownSite>(requestKey, caller);
      if (shared) {
        cost.saved('coalesced', 1);
        return explain ? explain.joined(sitesOf(practice.pms, practice.pmsSiteId), shared) : shared;
      }
      const request = lookUps.open(requestKey);
      const found = lookUp(practice, { ...context, signal: request.signal }, synced);
      return request.waitFor(found, caller);
    },
    latestLookUp: lookUpNumber.latest,
    drop(haloGuid, before) {
      const owner = memory.ownerOf(haloGuid);
      if (!owner) return;
      const key = keyOf(owner);
      const hasNewer = memory.hasLookUpAfter(key, before);
      memory.forget(key, haloGuid, before);
      if (!hasNewer) replicaSync?.drop(key, haloGuid);
    },
    note(site: SiteRecord) {
      if (site.pms && site.pmsSiteId) {
        memory.setOwner(site.haloGuid, { pms: site.pms, pmsSiteId: site.pmsSiteId });
      }
    },
    ownerOf: memory.ownerOf,
    recordedName: (practice) => memory.nameOf(keyOf(practice)),
    isolated: () => directoryOver(memory.layered(), { ...parts, replicaSync: undefined }),
  };
}

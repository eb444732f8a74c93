/** What this process knows about practices' sites, and the identities that it checks them against. */
import { type HaloError, PracticeIdentityChanged } from '../../../errors.ts';
import { lruCache } from '../../../lib/lru-cache.ts';
import type { SharedSite } from '../../../store/shared-sites.ts';
import type { TimeZone } from '../../../time/types.ts';
import type { CodeOverrides } from '../../domain/code-overrides.ts';
import type { PracticeManagementSystem } from '../../domain/pms.ts';
import type { SiteRecord } from '../halo-session.ts';
import { layeredStore, type Store } from './layered-store.ts';
import { sameName } from './practice-identity.ts';

export interface PracticeKey {
  readonly pms: PracticeManagementSystem;
  readonly pmsSiteId: string;
}

/** A Bp Premier practice as the operator recorded it at onboarding. */
export interface RegistryEntry {
  readonly bpSiteId: string;
  readonly name?: string | undefined;
  readonly timeZone?: TimeZone | undefined;
  readonly haloGuid?: string | undefined;
  readonly codeOverrides?: CodeOverrides | undefined;
}

/** The site of a practice. An entry of the registry has neither versions nor a look-up. */
export interface KnownSite extends PracticeKey {
  readonly haloGuid: string;
  /** As Halo Cloud has it. */
  readonly practiceName: string | null;
  readonly pmsVersion: string | null;
  readonly haloLinkVersion: string | null;
  /** The number of this process's look-up, from 1; 0 for the registry and for another replica's look-up. */
  readonly lookUp: number;
}

/** A site from a look-up of this process or of another replica. The latter has no `pmsSiteId`: it was found by it. */
export type FoundSite = SharedSite & Pick<SiteRecord, 'pmsSiteId'>;

export interface SiteEntry {
  readonly site: KnownSite;
  /** When its look-up began, in milliseconds of this process's clock; -Infinity for the registry. */
  readonly requestedAt: number;
}

export interface SitesMemory {
  /** The result of a look-up that has not expired, else the entry of the registry. */
  recall(key: string): SiteEntry | undefined;
  /** Whether the stored look-up has a higher number than `before`. */
  hasLookUpAfter(key: string, before: number): boolean;
  /** Throws PracticeIdentityChanged for a site of another practice. `nextLookUp` gives the number of the look-up. */
  store(practice: PracticeKey, site: FoundSite, requestedAt: number, nextLookUp: () => number): SiteEntry;
  /** Forgets the GUID, unless it comes from a look-up after `before`. */
  forget(key: string, haloGuid: string, before: number): void;
  setOwner(haloGuid: string, practice: PracticeKey): void;
  ownerOf(haloGuid: string): PracticeKey | undefined;
  nameOf(key: string): string | null;
  /** A layer over this memory. Changes stay in the layer. */
  layered(): SitesMemory;
}

interface Stores {
  readonly sites: Store<SiteEntry>;
  /** GUIDs of the registry, until one is refused or a look-up finds another. */
  readonly registered: Store<SiteEntry>;
  /** Names of the registry. */
  readonly recorded: ReadonlyMap<string, string>;
  /** The last known names of practices that have no name in the registry. */
  readonly names: Store<string>;
  /** The last GUID that was accepted for the practice. */
  readonly trusted: Store<string>;
  readonly owners: Store<PracticeKey>;
}

export function createSitesMemory(
  registry: readonly RegistryEntry[],
  ttlMs: number,
  clock: () => number,
): SitesMemory {
  const stores: Stores = {
    sites: lruCache<string, SiteEntry>(10_000),
    registered: new Map(),
    recorded: new Map(
      registry.flatMap(({ bpSiteId, name }) =>
        name ? [[keyOf({ pms: 'BEST_PRACTICE', pmsSiteId: bpSiteId }), name] as const] : [],
      ),
    ),
    names: new Map(),
    trusted: new Map(),
    owners: lruCache<string, PracticeKey>(50_000),
  };
  for (const entry of registry) addRegistered(stores, entry);
  return memoryOver(stores, ttlMs, clock);
}

function addRegistered({ registered, trusted, owners }: Stores, entry: RegistryEntry): void {
  const practice: PracticeKey = { pms: 'BEST_PRACTICE', pmsSiteId: entry.bpSiteId };
  const key = keyOf(practice);
  if (!entry.haloGuid) return;
  const haloGuid = entry.haloGuid.toLowerCase();
  const unknown = { practiceName: null, pmsVersion: null, haloLinkVersion: null };
  registered.set(key, {
    site: { ...practice, ...unknown, haloGuid, lookUp: 0 },
    requestedAt: Number.NEGATIVE_INFINITY,
  });
  trusted.set(key, haloGuid);
  owners.set(haloGuid, practice);
}

function memoryOver(stores: Stores, ttlMs: number, clock: () => number): SitesMemory {
  const { sites, registered, recorded, names, trusted, owners } = stores;
  const nameOf = (key: string): string | null => recorded.get(key) ?? names.get(key) ?? null;
  return {
    recall(key) {
      const entry = sites.get(key);
      return entry && clock() - entry.requestedAt < ttlMs ? entry : registered.get(key);
    },
    hasLookUpAfter: (key, before) => (sites.get(key)?.site.lookUp ?? 0) > before,
    store(practice, site, requestedAt, nextLookUp) {
      const key = keyOf(practice);
      const changed = identityFault(practice, site, nameOf(key), trusted.get(key));
      if (changed) throw changed;
      const { haloGuid, practiceName, pmsVersion, haloLinkVersion } = site;
      if (practiceName && !recorded.has(key)) names.set(key, practiceName);
      trusted.set(key, haloGuid);
      if (registered.get(key)?.site.haloGuid !== haloGuid) registered.delete(key);
      const versions = { pmsVersion, haloLinkVersion };
      const known = { ...practice, haloGuid, practiceName, ...versions, lookUp: nextLookUp() };
      const entry = { site: known, requestedAt };
      sites.set(key, entry);
      return entry;
    },
    forget(key, haloGuid, before) {
      for (const store of [sites, registered]) {
        const site = store.get(key)?.site;
        if (site?.haloGuid === haloGuid && site.lookUp <= before) store.delete(key);
      }
    },
    setOwner: (haloGuid, practice) => void owners.set(haloGuid, practice),
    ownerOf: (haloGuid) => owners.get(haloGuid),
    nameOf,
    layered: () =>
      memoryOver(
        {
          sites: layeredStore(sites),
          registered: layeredStore(registered),
          recorded,
          names: layeredStore(names),
          trusted: layeredStore(trusted),
          owners: layeredStore(owners),
        },
        ttlMs,
        clock,
      ),
  };
}

/**
 * The error when the site belongs to another practice. That is so when its PMS ID differs from the requested one, or when
 * its GUID is new for the practice and its name differs from the recorded one. A practice may change its name and keep its
 * GUID. A site without a name is accepted only if no other GUID was accepted before.
 */
function identityFault(
  practice: PracticeKey,
  site: FoundSite,
  recordedName: string | null,
  trustedGuid: string | undefined,
): HaloError | undefined {
  const sameId = site.pmsSiteId === null || site.pmsSiteId.trim() === practice.pmsSiteId.trim();
  const sameServer = trustedGuid === site.haloGuid;
  const moved = trustedGuid !== undefined && !sameServer;
  const named =
    recordedName === null ||
    (site.practiceName === null ? !moved : sameName(recordedName, site.practiceName));
  if (sameId && (sameServer || named)) return undefined;
  return new PracticeIdentityChanged(
    { bpSiteId: practice.pmsSiteId, expectedName: recordedName, foundName: site.practiceName },
    { detail: sameId ? 'another practice name' : 'another PMS ID' },
  );
}

export function keyOf({ pms, pmsSiteId }: PracticeKey): string {
  return `${pms} ${pmsSiteId}`;
}

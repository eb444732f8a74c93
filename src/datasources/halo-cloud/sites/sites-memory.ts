/** What this process knows of practices' sites, and what it holds them to. */
import { LRUCache } from 'lru-cache';
import { type HaloError, PracticeIdentityChanged } from '../../../errors.ts';
import type { SharedSite } from '../../../store/shared-sites.ts';
import type { TimeZone } from '../../../time/types.ts';
import type { PracticeManagementSystem } from '../../domain/pms.ts';
import type { SiteRecord } from '../halo-session.ts';
import { layeredStore, type Store } from './layered-store.ts';
import { sameName } from './practice-identity.ts';

export interface PracticeKey {
  readonly pms: PracticeManagementSystem;
  readonly pmsSiteId: string;
}

/** What the operator recorded of a Bp Premier practice at onboarding. */
export interface RegistryEntry {
  readonly bpSiteId: string;
  readonly name?: string | undefined;
  readonly timeZone?: TimeZone | undefined;
  readonly haloGuid?: string | undefined;
}

/** The site that answers for a practice, as far as it is known: a registry entry knows neither versions nor its look-up. */
export interface KnownSite extends PracticeKey {
  readonly haloGuid: string;
  /** As the site gives it. */
  readonly practiceName: string | null;
  readonly pmsVersion: string | null;
  readonly haloLinkVersion: string | null;
  /** Which look-up of this process this comes from, counted from 1; 0 for the registry and for what another replica told. */
  readonly learnt: number;
}

/** A site as a look-up found it, this process's own or another replica's; theirs was asked for by its PMS ID and says none. */
export type FoundSite = SharedSite & Pick<SiteRecord, 'pmsSiteId'>;

/** Times are milliseconds by this process's clock. */
export interface Held {
  readonly site: KnownSite;
  /** When its look-up began; before all times for the registry. */
  readonly askedAt: number;
}

export interface SitesMemory {
  /** What is known of a look-up that is not too old, else of the registry. */
  recall(key: string): Held | undefined;
  /** Whether a look-up that began after `before` (counted as `learnt`) is known. */
  learntAfter(key: string, before: number): boolean;
  /** Throws PracticeIdentityChanged for a site that is not the practice's. `learn` numbers what is believed. */
  believe(practice: PracticeKey, site: FoundSite, askedAt: number, learn: () => number): Held;
  /** Forgets the GUID, unless what is known of it was learnt after `before`. */
  forget(key: string, haloGuid: string, before: number): void;
  own(haloGuid: string, practice: PracticeKey): void;
  ownerOf(haloGuid: string): PracticeKey | undefined;
  nameOf(key: string): string | null;
  /** The same memory, in which whatever is set stays apart. */
  layered(): SitesMemory;
}

interface Stores {
  readonly sites: Store<Held>;
  /** GUIDs of the registry, until one is refused or another is found. */
  readonly seeds: Store<Held>;
  /** Names of the registry: what a practice is held to. */
  readonly recorded: ReadonlyMap<string, string>;
  /** Names last seen, for a practice that the registry has none of. */
  readonly names: Store<string>;
  /** The GUID that last passed for the practice. */
  readonly trusted: Store<string>;
  readonly owners: Store<PracticeKey>;
}

export function createSitesMemory(
  registry: readonly RegistryEntry[],
  ttlMs: number,
  clock: () => number,
): SitesMemory {
  const stores: Stores = {
    sites: new LRUCache<string, Held>({ max: 10_000 }),
    seeds: new Map(),
    recorded: new Map(
      registry.flatMap(({ bpSiteId, name }) =>
        name ? [[keyOf({ pms: 'BEST_PRACTICE', pmsSiteId: bpSiteId }), name] as const] : [],
      ),
    ),
    names: new Map(),
    trusted: new Map(),
    owners: new LRUCache<string, PracticeKey>({ max: 50_000 }),
  };
  for (const entry of registry) sow(stores, entry);
  return memoryOver(stores, ttlMs, clock);
}

function sow({ seeds, trusted, owners }: Stores, entry: RegistryEntry): void {
  const practice: PracticeKey = { pms: 'BEST_PRACTICE', pmsSiteId: entry.bpSiteId };
  const key = keyOf(practice);
  if (!entry.haloGuid) return;
  const haloGuid = entry.haloGuid.toLowerCase();
  const unknown = { practiceName: null, pmsVersion: null, haloLinkVersion: null };
  seeds.set(key, {
    site: { ...practice, ...unknown, haloGuid, learnt: 0 },
    askedAt: Number.NEGATIVE_INFINITY,
  });
  trusted.set(key, haloGuid);
  owners.set(haloGuid, practice);
}

function memoryOver(stores: Stores, ttlMs: number, clock: () => number): SitesMemory {
  const { sites, seeds, recorded, names, trusted, owners } = stores;
  const nameOf = (key: string): string | null => recorded.get(key) ?? names.get(key) ?? null;
  return {
    recall(key) {
      const held = sites.get(key);
      return held && clock() - held.askedAt < ttlMs ? held : seeds.get(key);
    },
    learntAfter: (key, before) => (sites.get(key)?.site.learnt ?? 0) > before,
    believe(practice, site, askedAt, learn) {
      const key = keyOf(practice);
      const changed = identityFault(practice, site, nameOf(key), trusted.get(key));
      if (changed) throw changed;
      const { haloGuid, practiceName, pmsVersion, haloLinkVersion } = site;
      if (practiceName && !recorded.has(key)) names.set(key, practiceName);
      trusted.set(key, haloGuid);
      if (seeds.get(key)?.site.haloGuid !== haloGuid) seeds.delete(key);
      const known = { ...practice, haloGuid, practiceName, pmsVersion, haloLinkVersion, learnt: learn() };
      const held = { site: known, askedAt };
      sites.set(key, held);
      return held;
    },
    forget(key, haloGuid, before) {
      for (const store of [sites, seeds]) {
        const site = store.get(key)?.site;
        if (site?.haloGuid === haloGuid && site.learnt <= before) store.delete(key);
      }
    },
    own: (haloGuid, practice) => void owners.set(haloGuid, practice),
    ownerOf: (haloGuid) => owners.get(haloGuid),
    nameOf,
    layered: () =>
      memoryOver(
        {
          sites: layeredStore(sites),
          seeds: layeredStore(seeds),
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
 * Whether the site found is another practice's: another PMS ID than asked for, or, behind a GUID that did not pass for the
 * practice before, another name than recorded. A practice may be renamed where it is; a site without a name passes for it
 * only where no other GUID did before.
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

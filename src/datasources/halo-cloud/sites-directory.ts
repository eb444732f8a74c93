import { LRUCache } from 'lru-cache';
import { type HaloError, NotFound, PracticeIdentityChanged } from '../../errors.ts';
import type { SiteRecord } from '../halo-session.ts';
import type { PracticeManagementSystem, TimeZone } from '../practice-data.ts';
import { chooseSite } from './choose-site.ts';
import type { HaloCloud } from './client.ts';
import { type Coalescer, createCoalescer } from './coalescer.ts';
import { abortedAs } from './failure.ts';
import { layeredStore, type Store } from './layered-store.ts';
import { sameName } from './practice-identity.ts';
import { sitesOf } from './sites.ts';
import type { CallContext } from './upstream-call.ts';

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
  /** Which look-up this comes from, counted from 1; 0 for the registry. */
  readonly learnt: number;
}

/** PMS ID -> Halo GUID, shared by all operations of the process. */
export interface SitesDirectory {
  /**
   * The practice's site: from memory, else by a look-up; several askers of one practice share it. With `after`, only what
   * was learnt later than that counts as known.
   * Throws NotFound, PracticeIdentityChanged and what the look-up throws.
   */
  find(practice: PracticeKey, context: CallContext, after?: number): Promise<KnownSite>;
  /** The number of the latest look-up; what is found later was learnt after it. */
  latest(): number;
  /** Forgets that a refused GUID answers for its practice, unless a look-up after `before` said so. Whose it was stays known. */
  drop(haloGuid: string, before: number): void;
  /** Notes whose GUID this is, so that a later 403 for it can be traced. */
  note(site: SiteRecord): void;
  /** The practice that a GUID was last seen to be of, also when it has moved since. */
  ownerOf(haloGuid: string): PracticeKey | undefined;
  /** The name that the practice is held to: the registry's, else the one last seen. */
  recordedName(practice: PracticeKey): string | null;
  /** The same directory for an operation whose answers are made up by a fault: it reads along and leaves nothing behind. */
  isolated(): SitesDirectory;
}

interface Memory {
  readonly sites: Store<KnownSite>;
  /** GUIDs of the registry, until one is refused. */
  readonly seeds: Store<KnownSite>;
  /** Names of the registry: what a practice is held to. */
  readonly recorded: ReadonlyMap<string, string>;
  /** Names last seen, for a practice that the registry has none of. */
  readonly names: Store<string>;
  /** The GUID that last passed for the practice. */
  readonly trusted: Store<string>;
  readonly owners: Store<PracticeKey>;
}

export interface SitesDirectoryOptions {
  readonly halo: HaloCloud;
  readonly registry: readonly RegistryEntry[];
  /** How long a look-up is good for, in milliseconds. @default 15 minutes */
  readonly ttlMs?: number;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
}

export function createSitesDirectory(options: SitesDirectoryOptions): SitesDirectory {
  const { halo, registry, ttlMs = 15 * 60_000, clock = Date.now } = options;
  const memory: Memory = {
    sites: new LRUCache<string, KnownSite>({
      max: 10_000,
      ttl: ttlMs,
      ttlResolution: 0,
      perf: { now: clock },
    }),
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
  for (const entry of registry) sow(memory, entry);
  let lookUps = 0;
  return directoryOver(memory, halo, { next: () => ++lookUps, latest: () => lookUps });
}

function sow({ seeds, trusted, owners }: Memory, entry: RegistryEntry): void {
  const practice: PracticeKey = { pms: 'BEST_PRACTICE', pmsSiteId: entry.bpSiteId };
  const key = keyOf(practice);
  if (!entry.haloGuid) return;
  const haloGuid = entry.haloGuid.toLowerCase();
  const unknown = { practiceName: null, pmsVersion: null, haloLinkVersion: null };
  seeds.set(key, { ...practice, ...unknown, haloGuid, learnt: 0 });
  trusted.set(key, haloGuid);
  owners.set(haloGuid, practice);
}

function directoryOver(
  memory: Memory,
  halo: HaloCloud,
  count: { next(): number; latest(): number },
  lookUps: Coalescer = createCoalescer(),
): SitesDirectory {
  const { sites, seeds, recorded, names, trusted, owners } = memory;
  const nameOf = (key: string): string | null => recorded.get(key) ?? names.get(key) ?? null;

  function note(site: SiteRecord): void {
    if (site.pms && site.pmsSiteId) owners.set(site.haloGuid, { pms: site.pms, pmsSiteId: site.pmsSiteId });
  }

  async function lookUp(practice: PracticeKey, context: CallContext): Promise<KnownSite> {
    const key = keyOf(practice);
    const found = await halo.read(sitesOf(practice.pms, practice.pmsSiteId), context);
    for (const site of found) owners.set(site.haloGuid, practice);
    const site = chooseSite(found);
    if (!site) throw new NotFound({ detail: 'no site with this PMS ID' });
    const changed = identityFault(practice, site, nameOf(key), trusted.get(key));
    if (changed) throw changed;
    if (site.practiceName && !recorded.has(key)) names.set(key, site.practiceName);
    trusted.set(key, site.haloGuid);
    const { haloGuid, practiceName, pmsVersion, haloLinkVersion } = site;
    const known = { ...practice, haloGuid, practiceName, pmsVersion, haloLinkVersion, learnt: count.next() };
    sites.set(key, known);
    return known;
  }

  return {
    async find(practice, context, after = -1) {
      const key = keyOf(practice);
      const known = sites.get(key) ?? seeds.get(key);
      if (known && known.learnt > after) {
        if (known.learnt > 0) context.cost.saved('cached', 1);
        return known;
      }
      return lookUps.share(key, {
        signal: context.signal,
        start: (signal) => lookUp(practice, { ...context, signal }),
        joined: () => context.cost.saved('coalesced', 1),
        abortedAs: (reason) => abortedAs('sites', reason),
      });
    },
    latest: count.latest,
    drop(haloGuid, before) {
      const owner = owners.get(haloGuid);
      if (!owner) return;
      const key = keyOf(owner);
      for (const store of [sites, seeds]) {
        const known = store.get(key);
        if (known?.haloGuid === haloGuid && known.learnt <= before) store.delete(key);
      }
    },
    note,
    ownerOf: (haloGuid) => owners.get(haloGuid),
    recordedName: (practice) => nameOf(keyOf(practice)),
    isolated: () =>
      directoryOver(
        {
          sites: layeredStore(sites),
          seeds: layeredStore(seeds),
          recorded,
          names: layeredStore(names),
          trusted: layeredStore(trusted),
          owners: layeredStore(owners),
        },
        halo,
        count,
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
  site: SiteRecord,
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

function keyOf({ pms, pmsSiteId }: PracticeKey): string {
  return `${pms} ${pmsSiteId}`;
}

import { NotFound } from '../../../errors.ts';
import type { SharedSites } from '../../../store/shared-sites.ts';
import type { SiteRecord } from '../halo-session.ts';
import type { HaloCloud } from '../transport/client.ts';
import { abortedAs } from '../transport/failure.ts';
import { createCoalescer } from '../transport/in-flight.ts';
import type { CallContext } from '../transport/upstream-call.ts';
import { chooseSite } from './choose-site.ts';
import { createReplicaSync, type Heard, type ReplicaSync } from './replica-sync.ts';
import { sitesOf } from './sites.ts';
import {
  createSitesMemory,
  type Held,
  type KnownSite,
  keyOf,
  type PracticeKey,
  type RegistryEntry,
  type SitesMemory,
} from './sites-memory.ts';

export type { KnownSite, PracticeKey, RegistryEntry } from './sites-memory.ts';

/** PMS ID -> Halo GUID, shared by all operations of the process, and by all replicas where they have something to share. */
export interface SitesDirectory {
  /**
   * The practice's site: from memory, else as another replica found it, else by a look-up; several askers of one practice
   * share it. With `after`, only what this process learnt later than that counts as known.
   * Throws NotFound, PracticeIdentityChanged and what the look-up throws.
   */
  find(practice: PracticeKey, context: CallContext, after?: number): Promise<KnownSite>;
  /** What `find` would give without asking anybody. */
  known(practice: PracticeKey, context: CallContext): KnownSite | undefined;
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

export interface SitesDirectoryOptions {
  readonly halo: HaloCloud;
  readonly registry: readonly RegistryEntry[];
  /** What replicas share. Without it this process is alone. */
  readonly shared?: SharedSites;
  /** How long a look-up is good for, in milliseconds, whichever replica made it. @default 15 minutes */
  readonly ttlMs?: number;
  /** How long what is known is used before the other replicas are asked again, in milliseconds. @default 5 seconds */
  readonly recheckMs?: number;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
}

export function createSitesDirectory(options: SitesDirectoryOptions): SitesDirectory {
  const { halo, registry, shared, ttlMs = 15 * 60_000, recheckMs = 5_000, clock = Date.now } = options;
  const memory = createSitesMemory(registry, ttlMs, clock);
  const replicaSync = shared && createReplicaSync({ shared, memory, ttlMs, recheckMs, clock });
  let lookUps = 0;
  const count = { next: () => ++lookUps, latest: () => lookUps };
  return directoryOver(memory, { halo, replicaSync, clock, count });
}

interface Parts {
  readonly halo: HaloCloud;
  /** Undefined where there is nobody to hear from, or nobody must hear of it. */
  readonly replicaSync: ReplicaSync | undefined;
  readonly clock: () => number;
  readonly count: { next(): number; latest(): number };
}

function directoryOver(memory: SitesMemory, parts: Parts): SitesDirectory {
  const { halo, replicaSync, clock, count } = parts;
  const lookUps = createCoalescer();

  /** `heard`: what the other replicas have just said, undefined when they were not asked. */
  async function lookUp(
    practice: PracticeKey,
    context: CallContext,
    heard: Heard | undefined,
  ): Promise<KnownSite> {
    // Before the look-up: whatever is told or dropped meanwhile is newer than what it finds.
    const version = heard ? heard.version : replicaSync && (await replicaSync.version(keyOf(practice)));
    const askedAt = clock();
    const found = await halo.read(sitesOf(practice.pms, practice.pmsSiteId), context);
    for (const { haloGuid } of found) memory.own(haloGuid, practice);
    const site = chooseSite(found);
    if (!site) throw new NotFound({ detail: 'no site with this PMS ID' });
    const held = memory.believe(practice, site, askedAt, count.next);
    replicaSync?.tell(held, version);
    return held.site;
  }

  function remembered({ site, askedAt }: Held, { cost }: CallContext): KnownSite {
    if (Number.isFinite(askedAt)) cost.saved('cached', 1);
    return site;
  }

  function known(practice: PracticeKey, context: CallContext, after = -1): KnownSite | undefined {
    const key = keyOf(practice);
    const held = memory.recall(key);
    const others = after < 0 ? replicaSync : undefined;
    const isKnown = held && held.site.learnt > after && (!others || others.isRecent(key));
    return isKnown ? remembered(held, context) : undefined;
  }

  return {
    known,
    async find(practice, context, after = -1) {
      const site = known(practice, context, after);
      if (site) return site;
      const key = keyOf(practice);
      // What a refusal means is for Halo Cloud to say: another replica may have asked before it.
      const others = after < 0 ? replicaSync : undefined;
      const heard = others && (await others.hear(practice));
      if (heard?.held) return remembered(heard.held, context);
      return lookUps.share(
        { target: key, text: '' },
        {
          signal: context.signal,
          start: (signal) => lookUp(practice, { ...context, signal }, heard),
          joined: () => context.cost.saved('coalesced', 1),
          abortedAs: (reason) => abortedAs('sites', reason),
        },
      );
    },
    latest: count.latest,
    drop(haloGuid, before) {
      const owner = memory.ownerOf(haloGuid);
      if (!owner) return;
      const key = keyOf(owner);
      const knowsBetter = memory.learntAfter(key, before);
      memory.forget(key, haloGuid, before);
      if (!knowsBetter) replicaSync?.drop(key, haloGuid);
    },
    note(site: SiteRecord) {
      if (site.pms && site.pmsSiteId) {
        memory.own(site.haloGuid, { pms: site.pms, pmsSiteId: site.pmsSiteId });
      }
    },
    ownerOf: memory.ownerOf,
    recordedName: (practice) => memory.nameOf(keyOf(practice)),
    isolated: () => directoryOver(memory.layered(), { ...parts, replicaSync: undefined }),
  };
}

import { setMaxListeners } from 'node:events';
import DataLoader from 'dataloader';
import type { StopSignal } from '../../lib/stop.ts';
import type { Log } from '../../log.ts';
import type { PracticeManagementSystem } from '../domain/pms.ts';
import { createReferenceMemory, type ReferenceMemory } from '../practice/reference/reference-memory.ts';
import { ReferenceReads } from '../practice/reference/reference-reads.ts';
import { NoAnswer } from '../practice/write-port.ts';
import { createCapabilityCache } from './fhir/capability.ts';
import type { ConnectedPractice, HaloSession, SiteRecord } from './halo-session.ts';
import { type ConnectionParts, SiteConnection } from './site-connection.ts';
import { createAuthority, type Failover } from './sites/authority.ts';
import { pairingCall } from './sites/pairing.ts';
import { siteOf, sitesOf } from './sites/sites.ts';
import type { KnownSite, PracticeKey, RegistryEntry, SitesDirectory } from './sites/sites-directory.ts';
import type { PollIntervals } from './sql/query-poller.ts';
import { createSiteQueries } from './sql/site-queries.ts';
import { createSqlRefusals } from './sql/sql-refusals.ts';
import { withAddressedSite } from './transport/addressed-site.ts';
import { settleBounded } from './transport/bounded.ts';
import type { HaloCloud } from './transport/client.ts';
import { createCostAccount } from './transport/cost-account.ts';
import type { Explain } from './transport/explain.ts';
import { Forbidden } from './transport/forbidden.ts';
import { createNotices } from './transport/notices.ts';
import { createRetryBudget } from './transport/retries.ts';
import { createTurns } from './transport/turns.ts';
import type { CallContext, WriteTime } from './transport/upstream-call.ts';

const maxConcurrentLookUps = 16;

export interface HaloSessionsOptions {
  readonly halo: HaloCloud;
  readonly directory: SitesDirectory;
  readonly registry: readonly RegistryEntry[];
  /** `replay` repeats a read on the current site of a practice that has moved; `surface` reports the move as an error. */
  readonly failover: Failover;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** Maximum age of cached users, locations, types and hours, in seconds. @default 0: no cache */
  readonly referenceSeconds?: number;
  /** How often a site is polled for the status of queries. @default 100 ms, growing to 2 s */
  readonly polling?: PollIntervals;
}

/** What one GraphQL operation passes to its session. */
export interface OperationCall {
  /** Aborted by the deadline (reason named `TimeoutError`, as in AbortSignal.timeout) or when the caller disconnects. */
  readonly signal: StopSignal;
  /** @default writes have the time of `signal` */
  readonly writeTime?: WriteTime;
  /** Milliseconds until the deadline. Failed reads are retried within that time. @default no retries */
  readonly remainingMs?: () => number;
  /** On each log line of the operation's calls. */
  readonly requestId: string;
  /** Faults that the sandbox simulates for this operation. With any, nothing is cached for others. @default none */
  readonly simulatedFault?: string | undefined;
  readonly log: Log;
  /** Records the upstream calls. @default they are not recorded */
  readonly explain?: Explain | undefined;
}

/** Opens sessions with Halo Cloud. One for the process. */
export interface HaloSessions {
  openSession(call: OperationCall): HaloSession;
}

export function createHaloSessions(options: HaloSessionsOptions): HaloSessions {
  const { halo, failover, clock = Date.now, referenceSeconds: seconds = 0 } = options;
  const memory = seconds > 0 ? createReferenceMemory({ seconds, clock }) : undefined;
  const ordinary = forgetting(options.directory, memory);
  const capabilities = createCapabilityCache(halo, clock);
  const turns = createTurns();
  const sqlRefusals = createSqlRefusals(clock);
  const siteQueries = createSiteQueries(halo, clock, options.polling);
  const registered = new Map(options.registry.map((entry) => [entry.bpSiteId, entry]));
  const settingsOf = ({ pms, pmsSiteId }: PracticeKey) => {
    const entry = pms === 'BEST_PRACTICE' ? registered.get(pmsSiteId) : undefined;
    return { timeZone: entry?.timeZone, codeOverrides: entry?.codeOverrides };
  };

  return {
    openSession(call) {
      const faulted = call.simulatedFault !== undefined;
      const directory = faulted ? options.directory.isolated() : ordinary;
      let changing = false;
      const cost = createCostAccount(call.explain);
      const notices = createNotices();
      const { signal, writeTime, remainingMs, requestId, simulatedFault, log, explain } = call;
      // Every call in flight listens to the operation's signal.
      if (signal instanceof AbortSignal) setMaxListeners(0, signal);
      const retries = remainingMs && createRetryBudget(remainingMs);
      const context: CallContext = {
        signal,
        writeTime,
        requestId,
        simulatedFault,
        log,
        cost,
        retries,
        explain,
      };
      let parts: ConnectionParts | undefined;
      // Created on first use, because many operations name no practice.
      const sharedParts = (): ConnectionParts => {
        parts ??= {
          halo,
          authority: createAuthority(directory, () => (changing ? 'surface' : failover), context, notices),
          capabilities,
          notices,
          queries: siteQueries(context),
          turns,
          context,
          clock,
          // Simulated faults are not remembered.
          sqlRefusals: faulted ? undefined : sqlRefusals,
          reference:
            memory && new ReferenceReads({ memory, cost, recalls: () => !changing, keeps: !faulted }),
        };
        return parts;
      };
      const connect = (site: KnownSite, pinned: boolean): ConnectedPractice =>
        new SiteConnection(sharedParts(), {
          site,
          pinned,
          recordedName: directory.recordedName(site),
          ...settingsOf(site),
        });

      const practices = new Map<string, Promise<ConnectedPractice>>();
      let lookUps: DataLoader<PracticeKey, ConnectedPractice> | undefined;

      function findPractice(key: PracticeKey): Promise<ConnectedPractice> {
        const site = directory.known(key, context);
        if (site) return Promise.resolve(connect(site, false));
        lookUps ??= new DataLoader(
          (keys) =>
            settleBounded(keys, maxConcurrentLookUps, async (practice) =>
              connect(await directory.find(practice, context), false),
            ),
          { cache: false },
        );
        return withAddressedSite({ bpSiteId: key.pmsSiteId }, lookUps.load(key));
      }

      let sites: Map<string, Promise<SiteRecord>> | undefined;

      async function loadSite(haloGuid: string): Promise<SiteRecord> {
        const before = directory.latestLookUp();
        try {
          const site = await halo.read(siteOf(haloGuid), context);
          directory.note(site);
          return site;
        } catch (error) {
          throw error instanceof Forbidden ? await sharedParts().authority.refusedSite(error, before) : error;
        }
      }

      return {
        practice(pms, pmsSiteId) {
          const name = `${pms} ${pmsSiteId}`;
          const found = practices.get(name) ?? findPractice({ pms, pmsSiteId });
          practices.set(name, found);
          return found;
        },
        pinned: (site) => connect(knownSite(site), true),
        async sites(pms, pmsSiteId) {
          const found = await withAddressedSite(
            { bpSiteId: pmsSiteId },
            halo.read(sitesOf(pms, pmsSiteId), context),
          );
          found.forEach(directory.note);
          return found;
        },
        site(haloGuid) {
          const guid = haloGuid.toLowerCase();
          sites ??= new Map();
          const site = sites.get(guid) ?? withAddressedSite({ haloGuid: guid }, loadSite(guid));
          sites.set(guid, site);
          return site;
        },
        async pair(request) {
          const site = await halo.write(pairingCall(request), context).catch((error: unknown) => {
            throw error instanceof NoAnswer ? error.cause : error;
          });
          directory.note(site);
          memory?.forget(site.haloGuid);
          return site;
        },
        beginChange() {
          changing = true;
        },
        cost: cost.report,
        notices: notices.all,
        countBatched: (saved) => cost.saved('batched', saved),
      };
    },
  };
}

/** When a GUID is refused, its cached reference data is dropped too. */
function forgetting(directory: SitesDirectory, memory: ReferenceMemory | undefined): SitesDirectory {
  if (!memory) return directory;
  return {
    ...directory,
    drop(haloGuid, before) {
      memory.forget(haloGuid);
      directory.drop(haloGuid, before);
    },
  };
}

/** A site without a PMS counts as Bp Premier. A missing PMS ID becomes an empty one. */
function knownSite({
  haloGuid,
  pms,
  pmsSiteId,
  practiceName,
  pmsVersion,
  haloLinkVersion,
}: SiteRecord): KnownSite {
  const practice: { pms: PracticeManagementSystem; pmsSiteId: string } = {
    pms: pms ?? 'BEST_PRACTICE',
    pmsSiteId: pmsSiteId ?? '',
  };
  return { ...practice, haloGuid, practiceName, pmsVersion, haloLinkVersion, lookUp: 0 };
}

import { setMaxListeners } from 'node:events';
import DataLoader from 'dataloader';
import type { StopSignal } from '../../lib/stop.ts';
import type { Log } from '../../log.ts';
import type { TimeZone } from '../../time/types.ts';
import type { PracticeManagementSystem } from '../domain/pms.ts';
import { createReferenceMemory, type ReferenceMemory } from '../practice/reference/reference-memory.ts';
import { rememberingPractice } from '../practice/reference/remembering-practice.ts';
import { NoAnswer } from '../practice/write-port.ts';
import { createCapabilityCache } from './fhir/capability.ts';
import type { ConnectedPractice, HaloSession, SiteRecord } from './halo-session.ts';
import { type ConnectionParts, connectPractice } from './site-connection.ts';
import { createAuthority, type Failover } from './sites/authority.ts';
import { pairingCall } from './sites/pairing.ts';
import { siteOf, sitesOf } from './sites/sites.ts';
import type { KnownSite, PracticeKey, RegistryEntry, SitesDirectory } from './sites/sites-directory.ts';
import type { PollIntervals } from './sql/query-poller.ts';
import { createQueryDesks } from './sql/site-queries.ts';
import { createSqlRefusals } from './sql/sql-refusals.ts';
import { withAddressedSite } from './transport/addressed-site.ts';
import { settleBounded } from './transport/bounded.ts';
import type { HaloCloud } from './transport/client.ts';
import { createCostAccount } from './transport/cost-account.ts';
import { Forbidden } from './transport/forbidden.ts';
import { createNotices } from './transport/notices.ts';
import { createRetryBudget } from './transport/retries.ts';
import { createTurns } from './transport/turns.ts';
import type { CallContext } from './transport/upstream-call.ts';

const lookUpsAtOnce = 16;

export interface HaloSessionsOptions {
  readonly halo: HaloCloud;
  readonly directory: SitesDirectory;
  readonly registry: readonly RegistryEntry[];
  /** `replay` follows a practice that has moved; `surface` only says so. */
  readonly failover: Failover;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** How old what is told of users, locations, types and hours may be, in seconds. @default 0: it is always asked for */
  readonly referenceSeconds?: number;
  /** How often a site is asked for the queries that somebody waits for. @default 100 ms, growing to 2 s */
  readonly polling?: PollIntervals;
}

/** What one GraphQL operation brings along. */
export interface OperationCall {
  /** Aborted by the deadline (reason named `TimeoutError`, as AbortSignal.timeout gives it) or when the caller has gone. */
  readonly signal: StopSignal;
  /**
   * What cuts a write short instead: best before `signal`, so that there is time left to read what became of the write,
   * and not because the caller has gone. @default `signal`
   */
  readonly writeSignal?: () => StopSignal;
  /** Milliseconds until the deadline. With it, failed reads are asked again within that time. @default they are not */
  readonly remainingMs?: () => number;
  /** On each log line of the operation's calls. */
  readonly requestId: string;
  /** Headers for Halo Cloud, e.g. the sandbox's `x-sandbox-fault`. With any, nothing is learnt for other operations. */
  readonly passHeaders: Readonly<Record<string, string>>;
  readonly log: Log;
}

/** The way into Halo Cloud, one for the process. */
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
  const desks = createQueryDesks(halo, clock, options.polling);
  const timeZones = new Map(options.registry.map(({ bpSiteId, timeZone }) => [bpSiteId, timeZone]));
  const timeZoneOf = ({ pms, pmsSiteId }: PracticeKey): TimeZone | undefined =>
    pms === 'BEST_PRACTICE' ? timeZones.get(pmsSiteId) : undefined;

  return {
    openSession(call) {
      const faulted = Object.keys(call.passHeaders).length > 0;
      const directory = faulted ? options.directory.isolated() : ordinary;
      let changing = false;
      const cost = createCostAccount();
      const notices = createNotices();
      const { signal, writeSignal, remainingMs, requestId, passHeaders, log } = call;
      // Every call in flight listens to the operation's one signal.
      if (signal instanceof AbortSignal) setMaxListeners(0, signal);
      const retries = remainingMs && createRetryBudget(remainingMs);
      const context: CallContext = { signal, writeSignal, requestId, passHeaders, log, cost, retries };
      let parts: ConnectionParts | undefined;
      // What many operations never need: those that name no practice, and spare sessions.
      const partsOfAll = (): ConnectionParts => {
        parts ??= {
          halo,
          authority: createAuthority(directory, () => (changing ? 'surface' : failover), context, notices),
          capabilities,
          notices,
          desk: desks.open(context),
          turns,
          context,
          clock,
          // What a fault made up on purpose is nothing to remember.
          sqlRefusals: faulted ? undefined : sqlRefusals,
        };
        return parts;
      };
      const remembering = memory && { memory, cost, recalls: () => !changing, keeps: !faulted };
      const connect = (site: KnownSite, pinned: boolean): ConnectedPractice => {
        const practice = connectPractice(partsOfAll(), {
          site,
          pinned,
          recordedName: directory.recordedName(site),
          timeZone: timeZoneOf(site),
        });
        return remembering ? rememberingPractice(practice, remembering) : practice;
      };

      const practices = new Map<string, Promise<ConnectedPractice>>();
      let lookUps: DataLoader<PracticeKey, ConnectedPractice> | undefined;

      function findPractice(key: PracticeKey): Promise<ConnectedPractice> {
        const site = directory.known(key, context);
        if (site) return Promise.resolve(connect(site, false));
        lookUps ??= new DataLoader(
          (keys) =>
            settleBounded(keys, lookUpsAtOnce, async (asked) =>
              connect(await directory.find(asked, context), false),
            ),
          { cache: false },
        );
        return withAddressedSite({ bpSiteId: key.pmsSiteId }, lookUps.load(key));
      }

      const sites = new Map<string, Promise<SiteRecord>>();

      async function askSite(haloGuid: string): Promise<SiteRecord> {
        const before = directory.latest();
        try {
          const site = await halo.read(siteOf(haloGuid), context);
          directory.note(site);
          return site;
        } catch (error) {
          throw error instanceof Forbidden ? await partsOfAll().authority.refusedSite(error, before) : error;
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
          const asked = sites.get(guid) ?? withAddressedSite({ haloGuid: guid }, askSite(guid));
          sites.set(guid, asked);
          return asked;
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

/** Where a GUID is refused, nothing is told of its practice from memory until it has answered again. */
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

/** A site that says nothing of its PMS is taken for Bp Premier, and one without a PMS ID has an empty one. */
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
  return { ...practice, haloGuid, practiceName, pmsVersion, haloLinkVersion, learnt: 0 };
}

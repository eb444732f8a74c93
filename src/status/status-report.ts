/** The data of the operator's status page. It names practices and contains no patient data. */
import { hostname } from 'node:os';
import type { Caller } from '../auth/caller.ts';
import { mayAccess } from '../auth/practice-access.ts';
import type { HaloEnvironment } from '../config.ts';
import type { SitesDirectory } from '../datasources/halo-cloud/sites/sites-directory.ts';
import type { HaloCloud } from '../datasources/halo-cloud/transport/client.ts';
import type { LiveBooks } from '../live/live-books.ts';
import type { RegisteredPractice } from '../practices-file.ts';
import type { UpstreamOutcome } from '../telemetry/upstream-outcome.ts';
import type { SiteActivities, SiteActivity } from './site-activity.ts';

/** `paused`: it did not answer, and gets no calls for a while. `unknown`: no call was sent to it. */
export type Availability = 'paused' | 'unknown' | Exclude<UpstreamOutcome, 'aborted'>;

export interface PracticeStatus {
  /** The ID of the practice management system: the Bp Site ID. */
  readonly bpSiteId: string;
  readonly name: string | null;
  /** The site that was called last; null: none. */
  readonly haloGuid: string | null;
  readonly availability: Availability;
  /** Seconds until the next call is sent; 0: now. */
  readonly pauseSeconds: number;
  /** When the practice last answered, and when it was last called. RFC 3339 in UTC; null: never. */
  readonly lastContact: string | null;
  readonly lastCall: string | null;
  readonly chargedToday: number;
  /** Watched books, and their subscribers. */
  readonly watches: number;
  readonly subscribers: number;
}

export interface StatusReport {
  readonly replica: string;
  readonly version: string;
  readonly environment: HaloEnvironment;
  readonly at: string;
  readonly startedAt: string;
  readonly haloCloud: 'answers' | 'no_connection';
  /** Null: there is no Redis. */
  readonly redis: 'answers' | 'away' | null;
  readonly callsQueued: number;
  /** The sums of the practices below. */
  readonly chargedToday: number;
  readonly watches: number;
  readonly subscribers: number;
  /** The practices that the caller may access. Those that need attention come first. */
  readonly practices: readonly PracticeStatus[];
}

export interface StatusOptions {
  readonly activities: SiteActivities;
  readonly halo: Pick<HaloCloud, 'state' | 'sitePauseMs'>;
  readonly directory: Pick<SitesDirectory, 'ownerOf'>;
  readonly registry: readonly RegisteredPractice[];
  readonly live: Pick<LiveBooks, 'watched'>;
  /** Whether Redis answers. @default there is no Redis */
  readonly redisAnswers?: (() => boolean) | undefined;
  readonly version: string;
  readonly environment: HaloEnvironment;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** The state of this process, limited to the caller's practices. */
export type ReadStatus = (caller: Pick<Caller, 'practices'>) => StatusReport;

const attention: readonly Availability[] = [
  'paused',
  'no_connection',
  'site_away',
  'forbidden',
  'timed_out',
  'rate_limited',
  'failed',
  'refused',
  'ok',
  'unknown',
];

/** One for all comparisons: `localeCompare` with options blocks the process for a second with 10,000 practices. */
const byNumber = new Intl.Collator('en', { numeric: true });

export function createStatus(options: StatusOptions): ReadStatus {
  const { activities, halo, directory, registry, live, redisAnswers, version, environment, clock } = options;
  const startedAt = instant(clock());

  function practiceStatus(
    bpSiteId: string,
    name: string | undefined,
    sites: readonly SiteActivity[],
    books: readonly { readonly subscribers: number }[],
  ): PracticeStatus {
    // A practice that has moved has several sites. The site of the latest call gives its state.
    const [site] = sites.toSorted((a, b) => (b.latest?.at ?? 0) - (a.latest?.at ?? 0));
    const pauseMs = site ? halo.sitePauseMs(site.haloGuid) : 0;
    const contacts = sites.flatMap(({ contactAt }) => contactAt ?? []);
    const outcome = site?.latest?.outcome;
    return {
      bpSiteId,
      name: name ?? null,
      haloGuid: site?.haloGuid ?? null,
      availability:
        pauseMs > 0 ? 'paused' : outcome === undefined || outcome === 'aborted' ? 'unknown' : outcome,
      pauseSeconds: Math.ceil(pauseMs / 1000),
      lastContact: contacts.length > 0 ? instant(Math.max(...contacts)) : null,
      lastCall: site?.latest ? instant(site.latest.at) : null,
      chargedToday: sum(sites.map(({ chargedToday }) => chargedToday)),
      watches: books.length,
      subscribers: sum(books.map(({ subscribers }) => subscribers)),
    };
  }

  return (caller) => {
    // Ids of other systems can be equal to a Bp Site ID, and name other practices.
    const sites = grouped(activities.sites(), ({ haloGuid }) => {
      const owner = directory.ownerOf(haloGuid);
      return owner?.pms === 'BEST_PRACTICE' ? owner.pmsSiteId : undefined;
    });
    const books = grouped(live.watched(), ({ bpSiteId }) => bpSiteId);
    const names = new Map(registry.map(({ bpSiteId, name }) => [bpSiteId, name]));
    const ids = new Set([...names.keys(), ...sites.keys(), ...books.keys()]);
    const practices = [...ids]
      .filter((id) => mayAccess(caller, id))
      .map((id) => practiceStatus(id, names.get(id), sites.get(id) ?? [], books.get(id) ?? []))
      .sort(
        (a, b) =>
          attention.indexOf(a.availability) - attention.indexOf(b.availability) ||
          byNumber.compare(a.bpSiteId, b.bpSiteId),
      );
    const { cloudPaused, callsQueued } = halo.state();
    return {
      replica: hostname(),
      version,
      environment,
      at: instant(clock()),
      startedAt,
      haloCloud: cloudPaused ? 'no_connection' : 'answers',
      redis: redisAnswers ? (redisAnswers() ? 'answers' : 'away') : null,
      callsQueued,
      chargedToday: sum(practices.map(({ chargedToday }) => chargedToday)),
      watches: sum(practices.map(({ watches }) => watches)),
      subscribers: sum(practices.map(({ subscribers }) => subscribers)),
      practices,
    };
  };
}

/** Members without a practice are left out. */
function grouped<T>(all: readonly T[], practiceOf: (each: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const bpSiteId = practiceOf(each);
    if (bpSiteId !== undefined) groups.set(bpSiteId, [...(groups.get(bpSiteId) ?? []), each]);
  }
  return groups;
}

const instant = (ms: number): string => new Date(ms).toISOString();
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

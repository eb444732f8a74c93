import type { CallKind } from '../datasources/halo-cloud/transport/call-kind.ts';
import type { UpstreamEvent } from '../datasources/halo-cloud/transport/upstream-event.ts';
import { lruCache } from '../lib/lru-cache.ts';
import { type UpstreamOutcome, upstreamOutcome } from '../telemetry/upstream-outcome.ts';
import { addDays, epochMs, localInstant, today } from '../time/local.ts';
import { assumedZone } from '../time/zones.ts';

/** The zone whose midnight starts a new count of charged calls. */
export const countingZone = assumedZone;

/** The calls of this process to one site. Times are milliseconds since 1970. */
export interface SiteActivity {
  readonly haloGuid: string;
  /** When the practice last answered a call; null: never. */
  readonly contactAt: number | null;
  /** The latest call that was forwarded to the practice; null: none. */
  readonly latest: { readonly at: number; readonly outcome: UpstreamOutcome } | null;
  /** Charged calls since midnight in `countingZone`. */
  readonly chargedToday: number;
}

/** Stores the outcomes of the calls to each site, for the status page. */
export interface SiteActivities {
  upstreamEnded(event: UpstreamEvent): void;
  sites(): readonly SiteActivity[];
}

type Counted = { -readonly [K in keyof SiteActivity]: SiteActivity[K] };

/** Halo Cloud answers the other kinds itself, so they say nothing about the practice. */
const forwarded: ReadonlySet<CallKind> = new Set(['sql', 'fhir', 'metadata']);

/** @param clock milliseconds since 1970 */
export function createSiteActivities(clock: () => number): SiteActivities {
  const sites = lruCache<string, Counted>(10_000);
  let dayEndsAt = nextMidnight(clock());

  function startDay(now: number): void {
    if (now < dayEndsAt) return;
    dayEndsAt = nextMidnight(now);
    for (const site of sites.values()) site.chargedToday = 0;
  }

  function added(haloGuid: string): Counted {
    const site: Counted = { haloGuid, contactAt: null, latest: null, chargedToday: 0 };
    sites.set(haloGuid, site);
    return site;
  }

  return {
    upstreamEnded(event) {
      const { haloGuid, kind, status, charged } = event;
      if (haloGuid === null) return;
      const now = clock();
      startDay(now);
      const site = sites.get(haloGuid) ?? added(haloGuid);
      if (charged) site.chargedToday += 1;
      // A query that Halo Cloud only queued has not reached the practice yet.
      if (!forwarded.has(kind) || status === 201 || status === 202) return;
      const outcome = upstreamOutcome(event);
      if (outcome === 'aborted') return;
      if (outcome === 'ok') site.contactAt = now;
      site.latest = { at: now, outcome };
    },
    sites() {
      startDay(clock());
      return [...sites.values()].map((site) => ({ ...site }));
    },
  };
}

const nextMidnight = (now: number): number =>
  epochMs(localInstant(addDays(today(now, countingZone), 1), 0, countingZone));

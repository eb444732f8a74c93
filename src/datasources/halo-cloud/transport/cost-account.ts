import type { CostReport, RecalledReference } from '../halo-session.ts';
import { oldestOfEach } from './add-costs.ts';
import type { Explain } from './explain.ts';

/** Counts the upstream cost of one operation, for `extensions.halo.cost`. */
export interface CostAccount {
  /** A call is being sent. It counts as charged from the start, so a report made while it runs is not too low. */
  sent(haloGuid: string | null, charged: boolean, isRetry?: boolean): void;
  /** A call that counted as charged did not reach the practice. */
  refund(haloGuid: string | null): void;
  saved(how: 'batched' | 'coalesced' | 'cached', calls: number): void;
  /** A cached answer saved a call. */
  recalled(reference: RecalledReference): void;
  report(): CostReport;
}

interface Tally {
  readonly haloGuid: string;
  calls: number;
  charged: number;
}

/** @param explain records cached answers. @default the operation is not explained */
export function createCostAccount(explain?: Explain): CostAccount {
  let calls = 0;
  let charged = 0;
  let retries = 0;
  let batched = 0;
  let coalesced = 0;
  let cached = 0;
  const bySite = new Map<string, Tally>();
  const recalled: RecalledReference[] = [];

  function count(haloGuid: string | null, moreCalls: number, moreCharged: number): void {
    calls += moreCalls;
    charged += moreCharged;
    if (haloGuid === null) return;
    let site = bySite.get(haloGuid);
    if (!site) {
      site = { haloGuid, calls: 0, charged: 0 };
      bySite.set(haloGuid, site);
    }
    site.calls += moreCalls;
    site.charged += moreCharged;
  }

  return {
    sent(haloGuid, isCharged, isRetry = false) {
      if (isRetry) retries += 1;
      count(haloGuid, 1, isCharged ? 1 : 0);
    },
    refund: (haloGuid) => count(haloGuid, 0, -1),
    saved(how, more) {
      if (how === 'batched') batched += more;
      else if (how === 'coalesced') coalesced += more;
      else cached += more;
    },
    recalled(reference) {
      cached += 1;
      recalled.push(reference);
      explain?.recalled(reference);
    },
    report() {
      const sites: Tally[] = [];
      // Copies, so that a report does not change afterwards.
      for (const site of bySite.values()) {
        sites.push({ haloGuid: site.haloGuid, calls: site.calls, charged: site.charged });
      }
      const report = { calls, charged, retries, saved: { batched, coalesced, cached }, bySite: sites };
      return recalled.length > 0 ? { ...report, reference: oldestOfEach(recalled) } : report;
    },
  };
}

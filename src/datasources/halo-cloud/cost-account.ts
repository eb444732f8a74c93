import { oldestOfEach } from '../add-costs.ts';
import type { CostReport, RecalledReference } from '../halo-session.ts';

/** What one operation cost upstream: `extensions.halo.cost`. */
export interface CostAccount {
  /**
   * A call is being sent. Charged from the start, so that a report made while it runs is not too low.
   * @param again it was asked before: a retry
   */
  sent(haloGuid: string | null, charged: boolean, again?: boolean): void;
  /** A call counted as charged turned out not to have reached the practice. */
  refund(haloGuid: string | null): void;
  saved(how: 'batched' | 'coalesced' | 'cached', calls: number): void;
  /** A call was saved because its answer of a while ago still stands. */
  recalled(reference: RecalledReference): void;
  report(): CostReport;
}

export function createCostAccount(): CostAccount {
  const total = { calls: 0, charged: 0 };
  let retries = 0;
  const saved = { batched: 0, coalesced: 0, cached: 0 };
  const bySite = new Map<string, { calls: number; charged: number }>();
  const recalled: RecalledReference[] = [];
  const tallies = (haloGuid: string | null) => {
    if (haloGuid === null) return [total];
    const site = bySite.get(haloGuid) ?? { calls: 0, charged: 0 };
    bySite.set(haloGuid, site);
    return [total, site];
  };
  return {
    sent(haloGuid, charged, again = false) {
      if (again) retries += 1;
      for (const tally of tallies(haloGuid)) {
        tally.calls += 1;
        if (charged) tally.charged += 1;
      }
    },
    refund(haloGuid) {
      for (const tally of tallies(haloGuid)) tally.charged -= 1;
    },
    saved(how, calls) {
      saved[how] += calls;
    },
    recalled(reference) {
      saved.cached += 1;
      recalled.push(reference);
    },
    report: () => ({
      ...total,
      retries,
      saved: { ...saved },
      bySite: [...bySite].map(([haloGuid, tally]) => ({ haloGuid, ...tally })),
      ...(recalled.length > 0 && { reference: oldestOfEach(recalled) }),
    }),
  };
}

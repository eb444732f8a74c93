import type { CostReport } from './halo-session.ts';

/** What several sessions of one operation cost together. */
export function addCosts(reports: readonly CostReport[]): CostReport {
  const [only] = reports;
  if (reports.length === 1 && only) return only;
  const sum = (of: (report: CostReport) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  const bySite = new Map<string, { calls: number; charged: number }>();
  for (const { haloGuid, calls, charged } of reports.flatMap((report) => report.bySite)) {
    const site = bySite.get(haloGuid) ?? { calls: 0, charged: 0 };
    bySite.set(haloGuid, { calls: site.calls + calls, charged: site.charged + charged });
  }
  return {
    calls: sum(({ calls }) => calls),
    charged: sum(({ charged }) => charged),
    retries: sum(({ retries }) => retries),
    saved: {
      batched: sum(({ saved }) => saved.batched),
      coalesced: sum(({ saved }) => saved.coalesced),
      cached: sum(({ saved }) => saved.cached),
    },
    bySite: [...bySite].map(([haloGuid, tally]) => ({ haloGuid, ...tally })),
  };
}

import type { CostReport, RecalledReference } from '../halo-session.ts';

/** The total cost of several sessions of one operation. */
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
  const recalled = reports.flatMap(({ reference = [] }) => reference);
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
    ...(recalled.length > 0 && { reference: oldestOfEach(recalled) }),
  };
}

/** Keeps the oldest answer of each kind at each site. */
export function oldestOfEach(recalled: readonly RecalledReference[]): readonly RecalledReference[] {
  const oldest = new Map<string, RecalledReference>();
  for (const reference of recalled) {
    const key = `${reference.haloGuid} ${reference.what}`;
    if (reference.ageSeconds >= (oldest.get(key)?.ageSeconds ?? 0)) oldest.set(key, reference);
  }
  return [...oldest.values()];
}

import type { SiteRecord } from '../halo-session.ts';

/**
 * Chooses the site of a practice among several with the same PMS ID (assumption H2), in this order: flagged
 * authoritative; active and online; any other; removed or uninstalled; flagged not authoritative. Among equals the one
 * with the latest heartbeat wins.
 */
export function chooseSite(sites: readonly SiteRecord[]): SiteRecord | undefined {
  return [...sites].sort(
    (a, b) => rank(b) - rank(a) || (b.lastHeartbeatAt ?? '').localeCompare(a.lastHeartbeatAt ?? ''),
  )[0];
}

function rank(site: SiteRecord): number {
  if (site.authoritative) return 4;
  const serving = site.status === 'ACTIVE' && site.availability === 'ONLINE';
  if (site.authoritative === false) return serving ? 0 : -1;
  if (site.status === 'REMOVED' || site.status === 'UNINSTALLED') return 1;
  return serving ? 3 : 2;
}

import type { SiteRecord } from '../halo-session.ts';

/**
 * Which of several sites with one PMS ID stands for the practice (assumption H2): the one flagged authoritative, else
 * one that is active and online, else the one heard from last; before one that is removed or uninstalled. A site flagged
 * as not authoritative is the last resort.
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

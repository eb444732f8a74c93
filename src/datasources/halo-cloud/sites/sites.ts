import { z } from 'zod';
import type { PracticeManagementSystem } from '../../domain/pms.ts';
import type { SiteAvailability, SiteRecord, SiteStatus } from '../halo-session.ts';
import { MalformedResponse, shaped } from '../transport/malformed-response.ts';
import type { UpstreamRead } from '../transport/upstream-call.ts';
import { utcInstant } from '../transport/utc-instant.ts';

const text = z.string().nullish();
const siteSchema = z.looseObject({
  id: z.guid(),
  pmsType: text,
  availability: text,
  status: text,
  haloLinkVersion: text,
  catalogue: z.array(z.looseObject({ name: text, isDefault: z.boolean().nullish() })).nullish(),
  practiceMetadata: z
    .looseObject({
      pmsType: text,
      practiceName: text,
      practiceManagementSiteId: text,
      practiceManagementVersion: text,
    })
    .nullish(),
  name: text,
  practiceManagementSiteId: text,
  practiceManagementName: text,
  practiceManagementVersion: text,
  authoritative: z.boolean().nullish(),
  heartbeatTimestampUTC: text,
});
/** The contract requires no field of a site, but a site without an id cannot be called. */
const listedSchema = z.union([siteSchema, z.looseObject({ id: z.null().optional() })]);
const sitesSchema = z.looseObject({ sites: z.array(listedSchema) });

const queryNames: Readonly<Record<PracticeManagementSystem, string>> = {
  BEST_PRACTICE: 'Best Practice',
  ZEDMED: 'Zedmed',
  D4W: 'D4w',
};
/** Responses write BestPractice without a space; the query and a deprecated field write it with a space. */
const systems: ReadonlyMap<string, PracticeManagementSystem> = new Map([
  ['BestPractice', 'BEST_PRACTICE'],
  ['Best Practice', 'BEST_PRACTICE'],
  ['Zedmed', 'ZEDMED'],
  ['D4w', 'D4W'],
]);
const availabilities: ReadonlyMap<string, SiteAvailability> = new Map([
  ['online', 'ONLINE'],
  ['offline', 'OFFLINE'],
  ['unreachable', 'UNREACHABLE'],
]);
const statuses: ReadonlyMap<string, SiteStatus> = new Map([
  ['initialising', 'INITIALISING'],
  ['active', 'ACTIVE'],
  ['removed', 'REMOVED'],
  ['uninstalled', 'UNINSTALLED'],
]);

/** The query string for a practice by its PMS ID. */
export function practiceQuery(pms: PracticeManagementSystem, pmsSiteId: string): string {
  return `practiceManagementSiteId=${encodeURIComponent(pmsSiteId)}&practiceManagementName=${encodeURIComponent(queryNames[pms])}`;
}

/** `GET /integrator/sites`: all sites with this PMS ID. */
export function sitesOf(
  pms: PracticeManagementSystem,
  pmsSiteId: string,
): UpstreamRead<readonly SiteRecord[]> {
  return {
    kind: 'sites',
    method: 'GET',
    route: '/integrator/sites',
    path: `/integrator/sites?${practiceQuery(pms, pmsSiteId)}`,
    haloGuid: null,
    read(body) {
      const { sites } = shaped(sitesSchema, body, 'a list of sites');
      const found = sites.filter((site) => typeof site.id === 'string') as z.output<typeof siteSchema>[];
      if (found.length === 0 && sites.length > 0)
        throw new MalformedResponse('not a list of sites: none has an id');
      return found.map(siteRecord);
    },
  };
}

/** `GET /integrator/sites/{siteId}`. */
export function siteOf(haloGuid: string): UpstreamRead<SiteRecord> {
  return {
    kind: 'site',
    method: 'GET',
    route: '/integrator/sites/{siteId}',
    path: `/integrator/sites/${encodeURIComponent(haloGuid)}`,
    haloGuid,
    read: readSite,
  };
}

/** Parses a response that is one site. Throws MalformedResponse. */
export function readSite(body: unknown): SiteRecord {
  return siteRecord(shaped(siteSchema, body, 'a site'));
}

/** Uses a deprecated field only when practiceMetadata has no value. */
function siteRecord(site: z.output<typeof siteSchema>): SiteRecord {
  const metadata = site.practiceMetadata;
  return {
    haloGuid: site.id.toLowerCase(),
    authoritative: site.authoritative ?? null,
    availability: availabilities.get(site.availability ?? '') ?? null,
    status: statuses.get(site.status ?? '') ?? null,
    haloLinkVersion: site.haloLinkVersion || null,
    lastHeartbeatAt: utcInstant(site.heartbeatTimestampUTC),
    catalogues: (site.catalogue ?? []).flatMap(({ name, isDefault }) =>
      name ? [{ name, isDefault: isDefault ?? false }] : [],
    ),
    pms: systems.get(metadata?.pmsType || site.pmsType || site.practiceManagementName || '') ?? null,
    pmsSiteId: metadata?.practiceManagementSiteId?.trim() || site.practiceManagementSiteId?.trim() || null,
    pmsVersion: metadata?.practiceManagementVersion || site.practiceManagementVersion || null,
    practiceName: metadata?.practiceName?.trim() || site.name?.trim() || null,
  };
}

import type { GraphContext } from '../../context.ts';
import type { PracticeManagementSystem } from '../../datasources/domain/pms.ts';
import type { SiteRecord } from '../../datasources/halo-cloud/halo-session.ts';
import type { SqlSite } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { HaloError } from '../../errors.ts';
import type { InputCheck } from '../check-input.ts';
import type { Site } from '../entities.ts';
import { readGlobalId } from '../global-id.ts';

// Rests on assumption H32.

/** GraphQL's `@oneOf` guarantees exactly one of the two. */
export interface SiteRef {
  readonly bpSiteId?: string | null | undefined;
  readonly haloGuid?: string | null | undefined;
}

/** Where SQL is sent: to a practice, wherever its server is now, or to exactly one site. */
export type SqlPlace =
  | { readonly pms: PracticeManagementSystem; readonly pmsSiteId: string }
  | { readonly haloGuid: string };

/** A site that SQL is sent to. */
export interface SqlTarget {
  readonly sqlSite: SqlSite;
  readonly bpSiteId: string | null;
  /** Names of its databases. Empty if not known. */
  readonly catalogues: () => Promise<readonly string[]>;
}

/** Reads the place from the input: a Bp Site ID, a practice's global id, or a Halo GUID. */
export function readPlace(check: InputCheck, path: readonly string[], ref: SiteRef): SqlPlace {
  if (typeof ref.haloGuid === 'string') {
    return { haloGuid: check.uuid([...path, 'haloGuid'], ref.haloGuid) };
  }
  const text = ref.bpSiteId ?? '';
  const global = readGlobalId(text);
  const at = [...path, 'bpSiteId'];
  if (!global) return { pms: 'BEST_PRACTICE', pmsSiteId: check.siteId(at, text) };
  if (global.type === 'Practice' && 'pms' in global) return global;
  check.reject(at, `This is the id of a ${global.type}, not of a Practice.`);
  return { pms: 'BEST_PRACTICE', pmsSiteId: '' };
}

/** Throws as `HaloSession.practice` and `HaloSession.site` do. */
export async function openSqlSite(place: SqlPlace, context: GraphContext): Promise<SqlTarget> {
  if ('haloGuid' in place) return targetOf(await context.session.site(place.haloGuid), context);
  const { connection } = await context.practices.find(place.pms, place.pmsSiteId);
  const { sqlSite, bpSiteId } = connection;
  const catalogues = async () => {
    try {
      return namesOf(await context.session.site(sqlSite.haloGuid));
    } catch (error) {
      // The statement itself will fail with the site's error.
      if (error instanceof HaloError) return [];
      throw error;
    }
  };
  return { sqlSite, bpSiteId, catalogues };
}

/** Exactly this site, also if the practice has moved to another. */
export async function sqlSiteOf(site: Site, context: GraphContext): Promise<SqlSite> {
  return targetOf(await site.read(), context).sqlSite;
}

const namesOf = ({ catalogues }: SiteRecord): readonly string[] => catalogues.map(({ name }) => name);

function targetOf(record: SiteRecord, context: GraphContext): SqlTarget {
  return {
    sqlSite: context.practices.pinned(record).connection.sqlSite,
    bpSiteId: record.pmsSiteId,
    catalogues: async () => namesOf(record),
  };
}

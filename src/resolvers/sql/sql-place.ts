import type { GraphContext } from '../../context.ts';
import type { PracticeManagementSystem } from '../../datasources/domain/pms.ts';
import type { SiteRecord } from '../../datasources/halo-cloud/halo-session.ts';
import type { SqlSite } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { HaloError } from '../../errors.ts';
import type { InputCheck } from '../check-input.ts';
import type { Site } from '../entities.ts';
import { readGlobalId } from '../global-id.ts';

// Rests on assumption H32.

/** One of the two, as GraphQL's `@oneOf` makes sure. */
export interface SiteRef {
  readonly bpSiteId?: string | null | undefined;
  readonly haloGuid?: string | null | undefined;
}

/** Where SQL is to go: to the practice wherever it is now, or to exactly one site. */
export type SqlPlace =
  | { readonly pms: PracticeManagementSystem; readonly pmsSiteId: string }
  | { readonly haloGuid: string };

/** A site that takes SQL, with what is known of it. */
export interface SqlDoor {
  readonly sqlSite: SqlSite;
  readonly bpSiteId: string | null;
  /** Names of its databases; empty: not known. */
  readonly catalogues: () => Promise<readonly string[]>;
}

/** The place that an input names: a Bp Site ID, a practice's global id, or a Halo GUID. */
export function placeAsked(check: InputCheck, path: readonly string[], ref: SiteRef): SqlPlace {
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
export async function openDoor(place: SqlPlace, context: GraphContext): Promise<SqlDoor> {
  if ('haloGuid' in place) return doorOf(await context.session.site(place.haloGuid), context);
  const { connection } = await context.practices.find(place.pms, place.pmsSiteId);
  const { sqlSite, bpSiteId } = connection;
  const catalogues = async () => {
    try {
      return namesOf(await context.session.site(sqlSite.haloGuid));
    } catch (error) {
      // What is the matter with the site, the statement itself is going to tell.
      if (error instanceof HaloError) return [];
      throw error;
    }
  };
  return { sqlSite, bpSiteId, catalogues };
}

/** `Site`: exactly this one, also where the practice has moved on. */
export async function sqlSiteOf(site: Site, context: GraphContext): Promise<SqlSite> {
  return doorOf(await site.read(), context).sqlSite;
}

const namesOf = ({ catalogues }: SiteRecord): readonly string[] => catalogues.map(({ name }) => name);

function doorOf(record: SiteRecord, context: GraphContext): SqlDoor {
  return {
    sqlSite: context.practices.pinned(record).connection.sqlSite,
    bpSiteId: record.pmsSiteId,
    catalogues: async () => namesOf(record),
  };
}

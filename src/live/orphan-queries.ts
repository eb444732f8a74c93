import type { RegisteredSqlQueryRecord, SqlSite } from '../datasources/halo-cloud/sql/site-sql.ts';
import { HaloError, NotFound } from '../errors.ts';
import { lruCache } from '../lib/lru-cache.ts';
import type { Log } from '../log.ts';

/** Maximum number of queries that are remembered. */
const maxRemembered = 20_000;

export interface OrphanQueriesOptions {
  /** Names this deployment in the names of queries, so that queries of a crashed process are found. */
  readonly deployment: string;
  readonly log: Log;
}

/**
 * Registered queries that carry this deployment's name although nobody watches their book. Either a crash left them behind, or
 * another deployment with the same subscription and the same name uses them.
 */
export interface OrphanQueries {
  /** The beginning of the names of this deployment's queries. */
  readonly prefix: string;
  /** This process has registered the query. */
  registered(queryId: string): void;
  /**
   * Cancels those among these queries whose book is not watched. A query that comes back after it was cancelled has an owner, so it is left
   * alone. One that could not be cancelled is tried again. Rejects when it is not known whether a book is watched.
   */
  cancel(
    sqlSite: SqlSite,
    queries: readonly RegisteredSqlQueryRecord[],
    isWatched: (bookName: string) => boolean | Promise<boolean>,
  ): Promise<void>;
}

/** One for the process. */
export function createOrphanQueries({ deployment, log }: OrphanQueriesOptions): OrphanQueries {
  const prefix = `halo-graph/${deployment}/book/`;
  const own = lruCache<string, true>(maxRemembered);
  const cancelled = lruCache<string, true>(maxRemembered);
  const logged = new Set<string>();
  const warnOnce = (text: string, details: object): void => {
    if (logged.has(text)) return;
    logged.add(text);
    log.warn({ ...details, deployment }, text);
  };
  return {
    prefix,
    registered: (queryId) => void own.set(queryId, true),
    async cancel(sqlSite, queries, isWatched) {
      for (const { name, queryId, status } of queries) {
        if (!name.startsWith(prefix) || status !== 'ENABLED') continue;
        const [book = ''] = name.slice(prefix.length).split('/');
        if (await isWatched(book)) continue;
        if (!own.has(queryId)) {
          const place = `${sqlSite.haloGuid} ${name}`;
          const details = { haloGuid: sqlSite.haloGuid, queryId };
          if (cancelled.has(place)) {
            warnOnce(hasOwner, details);
            continue;
          }
          warnOnce(isForeign, details);
          if (await cancelQuery(sqlSite, queryId, log)) cancelled.set(place, true);
          continue;
        }
        await cancelQuery(sqlSite, queryId, log);
      }
    },
  };
}

const isForeign =
  'Registered queries with the name of this deployment, which this process did not register, are cancelled: a crash left them behind, or another deployment has the same LIVE_DEPLOYMENT';
const hasOwner =
  'Another deployment or replica registers queries with the name of this deployment again after they were cancelled: they are left alone. Give each deployment its own LIVE_DEPLOYMENT, and replicas of one deployment the same REDIS_URL';

/** Returns whether the query has ended. Never rejects. */
export async function cancelQuery(sqlSite: SqlSite, queryId: string, log: Log): Promise<boolean> {
  try {
    await sqlSite.cancelRegistered(queryId);
    return true;
  } catch (error) {
    logNotCancelled(queryId, error, log);
    return error instanceof NotFound;
  }
}

/** @param query its id, or its name */
export function logNotCancelled(query: string, error: unknown, log: Log): void {
  if (error instanceof NotFound) return;
  const code = error instanceof HaloError ? error.code : 'INTERNAL_SERVER_ERROR';
  log.warn({ queryId: query, code }, 'A registered query could not be cancelled: it ends within 24 hours');
}

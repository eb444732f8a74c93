import DataLoader from 'dataloader';
import type { HaloCloud } from '../transport/client.ts';
import type { CallContext } from '../transport/upstream-call.ts';
import { createMissingFeatures, type MissingFeatures } from './missing-features.ts';
import { isFinal } from './query-failure.ts';
import { createQueryPoller, type PollIntervals, type QueryPoller } from './query-poller.ts';
import type { QueryRecord } from './query-record.ts';
import { createFetchStatuses, type FetchStatuses, type StatusAnswer } from './query-status.ts';

/** What the SQL calls of one operation need. */
export interface QueryContext {
  readonly halo: HaloCloud;
  readonly context: CallContext;
  readonly missing: MissingFeatures;
  readonly poller: QueryPoller;
  /** The state of a query. Requests of one tick become one call for each site. Null: no such query at the site. */
  status(haloGuid: string, queryId: string): Promise<QueryRecord | null>;
}

/** One for the process: all operations share the poller and the missing features. `clock` in milliseconds. */
export function createSiteQueries(halo: HaloCloud, clock: () => number, intervals?: PollIntervals) {
  const missing = createMissingFeatures(clock);
  const fetchStatuses = createFetchStatuses(halo, missing);
  const poller = createQueryPoller(fetchStatuses, intervals);
  return (context: CallContext): QueryContext => ({
    halo,
    context,
    missing,
    poller,
    status: statusLoader(fetchStatuses, context),
  });
}

interface QueryKey {
  readonly haloGuid: string;
  readonly queryId: string;
}

/** Loads a final status once in an operation. */
function statusLoader(fetchStatuses: FetchStatuses, context: CallContext): QueryContext['status'] {
  const final = new Map<string, QueryRecord>();
  const keyOf = ({ haloGuid, queryId }: QueryKey) => `${haloGuid} ${queryId}`;
  // Created on first use, because few operations need a status.
  let loader: DataLoader<QueryKey, QueryRecord | null> | undefined;
  const openLoader = () =>
    new DataLoader<QueryKey, QueryRecord | null>(
      async (keys) => {
        const bySite = new Map<string, Promise<ReadonlyMap<string, StatusAnswer> | Error>>();
        for (const haloGuid of new Set(keys.map((key) => key.haloGuid))) {
          const ids = keys.filter((key) => key.haloGuid === haloGuid).map(({ queryId }) => queryId);
          bySite.set(
            haloGuid,
            fetchStatuses(haloGuid, ids, context).catch((error: unknown) => error as Error),
          );
        }
        return Promise.all(
          keys.map(async ({ haloGuid, queryId }) => {
            const answers = await bySite.get(haloGuid);
            return answers instanceof Error ? answers : (answers?.get(queryId) ?? null);
          }),
        );
      },
      { cache: false },
    );
  return async (haloGuid, queryId) => {
    const key = { haloGuid, queryId: queryId.toLowerCase() };
    const known = final.get(keyOf(key));
    if (known) {
      context.cost.saved('cached', 1);
      return known;
    }
    loader ??= openLoader();
    const query = await loader.load(key);
    if (query && isFinal(query)) final.set(keyOf(key), query);
    return query;
  };
}

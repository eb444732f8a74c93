import DataLoader from 'dataloader';
import type { HaloCloud } from '../transport/client.ts';
import type { CallContext } from '../transport/upstream-call.ts';
import { createLacking, type Lacking } from './missing-endpoints.ts';
import { isFinal } from './query-failure.ts';
import { createQueryPoller, type PollIntervals, type QueryPoller } from './query-poller.ts';
import type { QueryRecord } from './query-record.ts';
import { type AskStatuses, createAskStatuses, type StatusAnswer } from './query-status.ts';

/** What one operation has to ask for queries with. */
export interface QueryDesk {
  readonly halo: HaloCloud;
  readonly context: CallContext;
  readonly lacking: Lacking;
  readonly watch: QueryPoller;
  /** How a query is now; all that are asked in one tick are one call a site. Null: no such query at the site. */
  status(haloGuid: string, queryId: string): Promise<QueryRecord | null>;
}

/** One for the process: who waits, and which site lacks what, is shared by all operations. `clock` in milliseconds. */
export function createQueryDesks(halo: HaloCloud, clock: () => number, intervals?: PollIntervals) {
  const lacking = createLacking(clock);
  const ask = createAskStatuses(halo, lacking);
  const watch = createQueryPoller(ask, intervals);
  return {
    open: (context: CallContext): QueryDesk => ({
      halo,
      context,
      lacking,
      watch,
      status: statusLoader(ask, context),
    }),
  };
}

interface Asked {
  readonly haloGuid: string;
  readonly queryId: string;
}

/** A query that nothing happens to any more is asked for once in an operation. */
function statusLoader(ask: AskStatuses, context: CallContext): QueryDesk['status'] {
  const final = new Map<string, QueryRecord>();
  const keyOf = ({ haloGuid, queryId }: Asked) => `${haloGuid} ${queryId}`;
  // Few operations ask for a status at all.
  let loader: DataLoader<Asked, QueryRecord | null> | undefined;
  const openLoader = () =>
    new DataLoader<Asked, QueryRecord | null>(
      async (asked) => {
        const bySite = new Map<string, Promise<ReadonlyMap<string, StatusAnswer> | Error>>();
        for (const haloGuid of new Set(asked.map((one) => one.haloGuid))) {
          const ids = asked.filter((one) => one.haloGuid === haloGuid).map(({ queryId }) => queryId);
          bySite.set(
            haloGuid,
            ask(haloGuid, ids, context).catch((error: unknown) => error as Error),
          );
        }
        return Promise.all(
          asked.map(async ({ haloGuid, queryId }) => {
            const answers = await bySite.get(haloGuid);
            return answers instanceof Error ? answers : (answers?.get(queryId) ?? null);
          }),
        );
      },
      { cache: false },
    );
  return async (haloGuid, queryId) => {
    const asked = { haloGuid, queryId: queryId.toLowerCase() };
    const known = final.get(keyOf(asked));
    if (known) {
      context.cost.saved('cached', 1);
      return known;
    }
    loader ??= openLoader();
    const query = await loader.load(asked);
    if (query && isFinal(query)) final.set(keyOf(asked), query);
    return query;
  };
}

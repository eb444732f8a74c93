import type { ReplicaChannel } from '../store/replica-channel.ts';
import { hintKey, type LocalHints, type QueryHints } from './query-hints.ts';

/** Halo Cloud deletes queries after this time. */
const keptMs = 86_400_000;

/** The hints of all replicas, because a webhook may reach another replica than the one that waits for the query. */
export function createReplicaHints(local: LocalHints, replicas: ReplicaChannel): QueryHints {
  const nameOf = (siteId: string, queryId: string): string => `query ${hintKey(siteId, queryId)}`;
  // Without Redis, other replicas do not know that this one waits. Then it checks the query at the usual interval.
  const ignore = (): void => {};
  return {
    async onQueryCompleted(queryId, siteId) {
      const isAwaited = local.onQueryCompleted(queryId, siteId);
      replicas.publish({ kind: 'hint', queryId, siteId });
      return isAwaited || replicas.isWatched(nameOf(siteId, queryId));
    },
    listen(siteId, queryId, listener) {
      const end = local.listen(siteId, queryId, listener);
      replicas.join(nameOf(siteId, queryId), keptMs).catch(ignore);
      return () => {
        end();
        if (!local.isAwaited(siteId, queryId)) replicas.leave(nameOf(siteId, queryId)).catch(ignore);
      };
    },
    get listeners() {
      return local.listeners;
    },
  };
}

import type { ReplicaChannel } from '../store/replica-channel.ts';
import { hintKey, type LocalHints, type QueryHints } from './query-hints.ts';

/** Halo Cloud keeps no query for longer. */
const keptMs = 86_400_000;

/** Hints of all replicas: a webhook can reach another replica than the one that waits for its query. */
export function createReplicaHints(local: LocalHints, replicas: ReplicaChannel): QueryHints {
  const nameOf = (siteId: string, queryId: string): string => `query ${hintKey(siteId, queryId)}`;
  // Without Redis nobody else knows that this replica waits. It then looks at the query when it would anyway.
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

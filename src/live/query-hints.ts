/** Where the webhook receiver reports that a query has a new result. */
export interface WebhookEvents {
  /**
   * A query has a new result. This is a hint only: nothing is fetched before it returns, and a hint that is wrong changes
   * nothing. False: nobody waits for this query at this site.
   */
  onQueryCompleted(queryId: string, siteId: string): boolean | Promise<boolean>;
}

export interface QueryHints extends WebhookEvents {
  onQueryCompleted(queryId: string, siteId: string): boolean;
  /** Calls `listener` at each hint about this query of this site. Returns what ends it. */
  listen(siteId: string, queryId: string, listener: () => void): () => void;
  /** How many listen. */
  readonly listeners: number;
}

/** The hints of one process. Ids are compared without regard to case. */
export function createQueryHints(): QueryHints {
  const listeners = new Map<string, Set<() => void>>();
  let count = 0;
  return {
    onQueryCompleted(queryId, siteId) {
      const waiting = listeners.get(keyOf(siteId, queryId));
      for (const listener of [...(waiting ?? [])]) listener();
      return waiting !== undefined;
    },
    listen(siteId, queryId, listener) {
      const key = keyOf(siteId, queryId);
      const own = () => listener();
      const waiting = listeners.get(key) ?? new Set();
      listeners.set(key, waiting.add(own));
      count += 1;
      return () => {
        if (!waiting.delete(own)) return;
        count -= 1;
        if (waiting.size === 0 && listeners.get(key) === waiting) listeners.delete(key);
      };
    },
    get listeners() {
      return count;
    },
  };
}

const keyOf = (siteId: string, queryId: string): string => `${siteId} ${queryId}`.toLowerCase();

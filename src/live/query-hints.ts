/** Receives the hints of the webhook receiver: a query has a new result. */
export interface WebhookEvents {
  /**
   * Reports that a query has a new result. Nothing is fetched before it returns, and a wrong hint changes nothing.
   * False: no watch waits for this query at this site. Rejects if it is not known whether another replica waits for
   * it.
   */
  onQueryCompleted(queryId: string, siteId: string): boolean | Promise<boolean>;
}

export interface QueryHints extends WebhookEvents {
  /** Calls `listener` at each hint about this query of this site. Returns a function that ends it. */
  listen(siteId: string, queryId: string, listener: () => void): () => void;
  /** The number of listeners in this process. */
  readonly listeners: number;
}

/** The hints of one process. */
export interface LocalHints extends QueryHints {
  onQueryCompleted(queryId: string, siteId: string): boolean;
  /** Whether there is a listener for this query of this site. */
  isAwaited(siteId: string, queryId: string): boolean;
}

/** The case of ids is ignored. */
export function createQueryHints(): LocalHints {
  const listeners = new Map<string, Set<() => void>>();
  let count = 0;
  return {
    onQueryCompleted(queryId, siteId) {
      const waiting = listeners.get(hintKey(siteId, queryId));
      for (const listener of [...(waiting ?? [])]) listener();
      return waiting !== undefined;
    },
    listen(siteId, queryId, listener) {
      const key = hintKey(siteId, queryId);
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
    isAwaited: (siteId, queryId) => listeners.has(hintKey(siteId, queryId)),
    get listeners() {
      return count;
    },
  };
}

/** The name of a query of a site. The case of the ids is ignored. */
export const hintKey = (siteId: string, queryId: string): string => `${siteId} ${queryId}`.toLowerCase();

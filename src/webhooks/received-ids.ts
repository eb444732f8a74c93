import { LRUCache } from 'lru-cache';

/** Halo Cloud repeats a webhook for about 90 minutes (facts 4). */
export const keptMs = 2 * 3_600_000;
const maxIds = 100_000;

/** Remembers which webhooks were processed, by the id in their body. Rejects if the store is unavailable. */
export interface ReceivedIds {
  /** True for the first caller of an id. */
  claim(id: string): Promise<boolean>;
  /** Forgets an id that could not be processed, so that its repetition is. */
  release(id: string): Promise<void>;
}

/** In the memory of this process. With more ids than 100,000 in two hours, the oldest are forgotten. */
export function createMemoryIds(clock: () => number = Date.now): ReceivedIds {
  const ids = new LRUCache<string, true>({
    max: maxIds,
    ttl: keptMs,
    ttlResolution: 0,
    perf: { now: clock },
  });
  return {
    async claim(id) {
      if (ids.has(id)) return false;
      ids.set(id, true);
      return true;
    },
    async release(id) {
      ids.delete(id);
    },
  };
}

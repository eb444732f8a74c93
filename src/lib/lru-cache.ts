import { LRUCache } from 'lru-cache';

const one = () => 1;

/**
 * An LRU cache that uses memory for its entries only. With the option `max`, LRUCache allocates room for all of them at once: for
 * all caches of the server together this took 4 % of the start.
 * @param maxEntries the one that was not used for longest is dropped
 */
export function lruCache<K extends object | string, V extends object | string | number | true>(
  maxEntries: number,
  options: Pick<LRUCache.Options<K, V, unknown>, 'ttl' | 'ttlResolution' | 'updateAgeOnGet' | 'perf'> = {},
): LRUCache<K, V> {
  return new LRUCache<K, V>({ ...options, maxSize: maxEntries, sizeCalculation: one } as LRUCache.Options<
    K,
    V,
    unknown
  >);
}

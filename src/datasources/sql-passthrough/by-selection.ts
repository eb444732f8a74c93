import { LRUCache } from 'lru-cache';
import { selectionKey } from '../domain/merge-selections.ts';
import type { Selection } from '../domain/selection.ts';

/** Creates a value once for each distinct selection, because clients send the same few queries. */
export function bySelection<T extends object>(make: (fields: Selection) => T): (fields: Selection) => T {
  const known = new LRUCache<string, T>({ max: 500 });
  return (fields) => {
    const key = selectionKey(fields);
    let made = known.get(key);
    if (!made) {
      made = make(fields);
      known.set(key, made);
    }
    return made;
  };
}

import { LRUCache } from 'lru-cache';
import { selectionKey } from '../domain/merge-selections.ts';
import type { Selection } from '../domain/selection.ts';
import { type Codes, perCodes } from './codes.ts';

/** Creates a value once for each distinct selection and practice's codes, because clients send the same few queries. */
export function bySelection<T extends object>(
  make: (fields: Selection, codes: Codes) => T,
): (fields: Selection, codes: Codes) => T {
  const memories = perCodes(() => new LRUCache<string, T>({ max: 500 }));
  return (fields, codes) => {
    const known = memories(codes);
    const key = selectionKey(fields);
    let made = known.get(key);
    if (!made) {
      made = make(fields, codes);
      known.set(key, made);
    }
    return made;
  };
}

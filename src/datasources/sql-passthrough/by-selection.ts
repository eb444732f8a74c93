import { LRUCache } from 'lru-cache';
import { selectionKey } from '../domain/merge-selections.ts';
import type { Selection } from '../domain/selection.ts';
import { type Codes, perCodes } from './codes.ts';

/**
 * Creates a value once for each distinct selection, practice's codes and kind, because clients send the same few operations.
 * The kind is a short text.
 */
export function bySelection<T extends object>(
  make: (fields: Selection, codes: Codes, kind: string) => T,
): (fields: Selection, codes: Codes, kind?: string) => T {
  const memories = perCodes(() => new LRUCache<string, T>({ max: 500 }));
  return (fields, codes, kind = '') => {
    const known = memories(codes);
    const selected = selectionKey(fields);
    const key = kind === '' ? selected : `${kind} ${selected}`;
    let made = known.get(key);
    if (!made) {
      made = make(fields, codes, kind);
      known.set(key, made);
    }
    return made;
  };
}

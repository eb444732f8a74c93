import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** A parsed document takes up to 250 bytes for each of its characters: 60 MB in all. */
const mostCharacters = 250_000;

/** Documents that were read before: as many as fit. What could not be read is not kept, as nobody asks it twice in earnest. */
export function documentCache() {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: mostCharacters,
    maxEntrySize: mostCharacters / 10,
    sizeCalculation: (_, text) => text.length || 1,
  });
  return {
    documentCache: documents,
    errorCache: { get: () => undefined, set: () => {} },
  };
}

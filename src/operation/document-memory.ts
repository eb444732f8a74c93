/**
 * A cache of documents with a limit in bytes: syntax trees, validation results, compiled operations with their variants,
 * prices. The entry of a document holds all of these, and eviction removes them together.
 */
import { LRUCache } from 'lru-cache';

/** Limit for all documents: enough for hundreds of compiled operations of a front end. */
const maxBytes = 64_000_000;
/** Limit for one document. A larger one is not cached. */
const maxBytesPerDocument = 8_000_000;

export interface DocumentMemory<Known> {
  get(text: string): Known | undefined;
  /** @param bytes the current size of `known` */
  set(text: string, known: Known, bytes: number): void;
  /** Adds bytes to the entry of this text. An evicted entry cannot grow. */
  take(text: string, known: Known, bytes: number): boolean;
  /** The size of the cache. */
  readonly size: number;
}

export function createDocumentMemory<Known extends object>(): DocumentMemory<Known> {
  const sizes = new WeakMap<Known, number>();
  const documents = new LRUCache<string, Known>({
    maxSize: maxBytes,
    maxEntrySize: maxBytesPerDocument,
    sizeCalculation: (known) => sizes.get(known) ?? 1,
  });
  return {
    get: (text) => documents.get(text),
    set(text, known, bytes) {
      sizes.set(known, bytes);
      documents.set(text, known);
    },
    take(text, known, bytes) {
      const after = (sizes.get(known) ?? 0) + bytes;
      if (after > maxBytesPerDocument || documents.peek(text) !== known) return false;
      sizes.set(known, after);
      // lru-cache calculates the size only for a new key.
      documents.delete(text);
      documents.set(text, known);
      return true;
    },
    get size() {
      return documents.calculatedSize;
    },
  };
}

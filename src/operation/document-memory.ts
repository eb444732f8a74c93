/**
 * Everything that is remembered of documents, bounded in bytes: syntax trees, validation results, compiled operations with
 * their variants, prices. All of it hangs on its document and is forgotten with it.
 */
import { LRUCache } from 'lru-cache';

/** Of all documents together: a front end's hundreds of operations, compiled. */
const maxBytes = 64_000_000;
/** Of one document. A longer one is read anew each time. */
const maxBytesPerDocument = 8_000_000;

export interface DocumentMemory<Known> {
  get(text: string): Known | undefined;
  /** @param bytes what `known` takes so far */
  set(text: string, known: Known, bytes: number): void;
  /** Takes more bytes for what this text is known by. What is not remembered any more has no room. */
  take(text: string, known: Known, bytes: number): boolean;
  /** Bytes of all. */
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
      // Only a key that is new has its size calculated.
      documents.delete(text);
      documents.set(text, known);
      return true;
    },
    get size() {
      return documents.calculatedSize;
    },
  };
}

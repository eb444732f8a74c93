import { LRUCache } from 'lru-cache';
import { lruCache } from '../../../lib/lru-cache.ts';

const maxAnswers = 10_000;
/** Of all answers together. */
const maxCharacters = 32_000_000;
/** Of one answer. The user list of a large practice has about 20,000 characters. */
const maxAnswerCharacters = 500_000;
const maxSites = 10_000;

export interface Remembered<T> {
  readonly value: T;
  readonly ageSeconds: number;
}

/**
 * The answers of sites to queries for reference data, by Halo GUID and question. All operations of this process share them.
 * The memory holds the values as they arrived. It holds no failures and nothing that belongs to one operation. Callers must
 * not change a value, because they share it.
 */
export interface ReferenceMemory {
  /** Undefined when there is no answer, or when it is too old. */
  recall<T>(haloGuid: string, question: string): Remembered<T> | undefined;
  /** Loads the answer. Stores it when `keep` returns true after that. */
  read<T>(haloGuid: string, question: string, load: () => Promise<T>, keep: () => boolean): Promise<T>;
  /** Drops the answers of a site, and those that are still loading. Call it after a change at the site, or after a 403. */
  forget(haloGuid: string): void;
}

/** The period between two calls of `forget` for one site. */
interface Era {
  /** Questions whose answers are being loaded. */
  readonly inFlight: Map<string, { readonly since: number; readers: number }>;
}

/** @param options.seconds the maximum age of an answer. @param options.clock in milliseconds since 1970. */
export function createReferenceMemory(options: {
  readonly seconds: number;
  readonly clock: () => number;
}): ReferenceMemory {
  const { clock } = options;
  const oldestMs = options.seconds * 1000;
  const answers = new LRUCache<
    string,
    { readonly value: object; readonly sentAt: number; readonly era: Era }
  >({
    max: maxAnswers,
    maxSize: maxCharacters,
    maxEntrySize: maxAnswerCharacters,
    sizeCalculation: ({ value }, key) => key.length + JSON.stringify(value).length,
  });
  const eras = lruCache<string, Era>(maxSites);
  const keyOf = (haloGuid: string, question: string) => `${haloGuid} ${question}`;

  function eraOf(haloGuid: string): Era {
    const known = eras.get(haloGuid);
    if (known) return known;
    const era: Era = { inFlight: new Map() };
    eras.set(haloGuid, era);
    return era;
  }

  return {
    recall<T>(haloGuid: string, question: string) {
      const known = answers.get(keyOf(haloGuid, question));
      if (!known || known.era !== eras.get(haloGuid)) return undefined;
      const ageMs = clock() - known.sentAt;
      // A negative age means that the clock was set back.
      if (ageMs < 0 || ageMs >= oldestMs) return undefined;
      return { value: known.value as T, ageSeconds: Math.floor(ageMs / 1000) };
    },
    async read<T>(haloGuid: string, question: string, load: () => Promise<T>, keep: () => boolean) {
      const era = eraOf(haloGuid);
      // A reader that joins a call in flight gets an answer as old as that call.
      const call = era.inFlight.get(question) ?? { since: clock(), readers: 0 };
      era.inFlight.set(question, call);
      call.readers += 1;
      try {
        const value = await load();
        if (keep()) {
          answers.set(keyOf(haloGuid, question), { value: value as object, sentAt: call.since, era });
        }
        return value;
      } finally {
        call.readers -= 1;
        if (call.readers === 0) era.inFlight.delete(question);
      }
    },
    forget(haloGuid) {
      eras.delete(haloGuid);
    },
  };
}

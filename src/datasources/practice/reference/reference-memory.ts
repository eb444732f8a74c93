import { LRUCache } from 'lru-cache';

/** Answers kept, and characters of all of them and of a single one: a user list of a large practice has some 20,000. */
const maxAnswers = 10_000;
const maxCharacters = 32_000_000;
const longestAnswer = 500_000;
const maxSites = 10_000;

export interface Remembered<T> {
  readonly value: T;
  readonly ageSeconds: number;
}

/**
 * What sites answered when they were asked for reference data: as it came, by Halo GUID and question, for all operations of
 * this process. Values only: no failure, and nothing that hangs on the operation that asked. What is kept is shared, so
 * nobody may change it.
 */
export interface ReferenceMemory {
  /** Undefined: nothing is known, or what is known has reached the stated age. */
  recall<T>(haloGuid: string, question: string): Remembered<T> | undefined;
  /** Asks, and keeps the answer where `keep` then still holds. */
  read<T>(haloGuid: string, question: string, ask: () => Promise<T>, keep: () => boolean): Promise<T>;
  /** Something was changed at the site, or it may not answer any more: what is known of it is history, and so is what is being asked. */
  forget(haloGuid: string): void;
}

/** What is known of a site from one forgetting to the next. */
interface Era {
  readonly asking: Map<string, { readonly since: number; readers: number }>;
}

/** @param options.seconds how old an answer may become. @param options.clock in milliseconds since 1970. */
export function createReferenceMemory(options: {
  readonly seconds: number;
  readonly clock: () => number;
}): ReferenceMemory {
  const { clock } = options;
  const oldestMs = options.seconds * 1000;
  const answers = new LRUCache<
    string,
    { readonly value: object; readonly askedAt: number; readonly era: Era }
  >({
    max: maxAnswers,
    maxSize: maxCharacters,
    maxEntrySize: longestAnswer,
    sizeCalculation: ({ value }, key) => key.length + JSON.stringify(value).length,
  });
  const eras = new LRUCache<string, Era>({ max: maxSites });
  const keyOf = (haloGuid: string, question: string) => `${haloGuid} ${question}`;

  function eraOf(haloGuid: string): Era {
    const known = eras.get(haloGuid);
    if (known) return known;
    const era: Era = { asking: new Map() };
    eras.set(haloGuid, era);
    return era;
  }

  return {
    recall<T>(haloGuid: string, question: string) {
      const known = answers.get(keyOf(haloGuid, question));
      if (!known || known.era !== eras.get(haloGuid)) return undefined;
      const ageMs = clock() - known.askedAt;
      // A clock that was set back does not tell an age.
      if (ageMs < 0 || ageMs >= oldestMs) return undefined;
      return { value: known.value as T, ageSeconds: Math.floor(ageMs / 1000) };
    },
    async read<T>(haloGuid: string, question: string, ask: () => Promise<T>, keep: () => boolean) {
      const era = eraOf(haloGuid);
      // Who joins a call on its way gets an answer that is as old as that call.
      const asking = era.asking.get(question) ?? { since: clock(), readers: 0 };
      era.asking.set(question, asking);
      asking.readers += 1;
      try {
        const value = await ask();
        if (keep()) {
          answers.set(keyOf(haloGuid, question), { value: value as object, askedAt: asking.since, era });
        }
        return value;
      } finally {
        asking.readers -= 1;
        if (asking.readers === 0) era.asking.delete(question);
      }
    },
    forget(haloGuid) {
      eras.delete(haloGuid);
    },
  };
}

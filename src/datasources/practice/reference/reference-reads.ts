import type { ReferenceKind } from '../../halo-cloud/practice-connection.ts';
import type { CostAccount } from '../../halo-cloud/transport/cost-account.ts';
import type { ReferenceMemory } from './reference-memory.ts';

export interface ReferenceReadsOptions {
  readonly memory: ReferenceMemory;
  readonly cost: Pick<CostAccount, 'recalled'>;
  /** Whether a stored answer may be used. Called before each read. */
  readonly recalls: () => boolean;
  /** False when an injected fault invents answers: then nothing is stored, and no stored answer is used. */
  readonly keeps: boolean;
}

/**
 * The reference data that one operation reads. It is loaded from the practice once in the configured time. An adapter marks
 * which data that is. This belongs to the connection and not to the port, so that one stored answer saves one upstream call
 * of either source. Every operation still interprets the answer itself: time zones, what is valid today, notices, what a
 * source cannot answer.
 *
 * Answers are stored by Halo GUID. A practice that has moved is another site and starts without stored answers. Every write,
 * except to appointments and patients, drops the answers of the site, even when the write fails. So does a 403, through the
 * sites directory.
 */
export class ReferenceReads {
  readonly #options: ReferenceReadsOptions;

  constructor(options: ReferenceReadsOptions) {
    this.#options = options;
  }

  /** @param practice its `haloGuid` changes when the practice has moved */
  async read<T>(
    practice: { readonly haloGuid: string },
    what: ReferenceKind,
    question: readonly unknown[],
    load: () => Promise<T>,
  ): Promise<T> {
    const { memory, cost, recalls, keeps } = this.#options;
    if (!keeps) return load();
    const { haloGuid } = practice;
    const text = JSON.stringify([what, ...question]);
    const known = recalls() ? memory.recall<T>(haloGuid, text) : undefined;
    if (known) {
      cost.recalled({ haloGuid, what, ageSeconds: known.ageSeconds });
      return known.value;
    }
    // The GUID differs when the practice moved during the call. Then the answer came from the other site.
    return memory.read(haloGuid, text, load, () => practice.haloGuid === haloGuid);
  }

  /** Drops the stored answers of a site when the change has ended. */
  async forgetAfter<T>(haloGuid: string, change: Promise<T>): Promise<T> {
    try {
      return await change;
    } finally {
      this.#options.memory.forget(haloGuid);
    }
  }
}

import type { Faults } from '../faults.ts';
import type { AsyncQuery } from './async-query.ts';

// Rests on assumption S22.

const none: Faults = new Set();
const unfinished: ReadonlySet<string> = new Set(['initialising', 'queued', 'executing', 'uploading']);
const forgottenAfterMs = 48 * 3_600_000;

/** The async queries of one Halo GUID. */
export class AsyncQueries {
  readonly #queries = new Map<string, AsyncQuery>();
  readonly #waiting = new Set<AsyncQuery>();
  readonly #unfinished = new Set<AsyncQuery>();
  readonly #onResult: (queryId: string) => void;

  /** @param onResult called when a query becomes successful */
  constructor(onResult: (queryId: string) => void) {
    this.#onResult = onResult;
  }

  add(query: AsyncQuery): void {
    this.#queries.set(query.identity.id, query);
    if (query.due !== null) this.#waiting.add(query);
    this.#unfinished.add(query);
  }

  find(id: string): AsyncQuery | undefined {
    return this.#queries.get(id);
  }

  /** Runs due queries in the order of their time. Removes results that can no longer be requested. */
  settle(now: number): void {
    const due = [...this.#waiting].filter((query) => (query.due ?? 0) <= now);
    due.sort((a, b) => (a.due ?? 0) - (b.due ?? 0));
    for (const query of due) {
      this.#waiting.delete(query);
      if (query.due !== null) query.run();
    }
    for (const query of this.#unfinished) {
      const { status } = query.progress(now, none).current;
      if (unfinished.has(status)) continue;
      this.#unfinished.delete(query);
      if (status === 'successful') this.#onResult(query.identity.id);
    }
    for (const [id, { identity }] of this.#queries) {
      if (now - Date.parse(identity.createdAt) < forgottenAfterMs) return;
      this.#queries.delete(id);
    }
  }
}

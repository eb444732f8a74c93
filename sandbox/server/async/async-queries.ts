import type { AsyncQuery } from './async-query.ts';

// Rests on assumption S22.

const forgottenAfterMs = 48 * 3_600_000;

/** The async queries of one Halo GUID. */
export class AsyncQueries {
  readonly #queries = new Map<string, AsyncQuery>();
  readonly #waiting = new Set<AsyncQuery>();

  add(query: AsyncQuery): void {
    this.#queries.set(query.identity.id, query);
    if (query.due !== null) this.#waiting.add(query);
  }

  find(id: string): AsyncQuery | undefined {
    return this.#queries.get(id);
  }

  /** Runs what is due, in the order in which it fell due, and forgets what nobody can ask for any more. */
  settle(now: number): void {
    const due = [...this.#waiting].filter((query) => (query.due ?? 0) <= now);
    due.sort((a, b) => (a.due ?? 0) - (b.due ?? 0));
    for (const query of due) {
      this.#waiting.delete(query);
      if (query.due !== null) query.run();
    }
    for (const [id, { identity }] of this.#queries) {
      if (now - Date.parse(identity.createdAt) < forgottenAfterMs) return;
      this.#queries.delete(id);
    }
  }
}

import type { RegisteredQuery } from './registered-query.ts';

/** The registered queries of one Halo GUID. */
export class RegisteredQueries {
  readonly #queries = new Map<string, RegisteredQuery>();
  readonly #onResult: (queryId: string) => void;

  /** @param onResult called for each result that differs from the one before */
  constructor(onResult: (queryId: string) => void) {
    this.#onResult = onResult;
  }

  add(query: RegisteredQuery): void {
    this.#queries.set(query.identity.id, query);
  }

  find(id: string): RegisteredQuery | undefined {
    return this.#queries.get(id);
  }

  /** In the order in which they were registered. */
  all(): readonly RegisteredQuery[] {
    return [...this.#queries.values()];
  }

  settle(now: number): void {
    for (const query of this.#queries.values()) {
      const { result } = query.record;
      query.settle(now);
      if (query.record.result !== result) this.#onResult(query.identity.id);
    }
  }
}

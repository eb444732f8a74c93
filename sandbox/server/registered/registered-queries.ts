import type { RegisteredQuery } from './registered-query.ts';

/** The registered queries of one Halo GUID. */
export class RegisteredQueries {
  readonly #queries = new Map<string, RegisteredQuery>();

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
    for (const query of this.#queries.values()) query.settle(now);
  }
}

/** An immediate query for `GET .../queries/{queryId}`, without its result: the response to the query had it. */
type KnownImmediate = Readonly<Record<string, unknown>> & { readonly id: string };

const maxKept = 1000;

/** A site's latest immediate queries. */
export class KnownImmediates {
  readonly #queries = new Map<string, KnownImmediate>();

  keep(query: KnownImmediate): void {
    this.#queries.set(query.id, query);
    if (this.#queries.size <= maxKept) return;
    const [oldest] = this.#queries.keys();
    if (oldest !== undefined) this.#queries.delete(oldest);
  }

  find(id: string): KnownImmediate | undefined {
    return this.#queries.get(id);
  }
}

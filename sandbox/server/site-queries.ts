import { AsyncQueries } from './async/async-queries.ts';
import { KnownImmediates } from './known-immediates.ts';
import { RegisteredQueries } from './registered/registered-queries.ts';
import type { CompletedQuery } from './webhooks/webhooks.ts';

/** Halo Cloud's record of the queries of one Halo GUID. */
export interface SiteQueries {
  readonly immediate: KnownImmediates;
  readonly async: AsyncQueries;
  readonly registered: RegisteredQueries;
}

/** The queries of every Halo GUID. */
export class QueryStore {
  readonly #sites = new Map<string, SiteQueries>();
  readonly #onResult: (completed: CompletedQuery) => void;

  constructor(onResult: (completed: CompletedQuery) => void) {
    this.#onResult = onResult;
  }

  of(guid: string): SiteQueries {
    const known = this.#sites.get(guid);
    if (known) return known;
    const notify = (webhookSource: CompletedQuery['webhookSource']) => (queryId: string) =>
      this.#onResult({ siteId: guid, queryId, webhookSource });
    const queries = {
      immediate: new KnownImmediates(),
      async: new AsyncQueries(notify('async')),
      registered: new RegisteredQueries(notify('registered')),
    };
    this.#sites.set(guid, queries);
    return queries;
  }

  /** Runs the due queries of the practices, so that the next reader finds them executed. */
  settle(now: number): void {
    for (const { async, registered } of this.#sites.values()) {
      async.settle(now);
      registered.settle(now);
    }
  }
}

import type { GraphContext } from '../../context.ts';
import type { SqlQueryRecord, SqlQueryStatus } from '../../datasources/halo-cloud/sql/site-sql.ts';
import { HaloError, NotFound } from '../../errors.ts';
import type { LiveBooks } from '../../live/live-books.ts';
import { InputCheck } from '../check-input.ts';
import type { SqlQuery } from '../entities.ts';
import { FailedEvent } from '../failed-source.ts';
import { openSqlSite, readPlace, type SiteRef, type SqlPlace } from './sql-place.ts';

export interface SqlQueryArgs {
  readonly site: SiteRef;
  readonly id: string;
}

/** Seconds between two checks of the status. They grow as the query takes longer. */
const firstSeconds = 1;
const maxSeconds = 10;
/** Number of consecutive failed checks that ends the subscription. */
const maxFailures = 5;

const unfinished: ReadonlySet<SqlQueryStatus> = new Set(['INITIALISING', 'QUEUED', 'EXECUTING', 'UPLOADING']);

type Result = IteratorResult<SqlQueryRecord | FailedEvent, undefined>;
const done: Result = { done: true, value: undefined };

/** `Subscription.sqlQuery`: the query at each change of its status. Throws NotFound and the errors of the site. */
export async function watchSqlQuery(
  { site, id }: SqlQueryArgs,
  context: GraphContext,
): Promise<AsyncIterable<SqlQueryRecord | FailedEvent>> {
  const check = new InputCheck();
  const place = readPlace(check, ['site'], site);
  const queryId = check.uuid(['id'], id);
  check.done();
  const { sqlSite } = await openSqlSite(place, context);
  const first = await sqlSite.query(queryId);
  if (!first) throw new NotFound({ message: 'The site has no such query.' });
  return new QueryEvents(first, sqlSite.haloGuid, () => lookAgain(place, queryId, context), context.live);
}

/** `Subscription.sqlQuery`: one event. */
export async function sqlQueryEvent(
  event: SqlQueryRecord | FailedEvent,
  { site }: SqlQueryArgs,
  context: GraphContext,
): Promise<SqlQuery> {
  if (event instanceof FailedEvent) throw event.error;
  const { sqlSite } = await openSqlSite(readPlace(new InputCheck(), ['site'], site), context);
  return { kind: 'SqlQuery', sqlSite, data: event };
}

/** In a new context, because the context of the subscription has ended. */
async function lookAgain(place: SqlPlace, queryId: string, context: GraphContext): Promise<SqlQueryRecord> {
  const again = context.again();
  try {
    const { sqlSite } = await openSqlSite(place, again);
    const found = await sqlSite.query(queryId);
    if (!found) throw new NotFound({ message: 'The site has no such query.' });
    return found;
  } finally {
    again.close();
  }
}

class QueryEvents implements AsyncIterableIterator<SqlQueryRecord | FailedEvent, undefined> {
  readonly #look: () => Promise<SqlQueryRecord>;
  readonly #live: Pick<LiveBooks, 'timers'>;
  readonly #stopHints: () => void;
  #known: SqlQueryRecord;
  #pending: SqlQueryRecord | FailedEvent | null;
  #waiting: ((result: Result) => void) | null = null;
  #cancelTimer: () => void = () => {};
  #seconds = firstSeconds;
  #failures = 0;
  #looking = false;
  #ended = false;

  constructor(
    first: SqlQueryRecord,
    haloGuid: string,
    look: () => Promise<SqlQueryRecord>,
    live: Pick<LiveBooks, 'timers' | 'hints'>,
  ) {
    this.#known = first;
    this.#pending = first;
    this.#look = look;
    this.#live = live;
    this.#stopHints = live.hints.listen(haloGuid, first.queryId, () => void this.#lookNow());
    this.#plan();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    const event = this.#pending;
    this.#pending = null;
    if (event) return Promise.resolve({ done: false, value: event });
    if (this.#ended) return Promise.resolve(done);
    if (!unfinished.has(this.#known.status)) return this.return();
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  return(): Promise<Result> {
    this.#end();
    this.#pending = null;
    this.#waiting?.(done);
    this.#waiting = null;
    return Promise.resolve(done);
  }

  #end(): void {
    this.#ended = true;
    this.#cancelTimer();
    this.#stopHints();
  }

  #plan(): void {
    this.#cancelTimer();
    if (this.#ended || !unfinished.has(this.#known.status)) return;
    this.#cancelTimer = this.#live.timers.after(this.#seconds * 1000, () => void this.#lookNow());
    this.#seconds = Math.min(maxSeconds, this.#seconds * 1.5);
  }

  /** Never rejects. */
  async #lookNow(): Promise<void> {
    if (this.#looking || this.#ended) return;
    this.#looking = true;
    try {
      const found = await this.#look();
      this.#failures = 0;
      if (found.status !== this.#known.status) this.#offer(found);
      this.#known = found;
    } catch (error) {
      this.#failures += 1;
      const failure = error instanceof HaloError ? error : null;
      if (!failure) throw error;
      if (!failure.retryable || this.#failures >= maxFailures) {
        this.#offer(new FailedEvent(failure));
        this.#end();
      }
    } finally {
      this.#looking = false;
    }
    this.#plan();
  }

  /** A slow reader gets only the newest event. */
  #offer(event: SqlQueryRecord | FailedEvent): void {
    if (this.#ended) return;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) waiting({ done: false, value: event });
    else this.#pending = event;
  }
}

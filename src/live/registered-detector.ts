import { createHash } from 'node:crypto';
import type { CodeOverrides } from '../datasources/domain/code-overrides.ts';
import type { SelectStatement } from '../datasources/halo-cloud/practice-connection.ts';
import type {
  RegisteredSqlQueryRecord,
  SqlFailure,
  SqlSite,
} from '../datasources/halo-cloud/sql/site-sql.ts';
import { appointmentRows } from '../datasources/sql-passthrough/appointments.ts';
import { type HaloError, NotFound, PmsError, SiteUnavailable, UpstreamFailed } from '../errors.ts';
import type { Log } from '../log.ts';
import type { BookReader } from './book-reader.ts';
import { type BookRange, type BookRow, bookRow, detectedFields } from './book-row.ts';
import type { Detector } from './detector.ts';
import { cancelQuery, logNotCancelled, type OrphanQueries } from './orphan-queries.ts';
import type { QueryHints } from './query-hints.ts';
import type { Timers } from './timers.ts';

// Rests on assumption H35.

/** Halo Cloud runs a registered query at most once a minute, and at most for a day. */
const frequencySeconds = 60;
const durationSeconds = 86_400;
/** A query is replaced this long before it ends. */
const renewalMs = 30 * 60_000;
/** A run may be late by this time. After that, the silence counts as a failure. */
const lateMs = 30_000;

export interface RegisteredDetectorOptions {
  readonly reader: BookReader;
  readonly range: BookRange;
  readonly orphans: OrphanQueries;
  readonly statusSeconds: number;
  readonly readSeconds: number;
  readonly hints: QueryHints;
  readonly onHint: () => void;
  /** Whether the book of this query is watched. Other queries of this deployment are cancelled. */
  readonly isWatched: (bookName: string) => boolean | Promise<boolean>;
  readonly timers: Timers;
  readonly log: Log;
}

interface Registration {
  readonly queryId: string;
  readonly haloGuid: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  readonly stopHints: () => void;
}

/** The part of a query's name that identifies the book. */
export const bookName = ({ from, to }: BookRange): string => `${from}..${to}`;

/**
 * A registered query of Halo Cloud runs at the practice every minute. Its result is read when it changes. Only the
 * registration is charged.
 */
export class RegisteredDetector implements Detector {
  readonly intervalSeconds: number;
  readonly maxLagSeconds: number;
  readonly #options: RegisteredDetectorOptions;
  /** Created with the detector, because the text contains the practice's own codes. */
  #query: { readonly name: string; readonly statement: SelectStatement } | null = null;
  #registration: Registration | null = null;
  #seenHash: string | null = null;
  /** The latest known run, and when it was first seen. */
  #lastRun: string | null = null;
  #progressAt = 0;
  /** A failed run causes one gap. */
  #knownFailure: string | null = null;
  #stopped = false;
  /** Ends with the latest start. */
  #starting: Promise<void> = Promise.resolve();
  /** Successful runs whose result is returned even if it is the same as the last one. */
  #runsToCompare = 0;
  /** Whether no check was made since the latest write. The next run that is seen may be older than the write. */
  #isWriteNew = false;

  constructor(options: RegisteredDetectorOptions) {
    const { statusSeconds, readSeconds } = options;
    this.#options = options;
    this.intervalSeconds = statusSeconds;
    this.maxLagSeconds = frequencySeconds + statusSeconds + 2 * readSeconds;
  }

  start(): Promise<void> {
    this.#stopped = false;
    const start = this.#start();
    this.#starting = start.catch(() => {});
    return start;
  }

  async #start(): Promise<void> {
    const { reader, orphans, range, isWatched, timers } = this.#options;
    await reader.run(async ({ sqlSite, codeOverrides }) => {
      const now = timers.now();
      const query = this.#queryWith(codeOverrides);
      const listed = await sqlSite.registeredQueries();
      const own = listed.filter(
        ({ name, status }) => name.startsWith(orphans.prefix) && status === 'ENABLED',
      );
      const known = own.find(
        ({ name, ...each }) => name === query.name && endOf(each, now) - now > renewalMs,
      );
      const previous = this.#registration;
      if (known) this.#adopt(sqlSite, known.queryId, endOf(known, now));
      else this.#adopt(sqlSite, await this.#register(sqlSite), now + durationSeconds * 1000);
      this.#knownFailure = known?.lastFailedAt ?? null;
      this.#lastRun = null;
      this.#seenHash = null;
      this.#progressAt = now;
      const rest = own.filter(({ queryId }) => queryId !== this.#registration?.queryId);
      // Other queries of the same book are earlier ones of this deployment.
      const ofBook = bookName(range);
      await orphans.cancel(sqlSite, rest, (book) => book !== ofBook && isWatched(book));
      if (
        previous &&
        previous.haloGuid === sqlSite.haloGuid &&
        previous.queryId !== this.#registration?.queryId
      ) {
        await this.#cancel(sqlSite, previous.queryId);
      }
    });
  }

  #queryWith(overrides: CodeOverrides | undefined) {
    if (this.#query) return this.#query;
    const { range, orphans } = this.#options;
    const rows = appointmentRows({ ...range, fields: detectedFields }, overrides);
    if (!rows) throw new Error('A range of dates has a statement.');
    const version = createHash('sha256').update(rows.statement.text).digest('hex').slice(0, 8);
    this.#query = { name: `${orphans.prefix}${bookName(range)}/${version}`, statement: rows.statement };
    return this.#query;
  }

  async detect(): Promise<ReadonlyMap<string, BookRow> | null> {
    const { reader, timers } = this.#options;
    return reader.run(async (connection) => {
      const registration = this.#registration;
      if (!registration) throw new UpstreamFailed(null, { detail: 'the registered query is not known' });
      const { sqlSite } = connection;
      if (sqlSite.haloGuid !== registration.haloGuid) throw movedAway();
      const query = await sqlSite.registeredQuery(registration.queryId).catch((error: unknown) => {
        throw error instanceof NotFound ? lapsed('unknown to Halo Cloud') : error;
      });
      if (query.status !== 'ENABLED') throw lapsed(query.status);
      const now = timers.now();
      if (query.lastSucceededAt !== this.#lastRun) {
        this.#lastRun = query.lastSucceededAt;
        this.#progressAt = now;
        if (this.#runsToCompare > 0 && !this.#isWriteNew) {
          this.#seenHash = null;
          this.#runsToCompare -= 1;
        }
      }
      this.#isWriteNew = false;
      this.#checkRuns(query, now);
      if (registration.endsAt - now < renewalMs) await this.#renew(sqlSite, registration, now);
      if (query.lastSucceededAt === null || (query.lastHash !== null && query.lastHash === this.#seenHash))
        return null;
      const { rows } = await sqlSite.registeredResult(registration.queryId);
      this.#seenHash = query.lastHash;
      const { range } = this.#options;
      const found =
        appointmentRows({ ...range, fields: detectedFields }, connection.codeOverrides)?.read(
          connection,
          rows ?? [],
        ) ?? [];
      return new Map(found.map((appointment) => [appointment.pmsId, bookRow(appointment)]));
    });
  }

  /**
   * If the front desk cancels a booking before the next run, that run has the same result as the one before it. So the
   * results of the next two runs are compared with the book, even if they are unchanged. They are two, because the run in
   * progress may have begun before the booking.
   */
  bookChanged(): void {
    this.#runsToCompare = 2;
    this.#isWriteNew = true;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#starting;
    // It was started again meanwhile.
    if (!this.#stopped) return;
    const registration = this.#registration;
    this.#registration = null;
    if (!registration) return;
    registration.stopHints();
    try {
      await this.#options.reader.run(async ({ sqlSite }) => {
        if (sqlSite.haloGuid === registration.haloGuid) await sqlSite.cancelRegistered(registration.queryId);
      });
    } catch (error) {
      logNotCancelled(registration.queryId, error, this.#options.log);
    }
  }

  abandon(): void {
    this.#registration?.stopHints();
    this.#registration = null;
  }

  async cancelLeft(): Promise<void> {
    const { reader, orphans, range, log } = this.#options;
    try {
      await reader.run(async ({ sqlSite, codeOverrides }) => {
        const query = this.#queryWith(codeOverrides);
        const listed = await sqlSite.registeredQueries();
        const left = listed.filter(({ name, status }) => name === query.name && status === 'ENABLED');
        for (const { queryId } of left) await this.#cancel(sqlSite, queryId);
      });
    } catch (error) {
      logNotCancelled(`${orphans.prefix}${bookName(range)}`, error, log);
    }
  }

  /** Throws if the latest run failed, or if there was none for too long. */
  #checkRuns({ lastFailedAt, lastSucceededAt, lastError }: RegisteredSqlQueryRecord, now: number): void {
    const isNew = lastFailedAt !== null && lastFailedAt !== this.#knownFailure;
    if (isNew && (lastSucceededAt === null || Date.parse(lastFailedAt) > Date.parse(lastSucceededAt))) {
      this.#knownFailure = lastFailedAt;
      throw failureOf(lastError);
    }
    if (now - this.#progressAt > frequencySeconds * 1000 + lateMs) {
      this.#progressAt = now;
      throw new SiteUnavailable({}, { detail: 'a registered query does not run as often as it should' });
    }
  }

  async #register(sqlSite: SqlSite): Promise<string> {
    if (!this.#query) throw new Error('A detector registers its query once it has started.');
    const { text, parameters } = this.#query.statement;
    const queryId = await sqlSite.register({
      name: this.#query.name,
      frequencySeconds,
      durationSeconds,
      command: {
        text,
        type: 'text',
        executionMode: 'reader',
        parameters: parameters.map(({ name, type, value, size = null }) => ({
          name,
          type,
          value,
          size,
          direction: 'input',
        })),
      },
    });
    this.#options.orphans.registered(queryId);
    return queryId;
  }

  #adopt({ haloGuid }: SqlSite, queryId: string, endsAt: number): void {
    const { hints, onHint } = this.#options;
    this.#registration?.stopHints();
    this.#registration = { queryId, haloGuid, endsAt, stopHints: hints.listen(haloGuid, queryId, onHint) };
  }

  /** The new query starts before the old one ends. */
  async #renew(sqlSite: SqlSite, { queryId }: Registration, now: number): Promise<void> {
    this.#adopt(sqlSite, await this.#register(sqlSite), now + durationSeconds * 1000);
    this.#seenHash = null;
    await this.#cancel(sqlSite, queryId);
  }

  async #cancel(sqlSite: SqlSite, queryId: string): Promise<void> {
    await cancelQuery(sqlSite, queryId, this.#options.log);
  }
}

/** Milliseconds since 1970. */
function endOf(
  { createdAt, durationSeconds: seconds }: Omit<RegisteredSqlQueryRecord, 'name'>,
  now: number,
): number {
  return createdAt === null ? now : Date.parse(createdAt) + seconds * 1000;
}

const lapsed = (detail: string): HaloError =>
  new UpstreamFailed(null, { detail: `the registered query has ended: ${detail}`, retryable: true });

const movedAway = (): HaloError =>
  new UpstreamFailed(null, { detail: 'the practice is at another site than its registered query' });

function failureOf(error: SqlFailure | null): HaloError {
  const detail = 'a run of the registered query failed';
  if (error === null) return new UpstreamFailed(null, { detail });
  const { errorType, errorCode } = error;
  if (errorType === 'http' && (errorCode === 503 || errorCode === 504))
    return new SiteUnavailable({}, { detail });
  return new PmsError(errorType, errorCode, { detail });
}

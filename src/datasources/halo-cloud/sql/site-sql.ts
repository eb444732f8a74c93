/**
 * SQL Passthrough as it is: any SQL that the database of one site accepts, in the three modes of Halo Cloud, for every PMS.
 * Implemented in `halo-cloud/queries/`. SQL is SQL: nothing here is replayed on another Halo GUID, nor shared between
 * operations; a 403 is AuthoritativeServerChanged (or what else it turns out to be).
 */

import type { SqlRow } from '../../../engine/rows/sql-row.ts';
import type { Instant } from '../../../time/types.ts';

export type SqlParameterDirection = 'input' | 'output' | 'inputOutput' | 'returnValue';

export interface SqlCommandParameter {
  /** With the at sign. */
  readonly name: string;
  /** A SQL Server type as Halo Cloud lists them; null: left to Halo Cloud. */
  readonly type: string | null;
  readonly direction: SqlParameterDirection;
  readonly value: string | null;
  /** Bytes, for what comes out. */
  readonly size: number | null;
}

export interface SqlCommand {
  /** SQL, or the name of a stored procedure. */
  readonly text: string;
  readonly type: 'text' | 'storedProcedure';
  readonly executionMode: 'reader' | 'nonQuery' | 'scalar';
  readonly parameters: readonly SqlCommandParameter[];
  /** Null: the site's default database. */
  readonly catalogue: string | null;
}

export interface SqlOutputParameter {
  readonly name: string;
  readonly value: string | null;
}

export interface SqlResult {
  /** Halo Cloud's id of the query; null when it gave none. */
  readonly id: string | null;
  /** Null where the command answers none. */
  readonly rows: readonly SqlRow[] | null;
  readonly rowCount: number | null;
  readonly rowsAffected: number | null;
  readonly outputParameters: readonly SqlOutputParameter[];
  readonly sqlExecutionMs: number | null;
}

export type SqlQueryStatus =
  | 'INITIALISING'
  | 'INITIALISATION_FAILED_CACHE_ERROR'
  | 'INITIALISATION_FAILED_SITE_OFFLINE'
  | 'INITIALISATION_FAILED_SITE_UNREACHABLE'
  | 'QUEUED'
  | 'EXPIRED_IN_QUEUE'
  | 'EXECUTING'
  | 'EXECUTION_FAILED'
  | 'UPLOADING'
  | 'UPLOAD_FAILED'
  | 'SUCCESSFUL';

export interface SqlPageInfo {
  /** From 1. */
  readonly number: number;
  /** `queued`, `uploading` or `cached`; only then it can be read. */
  readonly status: string;
  readonly rowCount: number | null;
  readonly sizeBytes: number | null;
}

/** What the database, or Halo Link, says that went wrong. */
export interface SqlFailure {
  readonly errorType: string;
  readonly errorCode: number | null;
}

/** An async query as it is now. */
export interface SqlQueryRecord {
  readonly queryId: string;
  readonly status: SqlQueryStatus;
  readonly createdAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly rowCount: number | null;
  readonly rowsAffected: number | null;
  readonly pages: readonly SqlPageInfo[];
  readonly error: SqlFailure | null;
}

export type RegisteredSqlQueryStatus =
  | 'INITIALISATION_FAILED_CACHE_ERROR'
  | 'ENABLED'
  | 'CANCELLED'
  | 'COMPLETED';

export interface RegisteredSqlQueryRecord {
  readonly queryId: string;
  readonly name: string;
  readonly status: RegisteredSqlQueryStatus;
  readonly frequencySeconds: number;
  readonly durationSeconds: number;
  readonly createdAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly lastSucceededAt: Instant | null;
  readonly lastFailedAt: Instant | null;
  readonly lastHash: string | null;
  readonly lastError: SqlFailure | null;
}

export interface SqlRegistration {
  readonly name: string;
  readonly frequencySeconds: number;
  readonly durationSeconds: number;
  /** Registered queries run on the default database: Halo Cloud has no catalogue for them. */
  readonly command: Omit<SqlCommand, 'catalogue'>;
}

export interface SqlSite {
  readonly haloGuid: string;
  /**
   * An immediate query; one charged call. One that only reads and meets 413, or the time limit of immediate queries, goes on
   * as an async one until the deadline: two charged calls. Past it, or when the whole is more than a process should hold,
   * QueryTimedOut and ResultTooLarge carry the `queryId` to go on with. Throws OutcomeUnknown where it may have written
   * something and nobody answered.
   */
  run(command: SqlCommand, maxTimeInQueueMs: number | null): Promise<SqlResult>;
  /** One charged call. Throws OutcomeUnknown where it may have been started. */
  start(command: SqlCommand, maxTimeInQueueMs: number | null): Promise<SqlQueryRecord>;
  /** Not charged; all that are asked in one tick are one call. Null: Halo Cloud knows no such query at this site. */
  query(queryId: string): Promise<SqlQueryRecord | null>;
  /**
   * The rows of a page, waited for until the deadline; not charged. Throws NotFound for a query or a page that does not
   * exist, ResultExpired, QueryTimedOut, and for a query that failed what it failed with: SiteUnavailable, QueryTimedOut
   * (expired in the queue), PmsError, UpstreamFailed.
   */
  page(queryId: string, number: number): Promise<readonly SqlRow[]>;
  /** The id of the new registered query; one charged call. Throws OutcomeUnknown where it may have been registered. */
  register(registration: SqlRegistration): Promise<string>;
  registeredQueries(): Promise<readonly RegisteredSqlQueryRecord[]>;
  /** Throws NotFound. */
  registeredQuery(queryId: string): Promise<RegisteredSqlQueryRecord>;
  /** The latest result; NotFound before the first. */
  registeredResult(queryId: string): Promise<SqlResult>;
  /** One that is cancelled already is no error. Throws NotFound. */
  cancelRegistered(queryId: string): Promise<void>;
}

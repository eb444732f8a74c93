/**
 * The interface of SQL Passthrough: any SQL that the database of one site accepts, in Halo Cloud's three modes, for every
 * PMS. Implemented in `sql-site.ts`. No call is repeated on another Halo GUID or shared between operations. A 403 is
 * AuthoritativeServerChanged, PracticeIdentityChanged or AccessDenied.
 */

import type { SqlRow } from '../../../engine/row-decoder.ts';
import type { Instant } from '../../../time/types.ts';

export type SqlParameterDirection = 'input' | 'output' | 'inputOutput' | 'returnValue';

export interface SqlCommandParameter {
  /** With the at sign. */
  readonly name: string;
  /** A SQL Server type from Halo Cloud's list; null: Halo Cloud chooses. */
  readonly type: string | null;
  readonly direction: SqlParameterDirection;
  readonly value: string | null;
  /** Bytes, for an output parameter. */
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
  /** Null when the command returns no rows. */
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
  /** `queued`, `uploading` or `cached`. Only a cached page can be read. */
  readonly status: string;
  readonly rowCount: number | null;
  readonly sizeBytes: number | null;
}

/** An error of the database or of Halo Link. */
export interface SqlFailure {
  readonly errorType: string;
  readonly errorCode: number | null;
}

/** The state of an async query. */
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
  /** Without a catalogue: Halo Cloud runs registered queries on the default database. */
  readonly command: Omit<SqlCommand, 'catalogue'>;
}

export interface SqlSite {
  readonly haloGuid: string;
  /**
   * An immediate query: one charged call. If it only reads and exceeds the size or time limit of immediate queries, it runs
   * again as an async query until the deadline: two charged calls. After the deadline it throws QueryTimedOut, and for more
   * than 16 MB ResultTooLarge, both with the `queryId` to continue with. Throws OutcomeUnknown when there was no response
   * and the command may have written.
   */
  run(command: SqlCommand, maxTimeInQueueMs: number | null): Promise<SqlResult>;
  /** One charged call. Throws OutcomeUnknown when the query may have been started. */
  start(command: SqlCommand, maxTimeInQueueMs: number | null): Promise<SqlQueryRecord>;
  /** Not charged. Requests of one tick become one call. Null: Halo Cloud does not know the query at this site. */
  query(queryId: string): Promise<SqlQueryRecord | null>;
  /**
   * Waits for a page until the deadline and returns its rows. Not charged. Throws NotFound for a query or a page that does
   * not exist, ResultExpired, QueryTimedOut, and the error of a failed query: SiteUnavailable, QueryTimedOut (expired in the
   * queue), PmsError, UpstreamFailed.
   */
  page(queryId: string, number: number): Promise<readonly SqlRow[]>;
  /** Returns the id of the new query. One charged call. Throws OutcomeUnknown when it may have been registered. */
  register(registration: SqlRegistration): Promise<string>;
  registeredQueries(): Promise<readonly RegisteredSqlQueryRecord[]>;
  /** Throws NotFound. */
  registeredQuery(queryId: string): Promise<RegisteredSqlQueryRecord>;
  /** The latest result. Throws NotFound before the first one. */
  registeredResult(queryId: string): Promise<SqlResult>;
  /** Succeeds also when the query is already cancelled. Throws NotFound. */
  cancelRegistered(queryId: string): Promise<void>;
}

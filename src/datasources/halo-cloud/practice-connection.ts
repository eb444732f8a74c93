/**
 * The interface that adapters use: one practice in one GraphQL operation. The implementation (`site-connection.ts`) chooses
 * the Halo GUID, interprets a 403, repeats reads and counts the cost.
 */
import type { RowReader, SqlRow } from '../../engine/row-decoder.ts';
import type { LocalDate, TimeZone } from '../../time/types.ts';
import type { CodeOverrides } from '../domain/code-overrides.ts';
import type { PracticeManagementSystem } from '../domain/pms.ts';
import type { ReportsUnreadable } from '../domain/unreadable-rows.ts';
import type { PageBudget } from './page-budget.ts';

/** SQL Server type names as Halo Cloud lists them. Values travel as strings; null is SQL's NULL. */
export type SqlType = 'Int' | 'BigInt' | 'VarChar' | 'NVarChar' | 'Date' | 'DateTime' | 'Bit';

export interface SqlParameter {
  /** With the at sign: `@from` */
  readonly name: string;
  readonly type: SqlType;
  readonly value: string | null;
  /** For a text: its declared length in characters, at least the length of the value. */
  readonly size?: number;
}

export interface SqlStatement {
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
  /** The aliases of the select list in order. Rows with exactly these columns are decoded faster. */
  readonly columns?: readonly string[];
  /** The stored procedure that it calls, without the schema. Only errors that name it prove that nothing was written. */
  readonly procedure?: string;
}

/** A statement with known column aliases. */
export interface SelectStatement extends SqlStatement {
  readonly columns: readonly string[];
}

/** A FHIR R4 resource as it was received. No field is validated. */
export interface FhirResource {
  readonly resourceType: string;
  readonly id?: string;
  readonly [field: string]: unknown;
}

/** Replaces a Bundle entry that is not a resource, so that it counts as unreadable. */
export const unreadableEntry: FhirResource = { resourceType: 'unreadable entry' };

/** A resource and its ETag, which an update has to name; null when the server sends none. */
export interface FhirVersion {
  readonly resource: FhirResource;
  readonly version: string | null;
}

export interface FhirBundle extends FhirResource {
  readonly resourceType: 'Bundle';
  readonly total?: number;
  readonly entry?: readonly {
    readonly resource?: FhirResource;
    readonly search?: { readonly mode?: string };
  }[];
  readonly link?: readonly { readonly relation?: string; readonly url?: string }[];
}

export type FhirParameters = readonly (readonly [name: string, value: string])[];

/** The parts of a CapabilityStatement that the adapters need. */
export interface FhirCapability {
  readonly fhirVersion: string | null;
  /** `software.version`, else `version`. */
  readonly serverVersion: string | null;
  /** By resource type; interactions such as `search-type`, operations by name without the dollar sign. */
  readonly resources: ReadonlyMap<
    string,
    {
      readonly interactions: ReadonlySet<string>;
      readonly searchParams: ReadonlySet<string>;
      readonly operations: ReadonlySet<string>;
    }
  >;
  /** `rest.operation` names, without the dollar sign. */
  readonly operations: ReadonlySet<string>;
}

/**
 * Data that seldom changes. An adapter marks reads of it, and the answers may come from a cache. It is never used for
 * patients, appointments, free times, days away or days closed.
 */
export type ReferenceKind = 'locations' | 'users' | 'appointmentTypes' | 'clinicHours' | 'sessions';

export interface RefusedObjects {
  has(name: string): boolean;
  add(name: string): void;
}

/** Another appointment overlaps; or the practice reported an error after it had begun the change. */
export type WriteWarning = 'APPOINTMENTS_OVERLAP' | 'WRITE_INCOMPLETE';

export interface PracticeConnection extends ReportsUnreadable {
  readonly pms: PracticeManagementSystem;
  /** The PMS ID: for Bp Premier its Bp Site ID. */
  readonly bpSiteId: string;
  /** The practice's own codes, as configured. @default the assumed ones */
  readonly codeOverrides?: CodeOverrides | undefined;
  /**
   * A reader query: one charged call, or two when it is too long or too large for an immediate query and is repeated as an
   * async query. Rows are the decoded `result.data`.
   */
  sql(statement: SqlStatement, what?: ReferenceKind): Promise<readonly SqlRow[]>;
  /**
   * The same for long results: each row is converted while it is decoded, and only the converted rows are kept in memory.
   * Unreadable rows are left out and reported; UpstreamFailed when they are more than half. Identical concurrent queries may
   * get the same objects.
   */
  sqlEach<T>(statement: SelectStatement, reader: RowReader<T>): Promise<readonly T[]>;
  /**
   * `POST {resource}/_search`; follows `next` links to the end (one charged call a page). Returns all matches.
   * @param what the kind of reference data; `UNSHARED` before a change, for a request of its own
   * @param budget limits the pages; without it 200
   */
  fhirSearch(
    resource: string,
    parameters: FhirParameters,
    what?: ReferenceKind | 'UNSHARED',
    budget?: PageBudget,
  ): Promise<readonly FhirResource[]>;
  /** `GET {resource}/${operation}?…`: parameters must hold nothing that identifies a patient. */
  fhirOperation(
    resource: string,
    operation: string,
    parameters: FhirParameters,
  ): Promise<readonly FhirResource[]>;
  /**
   * An immediate query that writes: sent once to the current GUID, neither shared nor repeated. Throws NoAnswer when it may
   * have reached the practice without a result, and AuthoritativeServerChanged, PracticeIdentityChanged or AccessDenied
   * for a 403.
   * @param leaves `REFERENCE` when the write does not change reference data; otherwise the cache of the practice is dropped
   */
  sqlWrite(statement: SqlStatement, leaves?: 'REFERENCE'): Promise<readonly SqlRow[]>;
  /** Milliseconds that a statement of `sqlWrite` may wait for a lock: less than a write has left when it is sent. */
  readonly maxLockWaitMs: number;
  /** Reports a side effect of a write that a person should check: a notice for the caller and a log line. */
  warnOfWrite(warning: WriteWarning, ids: Readonly<Record<string, string>>): void;
  /**
   * `GET {resource}/{id}`, always a request of its own, because an update sends the unchanged fields back. Null: no such
   * resource.
   */
  fhirRead(resource: string, id: string): Promise<FhirVersion | null>;
  /** `POST {resource}`. Throws NoAnswer like `sqlWrite`. */
  fhirCreate(resource: string, body: FhirResource): Promise<FhirResource>;
  /**
   * `PUT {resource}/{id}`, with `If-Match` when the version is known. Throws NoAnswer like `sqlWrite`. A 412, which means
   * that the version has changed, is a PmsError with that `errorCode`.
   */
  fhirUpdate(resource: string, id: string, body: FhirResource, version: string | null): Promise<FhirResource>;
  /** Runs a change after all earlier changes of the same name in this process have ended. */
  inTurn<T>(name: string, change: () => Promise<T>): Promise<T>;
  /** Tables that the site's login may not read, and procedures that the site lacks. All operations remember them for an hour. */
  readonly refusedObjects: RefusedObjects;
  /** The site's CapabilityStatement, cached by GUID and Halo Link version. Not charged. */
  capability(): Promise<FhirCapability>;
  /** The time zone of a location: configured for the practice, else by postcode, else Australia/Sydney with a notice. */
  zoneOf(postcode: string | null | undefined): TimeZone;
  /** Milliseconds since 1970, from the injected clock. */
  now(): number;
  /** The current local date in a zone. */
  today(zone: TimeZone): LocalDate;
}

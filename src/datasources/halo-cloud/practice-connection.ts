/**
 * What an adapter has of the world: one practice in one GraphQL operation. The implementation
 * (`halo-cloud/site-connection.ts`) knows which Halo GUID to ask, what a 403 means, whether to replay, and what it cost.
 */
import type { RowReader } from '../../engine/rows/row-reader.ts';
import type { SqlRow } from '../../engine/rows/sql-row.ts';
import type { LocalDate, TimeZone } from '../../time/types.ts';
import type { PracticeManagementSystem } from '../domain/pms.ts';
import type { ReportsUnreadable } from '../domain/unreadable-rows.ts';

/** SQL Server type names as Halo Cloud lists them. Values travel as strings; null is SQL's NULL. */
export type SqlType = 'Int' | 'BigInt' | 'VarChar' | 'NVarChar' | 'Date' | 'DateTime' | 'Bit';

export interface SqlParameter {
  /** With the at sign: `@from` */
  readonly name: string;
  readonly type: SqlType;
  readonly value: string | null;
  /** Of a text: characters that it is declared with, at least as many as the value has. */
  readonly size?: number;
}

export interface SqlStatement {
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
  /** The aliases of its select list in order, where they are known: rows that come just so are decoded faster. */
  readonly columns?: readonly string[];
  /** The stored procedure that it calls, without the schema. Only errors that name it prove that nothing was written. */
  readonly procedure?: string;
}

/** A statement of which the aliases are known. */
export interface SelectStatement extends SqlStatement {
  readonly columns: readonly string[];
}

/** A FHIR R4 resource as it came over the wire; every field is to be distrusted. */
export interface FhirResource {
  readonly resourceType: string;
  readonly id?: string;
  readonly [field: string]: unknown;
}

/** In the place of a Bundle's entry that is no resource at all, so that it is counted as an unreadable one. */
export const unreadableEntry: FhirResource = { resourceType: 'unreadable entry' };

/** A resource, and the version that an update has to name: its ETag; null where the server gives none. */
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

/** What a CapabilityStatement says of one resource type. */
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
 * What of a practice changes seldom, as an adapter marks a read of it: the answer may be as old as the stated time. Never
 * patients, appointments, free times, days away or days closed.
 */
export type ReferenceKind = 'locations' | 'users' | 'appointmentTypes' | 'clinicHours' | 'sessions';

export interface RefusedTables {
  has(table: string): boolean;
  add(table: string): void;
}

/** Another appointment has a part of the same time; or the practice reported an error after it had begun the change. */
export type WriteWarning = 'APPOINTMENTS_OVERLAP' | 'WRITE_INCOMPLETE';

export interface PracticeConnection extends ReportsUnreadable {
  readonly pms: PracticeManagementSystem;
  /** The PMS ID: for Bp Premier its Bp Site ID. */
  readonly bpSiteId: string;
  /**
   * A reader query; one charged call, two where it is too long or too large for an immediate query and goes on as an async
   * one. Rows are the decoded `result.data`.
   */
  sql(statement: SqlStatement, what?: ReferenceKind): Promise<readonly SqlRow[]>;
  /**
   * The same, for what may be long: each row is read as it is decoded, and what its reader makes of it is all that is kept.
   * Unreadable rows are left out and reported; UpstreamFailed when they are more than half.
   * Whoever asks the same at the same time may get the same objects.
   */
  sqlEach<T>(statement: SelectStatement, reader: RowReader<T>): Promise<readonly T[]>;
  /**
   * `POST {resource}/_search`; follows `next` links to the end (one charged call a page). The resources of all matches.
   * @param what reference data; `UNSHARED` for what is to be changed: the answer to nobody else's request will do
   */
  fhirSearch(
    resource: string,
    parameters: FhirParameters,
    what?: ReferenceKind | 'UNSHARED',
  ): Promise<readonly FhirResource[]>;
  /** `GET {resource}/${operation}?…`: parameters must hold nothing that identifies a patient. */
  fhirOperation(
    resource: string,
    operation: string,
    parameters: FhirParameters,
  ): Promise<readonly FhirResource[]>;
  /**
   * An immediate query that writes: sent once to the GUID in use, neither shared nor replayed. Throws NoAnswer when it may
   * have reached the practice and nothing is known; a 403 is AuthoritativeServerChanged (or what else it turns out to be).
   * @param leaves what it certainly does not change; without it, anything is asked again afterwards
   */
  sqlWrite(statement: SqlStatement, leaves?: 'REFERENCE'): Promise<readonly SqlRow[]>;
  /** Something that a write has left and somebody should look at: a notice to the caller, and a line for the operator. */
  warnOfWrite(warning: WriteWarning, ids: Readonly<Record<string, string>>): void;
  /**
   * `GET {resource}/{id}`, for the update that has to send back what it does not change: never the answer to somebody
   * else's request. Null: no such.
   */
  fhirRead(resource: string, id: string): Promise<FhirVersion | null>;
  /** `POST {resource}`; as `sqlWrite` where no answer comes. */
  fhirCreate(resource: string, body: FhirResource): Promise<FhirResource>;
  /**
   * `PUT {resource}/{id}`, with `If-Match` where a version is known; as `sqlWrite` where no answer comes. A 412, which says
   * that there is another version by now, is a PmsError with that `errorCode`.
   */
  fhirUpdate(resource: string, id: string, body: FhirResource, version: string | null): Promise<FhirResource>;
  /** Runs a change when those of the same name that began earlier in this process, whoever made them, are over. */
  inTurn<T>(name: string, change: () => Promise<T>): Promise<T>;
  /** Tables that the site's login may not read, as a refused statement showed: remembered for an hour, for all operations. */
  readonly refusedTables: RefusedTables;
  /** The site's CapabilityStatement, cached per GUID and Halo Link version; a call, not a charge. */
  capability(): Promise<FhirCapability>;
  /** The zone of a place: configured for the practice, else by postcode, else Australia/Sydney with a notice. */
  zoneOf(postcode: string | null | undefined): TimeZone;
  /** Milliseconds since 1970, from the injected clock. */
  now(): number;
  /** The wall date now in a zone. */
  today(zone: TimeZone): LocalDate;
}

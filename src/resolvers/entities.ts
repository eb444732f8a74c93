/**
 * Parent values of resolvers: the data of a source, and the practice it came from. They are plain objects, so that the
 * fields of a row resolve synchronously. `kind` is the GraphQL type.
 */

import type * as domain from '../datasources/domain/index.ts';
import type { SiteRecord } from '../datasources/halo-cloud/halo-session.ts';
import type {
  RegisteredSqlQueryRecord,
  SqlQueryRecord,
  SqlSite,
} from '../datasources/halo-cloud/sql/site-sql.ts';
import type { Practice } from '../datasources/practice/practice.ts';

interface Entity<Kind extends string, Data> {
  readonly kind: Kind;
  readonly practice: Practice;
  readonly data: Data;
}

export type Appointment = Entity<'Appointment', domain.Appointment>;
export type Patient = Entity<'Patient', domain.Patient>;
export type User = Entity<'User', domain.User>;
export type Location = Entity<'Location', domain.Location>;
export type ClinicHours = Entity<
  'ClinicHours',
  { readonly location: domain.Location; readonly week: domain.ClinicWeek }
>;
export type ProviderNumber = Entity<'ProviderNumber', domain.ProviderNumber>;
export type AppointmentType = Entity<'AppointmentType', domain.AppointmentType>;
export type DayAway = Entity<'DayAway', domain.DayAway>;
export type Session = Entity<'Session', domain.Session>;
export type Slot = Entity<'Slot', domain.Slot>;
export type AvailableSlots = Entity<'AvailableSlots', domain.SlotSearch>;
export type DayClosed = Entity<'DayClosed', domain.DayClosed>;
export interface PracticeEntity {
  readonly kind: 'Practice';
  readonly practice: Practice;
}

/** The data of a site that is known without a request. `read` requests the rest. */
export interface Site {
  readonly kind: 'Site';
  readonly haloGuid: string;
  readonly pms: domain.PracticeManagementSystem | null;
  readonly pmsSiteId: string | null;
  readonly read: () => Promise<SiteRecord>;
}

/** A query belongs to the site that it was sent to. It does not move with the practice. */
interface AtSite<Kind extends string, Data> {
  readonly kind: Kind;
  readonly sqlSite: SqlSite;
  readonly data: Data;
}

export type SqlQuery = AtSite<'SqlQuery', SqlQueryRecord>;
export type RegisteredSqlQuery = AtSite<'RegisteredSqlQuery', RegisteredSqlQueryRecord>;

export type NodeEntity =
  | Appointment
  | AppointmentType
  | Patient
  | User
  | Location
  | ClinicHours
  | PracticeEntity
  | Site
  | SqlQuery
  | RegisteredSqlQuery;

/** One page of a list. The field defines `first`, `after` and the order. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly edges: { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export interface Nodes<Node> {
  readonly nodes: readonly Node[];
}

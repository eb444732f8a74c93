/**
 * The port: what a practice can be asked, in domain terms. Each source (Bp Premier API, SQL Passthrough) implements it
 * as an adapter that knows nothing of GraphQL. Every method throws a `HaloError` of `src/errors.ts`, never anything else
 * on purpose.
 *
 * Ids are the PMS's own (`INTERNALID`, `USERID`, `RECORDID`, `LOCATIONID` as decimal strings). Instants are RFC 3339
 * with the offset of the zone of the location they happen at. Dates and times of day are the practice's, on the wall.
 */
import type { DayOfWeek, Instant, LocalDate, LocalTime, TimeZone } from '../time/types.ts';
import type { PracticeWrites, WriteQuestion } from './practice/write-port.ts';

// Rests on assumption B10.

export type { DayOfWeek, Instant, LocalDate, LocalTime, TimeZone };

/**
 * The fields that somebody will read, as a tree of GraphQL field names (connection wrappers already removed):
 * `{ start: {}, patient: { fullName: {} } }`. An adapter fetches nothing that is not in it, except what it needs itself.
 */
export interface Selection {
  readonly [field: string]: Selection;
}

export type PracticeManagementSystem = 'BEST_PRACTICE' | 'ZEDMED' | 'D4W';
export type DataSource = 'BP_PREMIER' | 'SQL_PASSTHROUGH';
export type PracticeOperation =
  | 'READ_APPOINTMENTS'
  | 'BOOK_APPOINTMENTS'
  | 'FIND_SLOTS'
  | 'READ_PATIENTS'
  | 'WRITE_PATIENTS'
  | 'READ_USERS'
  | 'WRITE_USERS'
  | 'READ_CLINIC_HOURS'
  | 'WRITE_CLINIC_HOURS';

export const appointmentStatuses = [
  'BOOKED',
  'ARRIVED',
  'IN_CONSULTATION',
  'FULFILLED',
  'NO_SHOW',
  'CANCELLED',
  'UNKNOWN',
] as const;
export type AppointmentStatus = (typeof appointmentStatuses)[number];
export type PatientStatus = 'ACTIVE' | 'INACTIVE' | 'DECEASED';
export type Sex = 'MALE' | 'FEMALE' | 'OTHER' | 'UNKNOWN';
export type UserRole = 'DOCTOR' | 'NURSE' | 'ALLIED_HEALTH' | 'RECEPTIONIST' | 'PRACTICE_MANAGER' | 'OTHER';
export type ClinicHoursSource =
  | 'RECORDED'
  | 'PRACTICE_SESSIONS'
  | 'DERIVED_FROM_USER_SESSIONS'
  | 'CONFIGURED';
export type EmptyReason = 'NO_MATCH' | 'FULLY_BOOKED' | 'USER_AWAY' | 'NO_SESSION' | 'CLINIC_CLOSED';

export interface Appointment {
  readonly pmsId: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly durationMinutes: number;
  readonly status: AppointmentStatus;
  readonly pmsStatus: string | null;
  readonly type: AppointmentType | null;
  readonly reason: string | null;
  readonly comment: string | null;
  readonly urgent: boolean | null;
  readonly telehealthUrl: string | null;
  readonly arrivedAt: Instant | null;
  readonly consultationStartedAt: Instant | null;
  readonly bookedAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly patientId: string | null;
  readonly userId: string | null;
  readonly locationId: string | null;
  /** Attached when the selection reads it, so that no further call is made; undefined when it was not fetched. */
  readonly patient?: Patient | null;
  readonly user?: User | null;
  readonly location?: Location | null;
}

export interface AppointmentType {
  readonly pmsId: string;
  readonly name: string;
  readonly defaultDurationMinutes: number | null;
}

export interface Address {
  readonly line1: string | null;
  readonly line2: string | null;
  readonly suburb: string | null;
  readonly postcode: string | null;
  readonly state: string | null;
  readonly country: string | null;
}

export interface Patient {
  readonly pmsId: string;
  readonly status: PatientStatus | null;
  readonly title: string | null;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly lastName: string | null;
  readonly preferredName: string | null;
  readonly birthDate: LocalDate | null;
  readonly sex: Sex | null;
  readonly address: Address | null;
  readonly postalAddress: Address | null;
  readonly homePhone: string | null;
  readonly workPhone: string | null;
  readonly mobilePhone: string | null;
  readonly email: string | null;
  readonly medicare: MedicareCard | null;
  readonly dva: DvaCard | null;
  readonly ihi: string | null;
  readonly usualUserId: string | null;
}

export interface MedicareCard {
  readonly number: string;
  readonly individualReferenceNumber: string | null;
  /** `MM/YYYY` */
  readonly expiry: string | null;
}

export interface DvaCard {
  readonly number: string;
  readonly type: string | null;
}

export interface User {
  readonly pmsId: string;
  readonly title: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly role: UserRole;
  readonly pmsRole: string | null;
  readonly active: boolean | null;
  readonly takesAppointments: boolean | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly locationId: string | null;
  /** Undefined when not fetched with the user: the resolver then asks `providerNumbers`. */
  readonly providerNumbers?: readonly ProviderNumber[];
}

export interface ProviderNumber {
  readonly userId: string;
  readonly number: string;
  readonly locationId: string | null;
}

export interface Session {
  readonly userId: string;
  readonly day: DayOfWeek;
  readonly opens: LocalTime;
  readonly closes: LocalTime;
  readonly slotMinutes: number | null;
  readonly locationId: string | null;
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
}

export interface DayAway {
  readonly userId: string;
  readonly pmsId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly reason: string | null;
}

export interface Location {
  readonly pmsId: string;
  readonly name: string | null;
  readonly address: Address | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly timeZone: TimeZone;
}

export interface OpenPeriod {
  readonly opens: LocalTime;
  readonly closes: LocalTime;
}

/** One location's week, Monday first, always seven entries; no periods on a day: closed. */
export interface ClinicWeek {
  readonly locationId: string;
  readonly source: ClinicHoursSource;
  readonly week: readonly { readonly day: DayOfWeek; readonly periods: readonly OpenPeriod[] }[];
}

export interface DayClosed {
  readonly pmsId: string | null;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly reason: string | null;
  readonly locationId: string | null;
}

export interface Slot {
  readonly start: Instant;
  readonly end: Instant;
  readonly durationMinutes: number;
  readonly userId: string | null;
  readonly locationId: string | null;
  /** Reserved for bookings on the day itself. */
  readonly onTheDay: boolean;
}

export interface SlotSearch {
  readonly slots: readonly Slot[];
  /** Why there is none; null when there are some, or when the source cannot tell. */
  readonly emptyBecause: EmptyReason | null;
  /** The same for each user looked at who has none; absent when the source, or a cut list, cannot tell. */
  readonly emptyByUser?: ReadonlyMap<string, EmptyReason>;
  /** Times of later days that are left out, as they may be booked on the day itself only; absent when the source cannot tell. */
  readonly onTheDayOnly?: readonly Slot[];
  /** False when the source could not look at everything that was asked. */
  readonly complete: boolean;
}

/** The place of an appointment in the book: rows inserted before or after it do not move it. */
export interface AppointmentKey {
  readonly date: LocalDate;
  /** Seconds since midnight on the wall. */
  readonly seconds: number;
  readonly pmsId: string;
}

/**
 * Which appointments. Filters combine with AND; lists are OR within. Ordered by wall date, wall time, id (numeric).
 * Blocked, reserved and dummy rows of the PMS never appear.
 */
export interface AppointmentQuery {
  readonly ids?: readonly string[];
  /** Wall dates, both inclusive. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly userIds?: readonly string[];
  readonly patientIds?: readonly string[];
  readonly locationId?: string;
  /** Absent: every status but CANCELLED. */
  readonly statuses?: readonly AppointmentStatus[];
  readonly after?: AppointmentKey;
  /** At most so many rows; with `limitPer`, so many for each user or patient. Absent: all. */
  readonly limit?: number;
  readonly limitPer?: 'user' | 'patient';
  readonly fields: Selection;
}

export interface PatientSearch {
  /** Each word must begin some word of first, middle, preferred or last name, both folded as in `name-words.ts`. */
  readonly name?: string;
  readonly birthDate?: LocalDate;
  /** Digits only, national form: `0491570006`. Matches home, work or mobile. */
  readonly phone?: string;
  readonly email?: string;
  /** Ten digits, without the individual reference number. */
  readonly medicareNumber?: string;
}

/**
 * Ordered by last name, first name, id; see `maxLastNamesInOrder` for a search that finds very many. Deleted records never
 * appear, inactive and deceased ones do.
 */
export interface PatientQuery {
  readonly ids?: readonly string[];
  readonly search?: PatientSearch;
  /** Continue after this patient. */
  readonly afterId?: string;
  readonly limit?: number;
  readonly fields: Selection;
}

/** All users that match (a practice has tens), ordered by last name, first name, id. */
export interface UserQuery {
  readonly ids?: readonly string[];
  readonly role?: UserRole;
  readonly active?: boolean;
  readonly takesAppointments?: boolean;
  /** Also these appointments of the users found, in the same upstream call where the source can. */
  readonly appointments?: Omit<AppointmentQuery, 'ids' | 'userIds' | 'patientIds' | 'after'>;
  readonly fields: Selection;
}

export interface UsersFound {
  readonly users: readonly User[];
  /** Present when `appointments` was asked for. */
  readonly appointments?: readonly Appointment[];
}

export interface DateRange {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

export interface SlotQuery extends DateRange {
  /** Absent: every active user who takes appointments. */
  readonly userIds?: readonly string[];
  readonly locationId?: string;
  /** Absent: the session's own slot length. */
  readonly durationMinutes?: number;
}

export interface PracticeData {
  appointments(query: AppointmentQuery): Promise<readonly Appointment[]>;
  appointmentTypes(): Promise<readonly AppointmentType[]>;
  availableSlots(query: SlotQuery): Promise<SlotSearch>;
  patients(query: PatientQuery): Promise<readonly Patient[]>;
  users(query: UserQuery): Promise<UsersFound>;
  providerNumbers(query: { readonly userIds: readonly string[] }): Promise<readonly ProviderNumber[]>;
  sessions(query: { readonly userIds: readonly string[] }): Promise<readonly Session[]>;
  daysAway(query: DateRange & { readonly userIds: readonly string[] }): Promise<readonly DayAway[]>;
  /** All current locations, by id; the first is the main one. */
  locations(): Promise<readonly Location[]>;
  /** Every location's week. */
  clinicHours(): Promise<readonly ClinicWeek[]>;
  daysClosed(query: DateRange & { readonly locationId?: string }): Promise<readonly DayClosed[]>;
}

/** A question to the port, as `choose-source` weighs it: the method's name and its argument. */
export type Question = {
  [M in keyof PracticeData]: {
    readonly method: M;
    readonly query: Parameters<PracticeData[M]>[0];
  };
}[keyof PracticeData];

export type Support =
  | {
      readonly can: true;
      /** What this source leaves null of what was selected: `auto` asks another one that knows it, where there is one. */
      readonly leavesOut?: string;
      /** Of a write: nobody documents that it is done so. Another source that needs no such guess is told first. */
      readonly assumed?: true;
    }
  | {
      readonly can: false;
      /** For the person in GraphiQL: which part of the question this source does not know at this site. */
      readonly reason: string;
    };

/** One way to ask a practice. */
export interface SourceAdapter {
  readonly source: DataSource;
  readonly data: PracticeData;
  readonly writes: PracticeWrites;
  /** Upper bound of charged upstream calls for this question, were it able to answer; no call is made to say it. */
  charges(question: Question): number;
  /** Whether it can answer this question at this site; may ask the site's CapabilityStatement (cached, not charged). */
  supports(question: Question): Support | Promise<Support>;
  /** The same for a write; charged calls of a write count like any other. */
  supportsWrite(write: WriteQuestion): Support | Promise<Support>;
  chargesWrite(write: WriteQuestion): number;
  /** Hours were written: what was kept of earlier reads of this operation may be old. */
  forget(): void;
}

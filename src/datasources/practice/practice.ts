/**
 * One practice in one GraphQL operation: its connection, the routed port, and the loaders that combine what many
 * fields need at the same time into one call. Nothing here outlives the operation.
 */

import type { TimeZone } from '../../time/types.ts';
import { type Appointment, appointmentStatuses } from '../domain/appointment.ts';
import type { ClinicWeek, DateRange, Location } from '../domain/clinic.ts';
import type { Selection } from '../domain/selection.ts';
import type { DayAway, ProviderNumber, Session } from '../domain/user.ts';
import type { ConnectedPractice } from '../halo-cloud/halo-session.ts';
import type { AuditedPractice } from './audit/audited-practice.ts';
import type { SiteCapabilities } from './capabilities.ts';
import type { RoutedPractice } from './choose-source.ts';
import { appointmentsOfLoader } from './loaders/appointments-of.ts';
import { byIdLoader } from './loaders/by-id.ts';
import { rowsOfLoader } from './loaders/rows-of.ts';
import { slotsOfLoader } from './loaders/slots-of.ts';
import { usersWithBookLoader } from './loaders/users-with-book.ts';
import type { PracticeData } from './port.ts';
import type { PracticeWrites } from './write-port.ts';

/**
 * Whether something can have this PMS id: what FHIR calls a logical id, among them the numbers of Bp Premier's database
 * (assumption B12). Anything else does not exist, so no request is needed. Zero is Bp's id for "the whole
 * practice", which is neither a user nor a patient.
 */
export function isPmsId(text: string): boolean {
  return text !== '0' && /^[A-Za-z0-9.-]{1,64}$/.test(text);
}

/** Appointments by their ids, whatever their status. */
export function appointmentsById(
  data: PracticeData,
  ids: readonly string[],
  fields: Selection,
): Promise<readonly Appointment[]> {
  return data.appointments({ ids, statuses: appointmentStatuses, fields });
}

/** Few operations use more than two or three loaders. Each is created on first use. */
export class Practice {
  readonly connection: ConnectedPractice;
  readonly data: PracticeData;
  readonly writes: PracticeWrites;
  readonly #routed: RoutedPractice;
  readonly #countBatched: (saved: number) => void;
  #loaders: Partial<Loaders> | undefined;
  #locations: Promise<readonly Location[]> | undefined;
  #clinicWeeks: Promise<readonly ClinicWeek[]> | undefined;

  constructor(
    connection: ConnectedPractice,
    { data, writes, routed }: AuditedPractice,
    countBatched: (saved: number) => void,
  ) {
    this.connection = connection;
    this.data = data;
    this.writes = writes;
    this.#routed = routed;
    this.#countBatched = countBatched;
  }

  capabilities(): Promise<SiteCapabilities> {
    return this.#routed.capabilities();
  }

  get appointments() {
    return this.#loader('appointments');
  }
  get patients() {
    return this.#loader('patients');
  }
  get users() {
    return this.#loader('users');
  }
  get usersWithBook() {
    return this.#loader('usersWithBook');
  }
  get appointmentsOfUser() {
    return this.#loader('appointmentsOfUser');
  }
  get appointmentsOfPatient() {
    return this.#loader('appointmentsOfPatient');
  }
  get slotsOfUser() {
    return this.#loader('slotsOfUser');
  }
  get sessionsOfUser() {
    return this.#loader('sessionsOfUser');
  }
  get daysAwayOfUser() {
    return this.#loader('daysAwayOfUser');
  }
  get providerNumbersOfUser() {
    return this.#loader('providerNumbersOfUser');
  }

  /** All current locations, read once; the first is the main one. */
  locations(): Promise<readonly Location[]> {
    this.#locations ??= this.data.locations();
    return this.#locations;
  }

  /** Null: the practice has no such location now. */
  async location(id: string): Promise<Location | null> {
    return (await this.locations()).find((location) => location.pmsId === id) ?? null;
  }

  /** Every location's week, read once. */
  clinicWeeks(): Promise<readonly ClinicWeek[]> {
    this.#clinicWeeks ??= this.data.clinicHours();
    return this.#clinicWeeks;
  }

  /** The main location's zone; what is configured or assumed when the locations cannot be read. */
  async timeZone(): Promise<TimeZone> {
    try {
      const [main] = await this.locations();
      return main?.timeZone ?? this.connection.zoneOf(null);
    } catch {
      return this.connection.zoneOf(null);
    }
  }

  #loader<Name extends keyof Loaders>(name: Name): Loaders[Name] {
    this.#loaders ??= {};
    const known = this.#loaders[name];
    if (known) return known;
    const loader = openLoader[name](this.data, this.#countBatched) as Loaders[Name];
    this.#loaders[name] = loader;
    return loader;
  }
}

type CountBatched = (saved: number) => void;
type Loaders = { readonly [Name in keyof typeof openLoader]: ReturnType<(typeof openLoader)[Name]> };

const openLoader = {
  appointments: (data: PracticeData, countBatched: CountBatched) =>
    byIdLoader((ids, fields) => appointmentsById(data, ids, fields), countBatched),
  patients: (data: PracticeData, countBatched: CountBatched) =>
    byIdLoader((ids, fields) => data.patients({ ids, fields }), countBatched),
  users: (data: PracticeData, countBatched: CountBatched) =>
    byIdLoader(async (ids, fields) => (await data.users({ ids, fields })).users, countBatched),
  usersWithBook: usersWithBookLoader,
  appointmentsOfUser: (data: PracticeData, countBatched: CountBatched) =>
    appointmentsOfLoader(data, 'user', countBatched),
  appointmentsOfPatient: (data: PracticeData, countBatched: CountBatched) =>
    appointmentsOfLoader(data, 'patient', countBatched),
  slotsOfUser: slotsOfLoader,
  sessionsOfUser: (data: PracticeData, countBatched: CountBatched) =>
    rowsOfLoader<null, Session>({
      read: (userIds) => data.sessions({ userIds }),
      ownerOf: (session) => session.userId,
      countBatched,
    }),
  daysAwayOfUser: (data: PracticeData, countBatched: CountBatched) =>
    rowsOfLoader<DateRange, DayAway>({
      read: (userIds, range) => data.daysAway({ ...range, userIds }),
      ownerOf: (day) => day.userId,
      countBatched,
    }),
  providerNumbersOfUser: (data: PracticeData, countBatched: CountBatched) =>
    rowsOfLoader<null, ProviderNumber>({
      read: (userIds) => data.providerNumbers({ userIds }),
      ownerOf: (number) => number.userId,
      countBatched,
    }),
};

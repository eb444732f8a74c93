/**
 * One practice in one GraphQL operation: its connection, the routed port, and the loaders that turn what many fields
 * want at the same time into one call. Nothing here outlives the operation.
 */
import type { RoutedPractice } from './choose-source.ts';
import type { ConnectedPractice } from './halo-session.ts';
import { appointmentsOfLoader } from './loaders/appointments-of.ts';
import { byIdLoader } from './loaders/by-id.ts';
import { rowsOfLoader } from './loaders/rows-of.ts';
import { slotsOfLoader } from './loaders/slots-of.ts';
import { usersWithBookLoader } from './loaders/users-with-book.ts';
import {
  type Appointment,
  appointmentStatuses,
  type ClinicWeek,
  type DateRange,
  type DayAway,
  type Location,
  type PracticeData,
  type ProviderNumber,
  type Selection,
  type Session,
  type TimeZone,
} from './practice-data.ts';

const largestPmsId = 2_147_483_647;

/**
 * Whether something can have this PMS id: Bp Premier's are positive SQL Server INTs. Anything else exists nowhere, so
 * nobody needs to be asked for it. Zero is Bp's id for "the whole practice", which is neither a user nor a patient.
 */
export function isPmsId(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= largestPmsId;
}

/** Appointments by their ids, whatever their status. */
export function appointmentsById(
  data: PracticeData,
  ids: readonly string[],
  fields: Selection,
): Promise<readonly Appointment[]> {
  return data.appointments({ ids, statuses: appointmentStatuses, fields });
}

export type Practice = ReturnType<typeof openPractice>;

export function openPractice(
  connection: ConnectedPractice,
  { data, writes, capabilities }: RoutedPractice,
  countBatched: (saved: number) => void,
) {
  let locations: Promise<readonly Location[]> | undefined;
  let clinicWeeks: Promise<readonly ClinicWeek[]> | undefined;
  const readLocations = () => (locations ??= data.locations());
  return {
    connection,
    data,
    writes,
    capabilities,
    appointments: byIdLoader((ids, fields) => appointmentsById(data, ids, fields), countBatched),
    patients: byIdLoader((ids, fields) => data.patients({ ids, fields }), countBatched),
    users: byIdLoader(async (ids, fields) => (await data.users({ ids, fields })).users, countBatched),
    usersWithBook: usersWithBookLoader(data, countBatched),
    appointmentsOfUser: appointmentsOfLoader(data, 'user', countBatched),
    appointmentsOfPatient: appointmentsOfLoader(data, 'patient', countBatched),
    slotsOfUser: slotsOfLoader(data, countBatched),
    sessionsOfUser: rowsOfLoader<null, Session>({
      read: (userIds) => data.sessions({ userIds }),
      ownerOf: (session) => session.userId,
      countBatched,
    }),
    daysAwayOfUser: rowsOfLoader<DateRange, DayAway>({
      read: (userIds, range) => data.daysAway({ ...range, userIds }),
      ownerOf: (day) => day.userId,
      countBatched,
    }),
    providerNumbersOfUser: rowsOfLoader<null, ProviderNumber>({
      read: (userIds) => data.providerNumbers({ userIds }),
      ownerOf: (number) => number.userId,
      countBatched,
    }),
    /** All current locations, read once; the first is the main one. */
    locations: readLocations,
    /** Null: the practice has no such location now. */
    location: async (id: string): Promise<Location | null> =>
      (await readLocations()).find((location) => location.pmsId === id) ?? null,
    /** Every location's week, read once. */
    clinicWeeks: () => (clinicWeeks ??= data.clinicHours()),
    /** The main location's zone; what is configured or assumed when the locations cannot be read. */
    timeZone: async (): Promise<TimeZone> => {
      try {
        const [main] = await readLocations();
        return main?.timeZone ?? connection.zoneOf(null);
      } catch {
        return connection.zoneOf(null);
      }
    },
  };
}

import { maxReturned } from '../domain/practice-size.ts';
import type { PracticeConnection } from '../halo-cloud/practice-connection.ts';
import type { PracticeData } from '../practice/port.ts';
import type {
  Question,
  SourceAdapter,
  SourceBounds,
  Support,
  UpperBound,
} from '../practice/source-adapter.ts';
import type { PracticeWrites, WriteQuestion } from '../practice/write-port.ts';
import { appointmentsBound, readAppointments } from './appointments.ts';
import { readBookingFacts } from './booking-facts.ts';
import {
  readAppointmentTypes,
  readDaysAway,
  readDaysClosed,
  readLocations,
  readSessions,
} from './clinic-admin.ts';
import { readClinicHours } from './clinic-hours.ts';
import { readPatients } from './patients.ts';
import { maxCharges } from './result-size.ts';
import { namesRowsOnly } from './row-ids.ts';
import { readSlots, slotsBound } from './slots.ts';
import { statementsFor } from './statement.ts';
import { readProviderNumbers, readUsers } from './users.ts';
import { practiceWrites, writeBounds } from './writes/index.ts';

export interface SqlPassthroughOptions {
  /** Whether undocumented statements may write to the practice's database. */
  readonly assumedWrites: boolean;
}

/**
 * Implements the port with T-SQL through Halo Cloud's SQL Passthrough. Every query and every change is one statement and so
 * one charged call. Only lists of more than a thousand ids of appointments or patients need several. Errors of the
 * connection are passed on unchanged. Rows that the statement cannot have selected are UpstreamFailed.
 */
export function createSqlPassthrough(
  connection: PracticeConnection,
  { assumedWrites }: SqlPassthroughOptions = { assumedWrites: false },
): SourceAdapter {
  return new SqlPassthrough(connection, assumedWrites);
}

const oneCall = (): UpperBound => ({ calls: 1 });

/** One statement for each query. Only long lists of ids need several. */
export const sqlPassthroughBounds: SourceBounds = {
  source: 'SQL_PASSTHROUGH',
  supportsAll: true,
  reads: {
    appointments: appointmentsBound,
    appointmentTypes: oneCall,
    availableSlots: slotsBound,
    factsForBooking: oneCall,
    patients: ({ ids }) => ({ calls: statementsFor([ids]) }),
    users: ({ appointments }) => ({ calls: appointments ? maxCharges(maxReturned(appointments)) : 1 }),
    providerNumbers: oneCall,
    sessions: oneCall,
    daysAway: oneCall,
    locations: () => ({ calls: 0, once: ['locations'] }),
    clinicHours: () => ({ calls: 0, once: ['clinicHours'] }),
    daysClosed: oneCall,
  },
  writes: writeBounds,
};

/** One for every opened practice. Many are never used, so its parts are created on first use. */
class SqlPassthrough implements SourceAdapter {
  readonly source = 'SQL_PASSTHROUGH';
  readonly bounds = sqlPassthroughBounds;
  readonly #connection: PracticeConnection;
  readonly #assumedWrites: boolean;
  #data: PracticeData | undefined;
  #writes: PracticeWrites | undefined;

  constructor(connection: PracticeConnection, assumedWrites: boolean) {
    this.#connection = connection;
    this.#assumedWrites = assumedWrites;
  }

  get data(): PracticeData {
    this.#data ??= practiceData(this.#connection);
    return this.#data;
  }

  get writes(): PracticeWrites {
    this.#writes ??= practiceWrites(this.#connection);
    return this.#writes;
  }

  supports(question: Question): Support {
    const support = supported(this.#connection);
    return support.can && !namesRowsOnly(question)
      ? { can: true, leavesOut: 'ids that are no numbers' }
      : support;
  }

  supportsWrite(write: WriteQuestion): Support {
    return supportedWrite(this.#connection, write, this.#assumedWrites);
  }

  /** This source stores nothing. */
  forget(): void {}
}

function practiceData(connection: PracticeConnection): PracticeData {
  return {
    appointments: (query) => readAppointments(connection, query),
    appointmentTypes: () => readAppointmentTypes(connection),
    availableSlots: (query) => readSlots(connection, query),
    factsForBooking: (query) => readBookingFacts(connection, query),
    patients: (query) => readPatients(connection, query),
    users: (query) => readUsers(connection, query),
    providerNumbers: ({ userIds }) => readProviderNumbers(connection, userIds),
    sessions: ({ userIds }) => readSessions(connection, userIds),
    daysAway: (query) => readDaysAway(connection, query),
    locations: () => readLocations(connection),
    clinicHours: () => readClinicHours(connection),
    daysClosed: (query) => readDaysClosed(connection, query),
  };
}

function supported({ pms }: PracticeConnection): Support {
  return pms === 'BEST_PRACTICE'
    ? { can: true }
    : { can: false, reason: 'SQL Passthrough is used only for practices with Bp Premier.' };
}

function supportedWrite(
  connection: PracticeConnection,
  write: WriteQuestion,
  assumedWrites: boolean,
): Support {
  const support = supported(connection);
  if (!support.can) return support;
  if (!namesRowsOnly(write)) return { can: false, reason: 'SQL Passthrough has only ids that are numbers.' };
  if (!writeBounds[write.method]?.assumed) return support;
  return assumedWrites
    ? { can: true, assumed: true }
    : {
        can: false,
        reason:
          'No procedure of Bp Premier is known for this change. HALO_ASSUMED_WRITES=true allows an assumed SQL statement.',
      };
}

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
  /** Whether statements that nobody documents may write to the practice's database. */
  readonly assumedWrites: boolean;
}

/**
 * A Bp Premier practice asked in T-SQL through Halo Cloud's SQL Passthrough: one statement, one charged call, for every
 * question and every change of the port. Only lists of more than a thousand appointments' or patients' ids are several.
 * Errors of the connection pass as they are; rows that are not what the statement selects are UpstreamFailed.
 */
export function createSqlPassthrough(
  connection: PracticeConnection,
  { assumedWrites }: SqlPassthroughOptions = { assumedWrites: false },
): SourceAdapter {
  return new SqlPassthrough(connection, assumedWrites);
}

const oneCall = (): UpperBound => ({ calls: 1 });

/** One statement for each question. Only long lists of ids are several. */
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

/** Made for every practice that is opened, and often not asked: what it answers with is made when it first is. */
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

  /** Nothing is kept. */
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
    : { can: false, reason: 'SQL Passthrough is used on the tables of Bp Premier only.' };
}

function supportedWrite(
  connection: PracticeConnection,
  write: WriteQuestion,
  assumedWrites: boolean,
): Support {
  const support = supported(connection);
  if (!support.can) return support;
  if (!namesRowsOnly(write)) return { can: false, reason: 'The ids of SQL Passthrough are numbers.' };
  if (!writeBounds[write.method]?.assumed) return support;
  return assumedWrites
    ? { can: true, assumed: true }
    : {
        can: false,
        reason:
          'No procedure of Bp Premier is known for this change; HALO_ASSUMED_WRITES=true allows an assumed SQL statement.',
      };
}

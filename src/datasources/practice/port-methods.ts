/** The methods of the port as values, for code that wraps a whole port. */
import type { PracticeOperation } from '../domain/pms.ts';
import type { PracticeData } from './port.ts';
import type { PracticeWrites } from './write-port.ts';

/** The operation of each read. */
export const readOperations: Readonly<Record<keyof PracticeData, PracticeOperation>> = {
  appointments: 'READ_APPOINTMENTS',
  appointmentTypes: 'READ_APPOINTMENTS',
  availableSlots: 'FIND_SLOTS',
  factsForBooking: 'FIND_SLOTS',
  patients: 'READ_PATIENTS',
  users: 'READ_USERS',
  providerNumbers: 'READ_USERS',
  sessions: 'READ_USERS',
  daysAway: 'READ_USERS',
  locations: 'READ_CLINIC_HOURS',
  clinicHours: 'READ_CLINIC_HOURS',
  daysClosed: 'READ_CLINIC_HOURS',
};

/** The operation of each write. */
export const writeOperations: Readonly<Record<keyof PracticeWrites, PracticeOperation>> = {
  bookAppointment: 'BOOK_APPOINTMENTS',
  updateAppointment: 'BOOK_APPOINTMENTS',
  moveAppointment: 'BOOK_APPOINTMENTS',
  cancelAppointment: 'BOOK_APPOINTMENTS',
  arriveAppointment: 'BOOK_APPOINTMENTS',
  addPatient: 'WRITE_PATIENTS',
  updatePatient: 'WRITE_PATIENTS',
  updateUser: 'WRITE_USERS',
  addDayAway: 'WRITE_USERS',
  removeDayAway: 'WRITE_USERS',
  setClinicHours: 'WRITE_CLINIC_HOURS',
  addDayClosed: 'WRITE_CLINIC_HOURS',
  removeDayClosed: 'WRITE_CLINIC_HOURS',
};

/** Creates a port whose methods pass their name and argument on. */
type PortFront<Port, Behind> = (behind: Behind) => Port;

export const readsInFront = <Behind>(
  call: (behind: Behind, method: keyof PracticeData, query: unknown) => Promise<unknown>,
): PortFront<PracticeData, Behind> => portFront(Object.keys(readOperations) as (keyof PracticeData)[], call);

export const writesInFront = <Behind>(
  call: (behind: Behind, method: keyof PracticeWrites, change: unknown) => Promise<unknown>,
): PortFront<PracticeWrites, Behind> =>
  portFront(Object.keys(writeOperations) as (keyof PracticeWrites)[], call);

/** Calls a method by its name. The compiler cannot check that the argument belongs to the method. */
export function callPort<Port>(port: Port, method: keyof Port, argument: unknown): Promise<unknown> {
  return (port as Record<keyof Port, (argument: unknown) => Promise<unknown>>)[method](argument);
}

/** The methods are created once, not for each practice: opening a practice creates one object. */
function portFront<Port, Behind>(
  methods: readonly (keyof Port)[],
  call: (behind: Behind, method: keyof Port, argument: unknown) => Promise<unknown>,
): PortFront<Port, Behind> {
  class Front {
    readonly behind: Behind;
    constructor(behind: Behind) {
      this.behind = behind;
    }
  }
  for (const method of methods) {
    Object.defineProperty(Front.prototype, method, {
      value(this: Front, argument: unknown) {
        return call(this.behind, method, argument);
      },
    });
  }
  return (behind) => new Front(behind) as unknown as Port;
}

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

/** A method of a port. `this.state` is what the port was created with. */
type PortMethod<State> = (this: { readonly state: State }, argument: unknown) => Promise<unknown>;

export const readPort = <State>(
  create: (method: keyof PracticeData) => PortMethod<State>,
): ((state: State) => PracticeData) => portOf(Object.keys(readOperations) as (keyof PracticeData)[], create);

export const writePort = <State>(
  create: (method: keyof PracticeWrites) => PortMethod<State>,
): ((state: State) => PracticeWrites) =>
  portOf(Object.keys(writeOperations) as (keyof PracticeWrites)[], create);

/** The methods are created once, not for each practice: opening a practice creates one object. */
function portOf<Port, State>(
  methods: readonly (keyof Port)[],
  create: (method: keyof Port) => PortMethod<State>,
): (state: State) => Port {
  class MadePort {
    readonly state: State;
    constructor(state: State) {
      this.state = state;
    }
  }
  for (const method of methods) Object.defineProperty(MadePort.prototype, method, { value: create(method) });
  return (state) => new MadePort(state) as unknown as Port;
}

/** A method by its name. The compiler cannot check that an argument belongs to the method. */
export const methodOf = <Port>(port: Port, name: keyof Port) =>
  (port as Record<keyof Port, (this: void, argument: unknown) => Promise<unknown>>)[name];

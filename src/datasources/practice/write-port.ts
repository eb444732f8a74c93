/**
 * The writing half of the port: all changes of a practice, in domain terms. Their arguments have a file for each noun.
 *
 * A write is sent once. It is never retried, never replayed on another Halo GUID, never shared between operations. When no
 * answer came although it may have reached the practice, it throws `NoAnswer`: the caller finds out by reading.
 */
import type {
  AppointmentArrival,
  AppointmentCancellation,
  AppointmentChange,
  AppointmentMove,
  BookedAppointment,
  ChangedAppointment,
  NewAppointment,
} from '../domain/appointment-writes.ts';
import type { ClinicHoursChange, DayClosedRemoval, NewDayClosed } from '../domain/clinic-writes.ts';
import type { AddedPatient, ChangedPatient, NewPatient, PatientChange } from '../domain/patient-writes.ts';
import type { DayAwayRemoval, NewDayAway, UserChange } from '../domain/user-writes.ts';

/**
 * All methods can throw NoAnswer, the HaloErrors of a question, and NotFound for an impossible id. InvalidInput gives the path of
 * what the practice cannot store within the argument: `['title']`.
 */
export interface PracticeWrites {
  /** Throws SlotTaken when the time is not free. */
  bookAppointment(appointment: NewAppointment): Promise<BookedAppointment>;
  /** Throws NotFound, SlotTaken when it is made longer and the time gained is not free, and InvalidInput for the type. */
  updateAppointment(change: AppointmentChange): Promise<ChangedAppointment>;
  /** Throws NotFound, and SlotTaken when the new time is not free. */
  moveAppointment(move: AppointmentMove): Promise<ChangedAppointment>;
  /** Throws NotFound. Cancelling a cancelled appointment has no effect. */
  cancelAppointment(cancellation: AppointmentCancellation): Promise<ChangedAppointment>;
  /** Throws NotFound. */
  arriveAppointment(arrival: AppointmentArrival): Promise<ChangedAppointment>;
  /** Throws InvalidInput for a title that the practice's list does not have. */
  addPatient(patient: NewPatient): Promise<AddedPatient>;
  /** Throws InvalidInput like `addPatient`, and NotFound. */
  updatePatient(change: PatientChange): Promise<ChangedPatient>;
  /** Throws NotFound. */
  updateUser(change: UserChange): Promise<void>;
  addDayAway(away: NewDayAway): Promise<void>;
  /** No error if it does not exist any more. */
  removeDayAway(removal: DayAwayRemoval): Promise<void>;
  /** Replaces the week of a location. Throws NotFound. */
  setClinicHours(change: ClinicHoursChange): Promise<void>;
  addDayClosed(closed: NewDayClosed): Promise<void>;
  /** No error if it does not exist any more. */
  removeDayClosed(removal: DayClosedRemoval): Promise<void>;
}

/** A method of the port and its argument. */
export type WriteQuestion = {
  [M in keyof PracticeWrites]: {
    readonly method: M;
    readonly change: Parameters<PracticeWrites[M]>[0];
  };
}[keyof PracticeWrites];

/**
 * A write that may have been executed: `write-certainty.ts` says after which responses. Not a HaloError: it is resolved by
 * reading, and becomes OutcomeUnknown only where that does not decide it.
 */
export class NoAnswer extends Error {
  /** Milliseconds since 1970 when it was sent. */
  readonly sentAt: number;
  /** The practice has answered with an error. So the write has ended, and what a read finds is final. */
  readonly over: boolean;

  constructor(sentAt: number, cause: unknown, over = false) {
    super('It is not known whether a write was executed.', { cause });
    this.name = 'NoAnswer';
    this.sentAt = sentAt;
    this.over = over;
  }
}

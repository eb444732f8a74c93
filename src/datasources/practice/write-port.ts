/**
 * The writing half of the port: what a practice can be told, in domain terms. What is told stands in a file for each noun.
 *
 * A write is sent once. It is never retried, never replayed on another Halo GUID, never shared between operations. When no
 * answer came although it may have reached the practice, it throws `NoAnswer`: whoever asked finds out by reading.
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
 * Besides what their comments say, all throw NoAnswer and the HaloErrors of a question; NotFound for an id that cannot be.
 * InvalidInput names what the practice cannot hold by its path within what was told: `['title']`.
 */
export interface PracticeWrites {
  /** Throws SlotTaken when the time is not free. */
  bookAppointment(appointment: NewAppointment): Promise<BookedAppointment>;
  /** Throws NotFound, SlotTaken when it is made longer and the time gained is not free, and InvalidInput for the type. */
  updateAppointment(change: AppointmentChange): Promise<ChangedAppointment>;
  /** Throws NotFound, and SlotTaken when the new time is not free. */
  moveAppointment(move: AppointmentMove): Promise<ChangedAppointment>;
  /** Throws NotFound. One that is cancelled already stays so. */
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
  /** One that is gone already is no error. */
  removeDayAway(removal: DayAwayRemoval): Promise<void>;
  /** Replaces the week of a location. Throws NotFound. */
  setClinicHours(change: ClinicHoursChange): Promise<void>;
  addDayClosed(closed: NewDayClosed): Promise<void>;
  /** One that is gone already is no error. */
  removeDayClosed(removal: DayClosedRemoval): Promise<void>;
}

/** A write as `choose-source` weighs it: the method's name and its argument. */
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
  /** The practice has answered, with an error: nothing more can be written, and what reading finds is final. */
  readonly over: boolean;

  constructor(sentAt: number, cause: unknown, over = false) {
    super('It is not known whether a write was executed.', { cause });
    this.name = 'NoAnswer';
    this.sentAt = sentAt;
    this.over = over;
  }
}

/**
 * The writing half of the port: what a practice can be told about its appointment book, in domain terms.
 *
 * A write is sent once. It is never retried, never replayed on another Halo GUID, never shared between operations. When no
 * answer came although it may have reached the practice, it throws `NoAnswer`: whoever asked finds out by reading.
 */
import type { LocalDate } from './practice-data.ts';

export interface NewAppointment {
  readonly patientId: string;
  readonly userId: string;
  readonly locationId: string;
  /** Wall date, and seconds since midnight on the wall, at the location. */
  readonly date: LocalDate;
  readonly seconds: number;
  readonly durationSeconds: number;
  /** Null: the PMS's standard type. */
  readonly typeId: string | null;
  readonly reason: string | null;
}

/** All three as they shall be: what is not to change is sent as it is. */
export interface AppointmentChange {
  readonly appointmentId: string;
  /** Null: the PMS's standard type. */
  readonly typeId: string | null;
  readonly durationSeconds: number;
  readonly reason: string | null;
}

export interface AppointmentMove {
  readonly appointmentId: string;
  /** Wall date, and seconds since midnight on the wall, at the location. */
  readonly date: LocalDate;
  readonly seconds: number;
  readonly userId: string;
  readonly locationId: string;
}

/** Besides what their comments say, all throw NoAnswer and the HaloErrors of a question; NotFound for an id that cannot be. */
export interface PracticeWrites {
  /** The id of the new appointment. Throws SlotTaken when the PMS says that the time is not free. */
  bookAppointment(appointment: NewAppointment): Promise<{ readonly appointmentId: string }>;
  /** Throws SlotTaken when it is made longer and the time gained is not free. */
  updateAppointment(change: AppointmentChange): Promise<void>;
  /** Throws SlotTaken when the PMS says that the new time is not free. */
  moveAppointment(move: AppointmentMove): Promise<void>;
  cancelAppointment(appointment: { readonly appointmentId: string }): Promise<void>;
  /** `arrived: false` takes an arrival back. */
  arriveAppointment(arrival: { readonly appointmentId: string; readonly arrived: boolean }): Promise<void>;
}

/** What an adapter that can write offers beside `data`. */
export interface WriteQuestion {
  readonly method: keyof PracticeWrites;
}

/**
 * A write that may have reached the practice, and of which nothing is known: 504, 413 (Halo runs the SQL before it measures
 * the result), a 5xx from behind the gateway, a cut connection, an unusable answer, the deadline. Not a HaloError: it is
 * resolved by reading, and becomes OutcomeUnknown only where that tells nothing.
 */
export class NoAnswer extends Error {
  /** Milliseconds since 1970 when it was sent. */
  readonly sentAt: number;

  constructor(sentAt: number, cause: unknown) {
    super('A write was sent and no answer came.', { cause });
    this.name = 'NoAnswer';
    this.sentAt = sentAt;
  }
}

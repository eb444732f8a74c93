/** What a practice can be told about its appointment book. */
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

/** What a practice can be told about its appointment book, and what it answers. */

import type { LocalDate } from '../../time/types.ts';
import type { Appointment, AppointmentStatus } from './appointment.ts';
import type { Selection } from './selection.ts';

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
  /** What of the appointment is read back. @default what every appointment has */
  readonly fields?: Selection;
}

export interface BookedAppointment {
  readonly appointmentId: string;
  /** Null where the source cannot read it back in the same call. */
  readonly appointment: Appointment | null;
}

/** What every change of an appointment says. */
interface OfAppointment {
  readonly appointmentId: string;
  /** An appointment with one of these statuses is not changed. @default none */
  readonly refusedStatuses?: readonly AppointmentStatus[];
  /** What of the appointment is read back. @default what every appointment has */
  readonly fields?: Selection;
}

export type AppointmentCancellation = OfAppointment;

export interface AppointmentArrival extends OfAppointment {
  /** False: an arrival is taken back. */
  readonly arrived: boolean;
}

/** What is left out stays as the practice has it at the moment of the change. */
export interface AppointmentChange extends OfAppointment {
  readonly typeId?: string;
  readonly durationSeconds?: number;
  /** Null: none. */
  readonly reason?: string | null;
}

export interface AppointmentMove extends OfAppointment {
  /** Wall date, and seconds since midnight on the wall, at the location. */
  readonly date: LocalDate;
  readonly seconds: number;
  readonly userId: string;
  readonly locationId: string;
}

export interface ChangedAppointment {
  /** The status for which nothing was changed; null where the appointment now is as wished. */
  readonly refusedStatus: AppointmentStatus | null;
  /** Null where the source cannot read it back in the same call. */
  readonly appointment: Appointment | null;
}

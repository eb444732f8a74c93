/** Changes of a practice's appointment book, and their answers. */

import type { LocalDate } from '../../time/types.ts';
import type { Appointment, AppointmentStatus } from './appointment.ts';
import type { Selection } from './selection.ts';

export interface NewAppointment {
  readonly patientId: string;
  readonly userId: string;
  readonly locationId: string;
  /** Local date, and seconds since midnight on the wall clock, at the location. */
  readonly date: LocalDate;
  readonly seconds: number;
  readonly durationSeconds: number;
  /** Null: the PMS's standard type. */
  readonly typeId: string | null;
  readonly reason: string | null;
  /** The fields of the appointment to read back. @default the fields that every appointment has */
  readonly fields?: Selection;
}

export interface BookedAppointment {
  readonly appointmentId: string;
  /** Null when the source cannot read it back in the same call. */
  readonly appointment: Appointment | null;
}

/** The common part of every change of an appointment. */
interface OfAppointment {
  readonly appointmentId: string;
  /** An appointment with one of these statuses is not changed. @default none */
  readonly refusedStatuses?: readonly AppointmentStatus[];
  /** The fields of the appointment to read back. @default the fields that every appointment has */
  readonly fields?: Selection;
}

export type AppointmentCancellation = OfAppointment;

export interface AppointmentArrival extends OfAppointment {
  /** False: cancels an arrival. */
  readonly arrived: boolean;
}

/** Absent fields stay as they are in the practice at the moment of the change. */
export interface AppointmentChange extends OfAppointment {
  readonly typeId?: string;
  readonly durationSeconds?: number;
  /** Null removes it. */
  readonly reason?: string | null;
}

export interface AppointmentMove extends OfAppointment {
  /** Local date, and seconds since midnight on the wall clock, at the location. */
  readonly date: LocalDate;
  readonly seconds: number;
  readonly userId: string;
  readonly locationId: string;
}

export interface ChangedAppointment {
  /** The status that prevented the change. Null when the appointment was changed, or already was as requested. */
  readonly refusedStatus: AppointmentStatus | null;
  /** Null when the source cannot read it back in the same call. */
  readonly appointment: Appointment | null;
}

import type { Instant, LocalDate } from '../../time/types.ts';
import type { Location } from './clinic.ts';
import type { Patient } from './patient.ts';
import type { Selection } from './selection.ts';
import type { User } from './user.ts';

export const appointmentStatuses = [
  'BOOKED',
  'ARRIVED',
  'IN_CONSULTATION',
  'FULFILLED',
  'NO_SHOW',
  'CANCELLED',
  'UNKNOWN',
] as const;

export type AppointmentStatus = (typeof appointmentStatuses)[number];

export interface Appointment {
  readonly pmsId: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly durationMinutes: number;
  readonly status: AppointmentStatus;
  readonly pmsStatus: string | null;
  readonly type: AppointmentType | null;
  readonly reason: string | null;
  readonly comment: string | null;
  readonly urgent: boolean | null;
  readonly telehealthUrl: string | null;
  readonly arrivedAt: Instant | null;
  readonly consultationStartedAt: Instant | null;
  readonly bookedAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly patientId: string | null;
  readonly userId: string | null;
  readonly locationId: string | null;
  /** Attached when the selection reads it, so that no further call is made; undefined when it was not fetched. */
  readonly patient?: Patient | null;
  readonly user?: User | null;
  readonly location?: Location | null;
}

export interface AppointmentType {
  readonly pmsId: string;
  readonly name: string;
  readonly defaultDurationMinutes: number | null;
}

/** The place of an appointment in the book: rows inserted before or after it do not move it. */
export interface AppointmentKey {
  readonly date: LocalDate;
  /** Seconds since midnight on the wall clock. */
  readonly seconds: number;
  readonly pmsId: string;
}

/**
 * Which appointments. Filters combine with AND; lists are OR within. Ordered by wall date, wall time, id (numeric).
 * Blocked, reserved and dummy rows of the PMS never appear.
 */
export interface AppointmentQuery {
  readonly ids?: readonly string[];
  /** Wall dates, both inclusive. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly userIds?: readonly string[];
  readonly patientIds?: readonly string[];
  readonly locationId?: string;
  /** Absent: every status but CANCELLED. */
  readonly statuses?: readonly AppointmentStatus[];
  readonly after?: AppointmentKey;
  /** Maximum number of rows; with `limitPer`, for each user or patient. Absent: all rows. */
  readonly limit?: number;
  readonly limitPer?: 'user' | 'patient';
  readonly fields: Selection;
}

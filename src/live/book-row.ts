import type { Appointment, AppointmentStatus } from '../datasources/domain/appointment.ts';
import type { Selection } from '../datasources/domain/selection.ts';
import { wallDate } from '../time/local.ts';
import type { Instant, LocalDate } from '../time/types.ts';

/** The compared fields of an appointment: no name, no reason. */
export interface BookRow {
  readonly pmsId: string;
  readonly start: Instant;
  readonly status: AppointmentStatus;
  readonly userId: string | null;
  /** Differs after every change that the detector can see. */
  readonly stamp: string;
}

/** A book is a set. Appointments can overlap, and every status can follow every other. */
export type BookRows = ReadonlyMap<string, BookRow>;

/** The range of a book: wall dates, both inclusive. */
export interface BookRange {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

// Rests on assumption B45.

/** The fields that the detector reads: times, statuses and change stamps. */
export const detectedFields: Selection = {
  status: {},
  pmsStatus: {},
  start: {},
  durationMinutes: {},
  arrivedAt: {},
  consultationStartedAt: {},
  bookedAt: {},
  updatedAt: {},
  urgent: {},
};

export function bookRow(appointment: Appointment): BookRow {
  const { pmsId, start, status, userId } = appointment;
  const stamp = [
    start,
    appointment.durationMinutes,
    status,
    appointment.pmsStatus,
    userId,
    appointment.locationId,
    appointment.patientId,
    appointment.arrivedAt,
    appointment.consultationStartedAt,
    appointment.bookedAt,
    appointment.updatedAt,
    appointment.urgent,
  ].join(' ');
  return { pmsId, start, status, userId, stamp };
}

/** Whether a book with this range shows the row. Cancelled appointments are in no book. */
export function isInBook({ start, status }: BookRow, { from, to }: BookRange): boolean {
  const date = wallDate(start);
  return status !== 'CANCELLED' && date >= from && date <= to;
}

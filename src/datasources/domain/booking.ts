import type { Appointment, AppointmentType } from './appointment.ts';
import type { DateRange, Location } from './clinic.ts';
import type { Patient } from './patient.ts';
import type { SlotSearch } from './slot.ts';
import type { User } from './user.ts';

/** The parts of a booking or move that decide which facts are needed. */
export interface BookingQuery {
  /** The possible wall dates of the start. Absent: the date of the moving appointment. */
  readonly dates?: DateRange;
  /** Absent: the user of the moving appointment. */
  readonly userId?: string;
  readonly locationId?: string;
  readonly patientId?: string;
  readonly typeId?: string;
  /** The appointment that is to move. */
  readonly movingId?: string;
}

/** The facts to check before an appointment is booked or moved. Null: it does not exist. */
export interface BookingFacts {
  /** With `status`. */
  readonly patient: Patient | null;
  /** With `active` and `takesAppointments`. */
  readonly user: User | null;
  readonly type: AppointmentType | null;
  /** With its location. */
  readonly moving: Appointment | null;
  /** Current ones, by id; the first is the main one. */
  readonly locations: readonly Pick<Location, 'pmsId' | 'timeZone'>[];
  /** The user's appointments on these dates, and those of the evening before that run past midnight. */
  appointments(): readonly Pick<Appointment, 'pmsId' | 'start' | 'end'>[];
  /** The user's free times on these dates. Without a length, the session's slot length applies. */
  slots(durationMinutes: number | undefined): SlotSearch;
}

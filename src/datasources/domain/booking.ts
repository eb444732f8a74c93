import type { Appointment, AppointmentType } from './appointment.ts';
import type { DateRange, Location } from './clinic.ts';
import type { Patient } from './patient.ts';
import type { SlotSearch } from './slot.ts';
import type { User } from './user.ts';

/** What is to be booked or moved, as far as it decides what has to be known. */
export interface BookingQuery {
  /** Wall dates that the start can have; absent: that of the appointment that moves. */
  readonly dates?: DateRange;
  /** Absent: that of the appointment that moves. */
  readonly userId?: string;
  readonly locationId?: string;
  readonly patientId?: string;
  readonly typeId?: string;
  /** The appointment that is to move. */
  readonly movingId?: string;
}

/** What has to be known before an appointment is made or moved; null where there is no such. */
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
  /** Of the user on these dates, and of the evening before what runs past midnight. */
  readonly appointments: readonly Pick<Appointment, 'pmsId' | 'start' | 'end'>[];
  /** Free times of the user on these dates; without a length, of the session's own. */
  slots(durationMinutes: number | undefined): SlotSearch;
}

import type { Appointment, AppointmentType } from '../../datasources/domain/appointment.ts';
import type { BookingFacts } from '../../datasources/domain/booking.ts';
import type { Patient } from '../../datasources/domain/patient.ts';
import type { SlotSearch } from '../../datasources/domain/slot.ts';
import type { User } from '../../datasources/domain/user.ts';

/** The same as `BookingFacts`. A method may send a request to the practice. */
export interface KnownForBooking {
  patient(): Promise<Patient | null>;
  user(): Promise<User | null>;
  /** Undefined if no source lists the types: then the PMS decides. */
  type(): Promise<AppointmentType | null | undefined>;
  /** The appointment that is to move. */
  moving(): Promise<Appointment | null>;
  locations(): Promise<BookingFacts['locations']>;
  appointments(): Promise<ReturnType<BookingFacts['appointments']>>;
  slots(durationMinutes: number | undefined): Promise<SlotSearch>;
}

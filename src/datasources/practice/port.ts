/**
 * The port: all questions to a practice, in domain terms. Each source (Bp Premier API, SQL Passthrough) implements it as an
 * adapter that knows nothing of GraphQL. Every method throws a `HaloError` of `src/errors.ts`, never anything else on
 * purpose.
 *
 * Ids are the PMS's own (`INTERNALID`, `USERID`, `RECORDID`, `LOCATIONID` as decimal strings). Instants are RFC 3339 with
 * the offset of the zone of the location they happen at. Dates and times of day are local times of the practice.
 */
import type { Appointment, AppointmentQuery, AppointmentType } from '../domain/appointment.ts';
import type { BookingFacts, BookingQuery } from '../domain/booking.ts';
import type { ClinicWeek, DateRange, DayClosed, Location } from '../domain/clinic.ts';
import type { Patient, PatientQuery } from '../domain/patient.ts';
import type { SlotQuery, SlotSearch } from '../domain/slot.ts';
import type { DayAway, ProviderNumber, Session } from '../domain/user.ts';
import type { UserQuery, UsersFound } from '../domain/user-query.ts';

export interface PracticeData {
  appointments(query: AppointmentQuery): Promise<readonly Appointment[]>;
  appointmentTypes(): Promise<readonly AppointmentType[]>;
  availableSlots(query: SlotQuery): Promise<SlotSearch>;
  /**
   * All facts in one call. A source that cannot do this throws OperationNotSupported. Then each fact is fetched
   * separately.
   */
  factsForBooking(query: BookingQuery): Promise<BookingFacts>;
  patients(query: PatientQuery): Promise<readonly Patient[]>;
  users(query: UserQuery): Promise<UsersFound>;
  providerNumbers(query: { readonly userIds: readonly string[] }): Promise<readonly ProviderNumber[]>;
  sessions(query: { readonly userIds: readonly string[] }): Promise<readonly Session[]>;
  daysAway(query: DateRange & { readonly userIds: readonly string[] }): Promise<readonly DayAway[]>;
  /** All current locations, by id; the first is the main one (assumption B10). */
  locations(): Promise<readonly Location[]>;
  /** Every location's week. */
  clinicHours(): Promise<readonly ClinicWeek[]>;
  daysClosed(query: DateRange & { readonly locationId?: string }): Promise<readonly DayClosed[]>;
}

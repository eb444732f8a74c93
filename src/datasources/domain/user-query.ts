import type { Appointment, AppointmentQuery } from './appointment.ts';
import type { Selection } from './selection.ts';
import type { User, UserRole } from './user.ts';

/** All users that match (a practice has tens), ordered by last name, first name, id. */
export interface UserQuery {
  readonly ids?: readonly string[];
  readonly role?: UserRole;
  readonly active?: boolean;
  readonly takesAppointments?: boolean;
  /** Also loads these appointments of the users, in the same upstream call if the source can. */
  readonly appointments?: Omit<AppointmentQuery, 'ids' | 'userIds' | 'patientIds' | 'after'>;
  readonly fields: Selection;
}

export interface UsersFound {
  readonly users: readonly User[];
  /** Present when the query had `appointments`. */
  readonly appointments?: readonly Appointment[];
}

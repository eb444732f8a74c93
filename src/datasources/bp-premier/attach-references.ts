import type { Appointment } from '../domain/appointment.ts';
import type { Selection } from '../domain/selection.ts';
import type { User } from '../domain/user.ts';
import { usersById } from './fetch-users.ts';
import { patientsById } from './patients.ts';
import type { Site } from './places.ts';
import { searchesFor } from './references.ts';
import { userLists } from './roles.ts';

/**
 * Attaches the patients, users and locations that the selection reads: one `_id` search for each type that is not loaded
 * yet. A record that the server does not return is null.
 * @param known users that were fetched already, with every field that the selection reads
 */
export async function attachReferences(
  site: Site,
  appointments: readonly Appointment[],
  fields: Selection,
  known?: ReadonlyMap<string, User>,
): Promise<readonly Appointment[]> {
  const idsOf = (key: 'patientId' | 'userId') =>
    [...new Set(appointments.map((appointment) => appointment[key]))].filter((id) => id !== null);
  const [patients, users, places] = await Promise.all([
    fields.patient && patientsById(site.connection, idsOf('patientId'), fields.patient),
    fields.user && (known ?? usersById(site.connection, idsOf('userId'), fields.user)),
    fields.location && site.places(),
  ]);
  const linked = <T>(found: ReadonlyMap<string, T>, id: string | null) =>
    id === null ? null : (found.get(id) ?? null);
  return appointments.map((appointment) => ({
    ...appointment,
    ...(patients && { patient: linked(patients, appointment.patientId) }),
    ...(users && { user: linked(users, appointment.userId) }),
    ...(places && { location: places.find(appointment.locationId) }),
  }));
}

/** The charged calls for the patients and users of that many appointments. There are at most 500 users. */
export function linkCalls({ patient, user }: Selection, appointments: number): number {
  return (patient ? searchesFor({ length: appointments }) : 0) + (user ? userLists(user) : 0);
}

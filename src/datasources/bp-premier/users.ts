import { OperationNotSupported } from '../../errors.ts';
import { comparePeople } from '../domain/order.ts';
import { maxReturned } from '../domain/practice-size.ts';
import type { Selection } from '../domain/selection.ts';
import type { Sized } from '../domain/sized.ts';
import type { User } from '../domain/user.ts';
import type { UserQuery, UsersFound } from '../domain/user-query.ts';
import type { UpperBound } from '../practice/source-adapter.ts';
import { appointmentPages, findAppointments } from './appointments.ts';
import { attachReferences, linkCalls } from './attach-references.ts';
import { everyUser, usersById } from './fetch-users.ts';
import { takersNotKnown } from './not-known.ts';
import type { Site } from './places.ts';
import { searchesFor } from './references.ts';
import { userLists } from './roles.ts';

// Rests on assumption F9.

/**
 * Loads all users and filters them here, because a practice has tens of users. FHIR treats a Practitioner without `active` as
 * active. With `appointments`, one more search loads those of all users.
 */
export async function findUsers(site: Site, query: UserQuery): Promise<UsersFound> {
  if (query.takesAppointments !== undefined) {
    throw new OperationNotSupported(
      { operation: 'READ_USERS', pms: site.connection.pms },
      { message: takersNotKnown },
    );
  }
  const fields = userFields(query);
  const found =
    query.ids === undefined
      ? await everyUser(site.connection, fields)
      : [...(await usersById(site.connection, query.ids, fields)).values()];
  const users = found
    .filter((user) => query.role === undefined || user.role === query.role)
    .filter((user) => query.active === undefined || (user.active ?? true) === query.active)
    .toSorted(comparePeople);
  if (query.appointments === undefined) return { users };
  const known = new Map<string, User>(users.map((user) => [user.pmsId, user]));
  const appointments = await findAppointments(site, { ...query.appointments, userIds: [...known.keys()] });
  return {
    users,
    appointments: await attachReferences(site, appointments, query.appointments.fields, known),
  };
}

export function usersBound(query: Sized<UserQuery>): UpperBound {
  const lists = searchesFor(query.ids) * userLists(userFields(query));
  const { appointments } = query;
  if (!appointments) return { calls: lists };
  const { user: _, ...fields } = appointments.fields;
  const pages = appointmentPages(appointments);
  return { calls: lists + pages + linkCalls(fields, maxReturned(appointments)), once: ['locations'] };
}

/** The fields to read of the users: for the query, for its filter, and for the appointments. */
export function userFields(query: Pick<UserQuery, 'fields' | 'role' | 'appointments'>): Selection {
  return {
    ...query.fields,
    ...query.appointments?.fields.user,
    ...(query.role !== undefined && { role: {} }),
  };
}

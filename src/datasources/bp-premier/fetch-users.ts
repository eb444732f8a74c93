import type { Selection } from '../domain/selection.ts';
import type { User } from '../domain/user.ts';
import type { FhirResource, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { todayOf } from './current-entry.ts';
import { readUser } from './read-user.ts';
import { idOf, readResources, search, searchByIds } from './references.ts';
import { elementsFor } from './requested-elements.ts';
import { type Role, readsRoles, rolesOf } from './roles.ts';

/** Users by id: one Practitioner search, and one concurrent PractitionerRole search when a field needs it. */
export async function usersById(
  connection: PracticeConnection,
  ids: readonly string[],
  fields: Selection,
): Promise<ReadonlyMap<string, User>> {
  if (ids.length === 0) return new Map();
  const also = await elementsFor(connection, 'Practitioner', fields);
  const [practitioners, roles] = await Promise.all([
    searchByIds(connection, 'Practitioner', ids, also, 'users'),
    readsRoles(fields) ? rolesOf(connection, ids) : undefined,
  ]);
  return new Map(readUsers(connection, practitioners, roles).map((user) => [user.pmsId, user]));
}

/** Every user of the practice. The search for roles needs the user ids, so it comes second. */
export async function everyUser(connection: PracticeConnection, fields: Selection): Promise<readonly User[]> {
  const also = await elementsFor(connection, 'Practitioner', fields);
  const practitioners = new Map<string, FhirResource>();
  for (const resource of await search(connection, 'Practitioner', also, 'users')) {
    practitioners.set(idOf(resource), resource);
  }
  const ids = [...practitioners.keys()];
  const roles = readsRoles(fields) && ids.length > 0 ? await rolesOf(connection, ids) : undefined;
  return readUsers(connection, practitioners, roles);
}

function readUsers(
  connection: PracticeConnection,
  practitioners: ReadonlyMap<string, FhirResource>,
  roles: ReadonlyMap<string, readonly Role[]> | undefined,
): readonly User[] {
  const today = todayOf(connection);
  return readResources(connection, [...practitioners.values()], (resource) =>
    readUser(resource, roles && (roles.get(idOf(resource)) ?? []), today),
  );
}

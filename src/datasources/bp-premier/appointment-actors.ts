/** How the appointments of a site name their users: as a Practitioner, or by one of the user's PractitionerRoles. */
import type { FhirCapability, FhirResource, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { elements } from './read-element.ts';
import { idOf, listed, referenceList, referenceTo, searchByIds } from './references.ts';
import { rolesOf } from './roles.ts';

// Rests on assumption P5.

/** How users are named in a search for their appointments. */
export interface UserActors {
  readonly parameter: 'practitioner' | 'actor';
  /** The value of the parameter. */
  listOf(userIds: readonly string[]): string;
  /** Users of the roles that were read for it, by role. */
  readonly userOfRole: ReadonlyMap<string, string>;
}

const byPractitioner: UserActors = {
  parameter: 'practitioner',
  listOf: (userIds) => referenceList('Practitioner', userIds),
  userOfRole: new Map(),
};

/** What the appointments of a site have named so far. Remembered as long as its CapabilityStatement, which is an hour. */
const named = new WeakMap<FhirCapability, 'Practitioner' | 'PractitionerRole'>();

/**
 * In R4, a search by `practitioner` does not find appointments that name a PractitionerRole. A search by `actor` finds both.
 * It is sent if the site lists it, unless the site's appointments have only named Practitioners so far. It needs the roles of
 * the users, which are reference data.
 */
export async function actorsOf(
  connection: PracticeConnection,
  userIds: readonly string[],
): Promise<UserActors> {
  if (named.get(await connection.capability()) === 'Practitioner') return byPractitioner;
  const canSearch =
    (await listed(connection, 'Appointment', 'actor')) &&
    (await listed(connection, 'PractitionerRole', 'practitioner'));
  if (!canSearch || userIds.length === 0) return byPractitioner;
  const roles = await rolesOf(connection, userIds);
  const idsOf = (userId: string) => (roles.get(userId) ?? []).map(({ resource }) => idOf(resource));
  return {
    parameter: 'actor',
    listOf: (some) =>
      [referenceList('Practitioner', some), referenceList('PractitionerRole', some.flatMap(idsOf))]
        .filter((list) => list !== '')
        .join(','),
    userOfRole: new Map(userIds.flatMap((userId) => idsOf(userId).map((id) => [id, userId] as const))),
  };
}

/**
 * The users of PractitionerRoles that appointments name in place of a Practitioner, by role. Sends one search when there are
 * roles that are not known. They stay unknown when the site cannot search for roles by id.
 */
export async function usersOfRoles(
  connection: PracticeConnection,
  appointments: readonly FhirResource[],
  known: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const idsOf = (resourceType: string) =>
    appointments.flatMap(({ participant }) =>
      elements(participant)
        .map(({ actor }) => referenceTo(resourceType, actor))
        .filter((id) => id !== null),
    );
  const ids = idsOf('PractitionerRole');
  const capability = await connection.capability();
  if (ids.length > 0) named.set(capability, 'PractitionerRole');
  else if (!named.has(capability) && idsOf('Practitioner').length > 0) named.set(capability, 'Practitioner');
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0 || !(await listed(connection, 'PractitionerRole', '_id'))) return known;
  const roles = await searchByIds(connection, 'PractitionerRole', unknown, [], 'users');
  const found = [...roles].flatMap(([id, { practitioner }]) => {
    const userId = referenceTo('Practitioner', practitioner);
    return userId === null ? [] : [[id, userId] as const];
  });
  return new Map([...known, ...found]);
}

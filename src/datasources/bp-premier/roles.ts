import type { LocalDate } from '../../time/types.ts';
import type { Selection } from '../domain/selection.ts';
import type { ProviderNumber } from '../domain/user.ts';
import type { FhirResource, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { phaseOf, todayOf } from './current-entry.ts';
import { identifiersOf, providerNumberSystem } from './read-cards.ts';
import { elements, flag, text } from './read-element.ts';
import { idChunks, readResources, referenceList, referenceTo, search } from './references.ts';

// Rests on assumption F10.

/** A PractitionerRole: one user at one location. */
export interface Role {
  readonly userId: string;
  readonly locationId: string | null;
  /** The user category. */
  readonly category: string | null;
  readonly providerNumber: string | null;
  /** A former role still gives the user category, but no times. */
  readonly isCurrent: boolean;
  /** The resource, for its sessions and absences (F5). */
  readonly resource: FhirResource;
}

/** Fields of a User that only a PractitionerRole has. */
export function readsRoles(fields: Selection): boolean {
  return ['role', 'pmsRole', 'providerNumbers', 'location', 'locationId'].some(
    (field) => fields[field] !== undefined,
  );
}

/** The number of searches for these fields of users: Practitioner, and PractitionerRole if a field needs it. */
export const userLists = (fields: Selection): number => (readsRoles(fields) ? 2 : 1);

/** Roles by user, in the order of the server, which lists the usual location first. A user without a role is absent. */
export async function rolesOf(
  connection: PracticeConnection,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Role[]>> {
  const pages = await Promise.all(
    idChunks(userIds).map((chunk) =>
      search(
        connection,
        'PractitionerRole',
        [['practitioner', referenceList('Practitioner', chunk)]],
        'users',
      ),
    ),
  );
  const today = todayOf(connection);
  const found = new Map<string, Role[]>();
  for (const role of readResources(connection, pages.flat(), (resource) => readRole(resource, today))) {
    if (role === null || !userIds.includes(role.userId)) continue;
    found.set(role.userId, [...(found.get(role.userId) ?? []), role]);
  }
  return found;
}

/** Null for a role without a user. Uses the first of several locations. */
export function readRole(resource: FhirResource, today: LocalDate): Role | null {
  const userId = referenceTo('Practitioner', resource.practitioner);
  if (userId === null) return null;
  const codes = elements(resource.code);
  return {
    userId,
    locationId:
      elements(resource.location)
        .map((reference) => referenceTo('Location', reference))
        .find((id) => id !== null) ?? null,
    category:
      codes.map((code) => text(code.text) ?? text(elements(code.coding)[0]?.display)).find(Boolean) ?? null,
    providerNumber: text(identifiersOf(resource.identifier, providerNumberSystem, today)[0]?.value),
    isCurrent: flag(resource.active) !== false && phaseOf(resource, today) !== 'ENDED',
    resource,
  };
}

/** Each number once for each location. */
export function providerNumbersOf(roles: readonly Role[]): readonly ProviderNumber[] {
  const numbers = new Map<string, ProviderNumber>();
  for (const { userId, locationId, providerNumber } of roles) {
    if (providerNumber === null) continue;
    numbers.set(`${userId} ${locationId} ${providerNumber}`, { userId, locationId, number: providerNumber });
  }
  return [...numbers.values()];
}

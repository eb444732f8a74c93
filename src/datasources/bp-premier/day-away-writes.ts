import { NotFound } from '../../errors.ts';
import type { DateRange } from '../domain/clinic.ts';
import { maxRolesOfUser } from '../domain/practice-size.ts';
import { versionOf } from '../halo-cloud/fhir/resource-version.ts';
import type { FhirResource } from '../halo-cloud/practice-connection.ts';
import type { WriteBounds } from '../practice/source-adapter.ts';
import type { PracticeWrites } from '../practice/write-port.ts';
import { readAbsence } from './availability.ts';
import { listOf, withList } from './change-element.ts';
import { todayOf } from './current-entry.ts';
import type { Site } from './places.ts';
import { type Element, element, elements } from './read-element.ts';
import { readDate } from './read-time.ts';
import { idOf, listed, referenceList, search } from './references.ts';
import { type Role, readRole } from './roles.ts';
import { readForUpdate, refusedNotTaken, updateRead } from './update-resource.ts';

// Rests on assumption F16.

/** FHIR requires a reason for an absence (F16). */
const noReason = 'Away';

const notAtWork = 'The practice has no such user, or the user no longer works there.';

/** The search for the user's roles, then the updates. An absence is added to one role and removed from all. */
export const dayAwayWriteBounds = {
  addDayAway: { calls: 2 },
  removeDayAway: { calls: 1 + maxRolesOfUser, once: ['locations'] },
} as const satisfies Partial<WriteBounds>;

/**
 * Changes days away by updating the user's roles (F16). A new absence is added to the first role, which is that of the usual
 * location (F10). A removed absence is removed from every role.
 */
export function dayAwayWrites(site: Site): Pick<PracticeWrites, 'addDayAway' | 'removeDayAway'> {
  const { connection } = site;
  const inTurn = (userId: string, change: () => Promise<void>) =>
    refusedNotTaken(connection.inTurn(`PractitionerRoles of ${userId}`, change));
  const update = ({ resource }: Role, change: (resource: FhirResource) => FhirResource) =>
    updateRead(connection, { resource, version: versionOf(resource) }, change, () =>
      readForUpdate(connection, 'PractitionerRole', idOf(resource), notAtWork),
    );
  return {
    addDayAway: ({ userId, from, to, reason }) =>
      inTurn(userId, async () => {
        const [role] = await currentRoles(site, userId);
        if (role === undefined) throw new NotFound({ message: notAtWork });
        const absence = { description: reason ?? noReason, during: { start: from, end: to } };
        await update(role, (resource) =>
          withList(resource, 'notAvailable', [...listOf(resource, 'notAvailable'), absence]),
        );
      }),
    removeDayAway: ({ userId, ...days }) =>
      inTurn(userId, async () => {
        const roles = await currentRoles(site, userId);
        const isIt = await absenceOf(site, roles, days);
        for (const role of roles) {
          await update(role, (resource) => {
            const carried = listOf(resource, 'notAvailable');
            const left = carried.filter((entry) => !isIt(role, entry));
            return left.length < carried.length ? withList(resource, 'notAvailable', left) : resource;
          });
        }
      }),
  };
}

/** The roles in the order of the server. */
async function currentRoles({ connection }: Site, userId: string): Promise<readonly Role[]> {
  const byUser = await listed(connection, 'PractitionerRole', 'practitioner');
  const resources = await search(
    connection,
    'PractitionerRole',
    byUser ? [['practitioner', referenceList('Practitioner', [userId])]] : [],
    'UNSHARED',
  );
  const today = todayOf(connection);
  return resources
    .map((resource) => readRole(resource, today))
    .filter((role) => role !== null)
    .filter((role) => role.userId === userId && role.isCurrent);
}

/** The zone matters only when a server writes absences as instants. */
async function absenceOf(site: Site, roles: readonly Role[], days: DateRange) {
  const entries = roles.flatMap(({ resource }) => elements(resource.notAvailable));
  const places = entries.every(isDated) ? null : await site.places();
  return ({ locationId }: Role, value: unknown): boolean => {
    const entry = element(value);
    const found = entry && readAbsence(entry, days, places?.zoneAt(locationId) ?? 'Etc/UTC');
    return found?.from === days.from && found.to === days.to;
  };
}

function isDated({ during }: Element): boolean {
  const { start, end } = element(during) ?? {};
  return [start, end].every((day) => day === undefined || readDate(day) !== null);
}

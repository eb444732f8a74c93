import { OperationNotSupported } from '../../errors.ts';
import { daysOfWeek, wallDate } from '../../time/local.ts';
import type { LocalDate, TimeZone } from '../../time/types.ts';
import type { DateRange } from '../domain/clinic.ts';
import { compareIds } from '../domain/order.ts';
import type { DayAway, Session } from '../domain/user.ts';
import type { ReferenceKind } from '../halo-cloud/practice-connection.ts';
import { todayOf } from './current-entry.ts';
import type { Site } from './places.ts';
import { type Element, element, elements, text } from './read-element.ts';
import { readDate, readInstant } from './read-time.ts';
import { readDays, readPeriod } from './read-week.ts';
import { readResources, search } from './references.ts';
import { type Role, readRole } from './roles.ts';

// Rests on assumption F5.

/** The weekly sessions of some users: `PractitionerRole.availableTime` (F5). FHIR has no slot length and no validity. */
export async function findSessions(site: Site, userIds: readonly string[]): Promise<readonly Session[]> {
  const roles = (await rolesWithTimes(site, 'sessions')).filter((role) => userIds.includes(role.userId));
  const days = daysOfWeek();
  return roles
    .flatMap(sessionsOf)
    .toSorted(
      (a, b) =>
        compareIds(a.userId, b.userId) ||
        days.indexOf(a.day) - days.indexOf(b.day) ||
        (a.opens < b.opens ? -1 : a.opens > b.opens ? 1 : 0),
    );
}

/**
 * The absences of some users within a range: `PractitionerRole.notAvailable` (F5). An absence that several roles of a user
 * repeat counts once. FHIR gives it no id, so its id is made of the user and the first day. Without an end, it lasts to the
 * end of the range.
 */
export async function findDaysAway(
  site: Site,
  range: DateRange & { readonly userIds: readonly string[] },
): Promise<readonly DayAway[]> {
  const [roles, places] = await Promise.all([rolesWithTimes(site), site.places()]);
  const found = new Map<string, DayAway>();
  for (const role of roles) {
    if (!range.userIds.includes(role.userId)) continue;
    for (const away of absencesOf(role, range, places.zoneAt(role.locationId))) {
      if (away.from <= range.to && away.to >= range.from) found.set(`${away.pmsId}:${away.to}`, away);
    }
  }
  return [...found.values()].toSorted(
    (a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0) || compareIds(a.userId, b.userId),
  );
}

/**
 * Every current role of the practice. Throws OperationNotSupported when no role has times: then the server does not record
 * sessions, and a user without sessions means nothing.
 */
async function rolesWithTimes(site: Site, what?: ReferenceKind): Promise<readonly Role[]> {
  const resources = await search(site.connection, 'PractitionerRole', [], what);
  if (!resources.some((resource) => elements(resource.availableTime).length > 0)) {
    throw new OperationNotSupported(
      { operation: 'READ_USERS', pms: site.connection.pms },
      { message: "This practice's server does not provide the sessions of its users." },
    );
  }
  const today = todayOf(site.connection);
  return readResources(site.connection, resources, (resource) => readRole(resource, today)).filter(
    (role): role is Role => role?.isCurrent === true,
  );
}

function sessionsOf({ userId, locationId, resource }: Role): readonly Session[] {
  return elements(resource.availableTime).flatMap((entry) => {
    const period = readPeriod(entry, 'availableStartTime', 'availableEndTime');
    if (period === null) return [];
    return readDays(entry).map((day) => ({
      userId,
      day,
      ...period,
      slotMinutes: null,
      locationId,
      validFrom: null,
      validTo: null,
    }));
  });
}

function absencesOf({ userId, resource }: Role, range: DateRange, zone: TimeZone): readonly DayAway[] {
  return elements(resource.notAvailable).flatMap((entry) => {
    const days = readAbsence(entry, range, zone);
    if (days === null) return [];
    return [{ userId, pmsId: `${userId}:${days.from}`, ...days, reason: text(entry.description) }];
  });
}

/** The days of a `notAvailable` entry, both inclusive. A missing start or end is that of the range. */
export function readAbsence(entry: Element, range: DateRange, zone: TimeZone): DateRange | null {
  const during = element(entry.during);
  const start = readDay(during?.start, zone);
  const end = readDay(during?.end, zone);
  if (start === null && end === null) return null;
  const from = start ?? range.from;
  const to = end ?? range.to;
  return { from, to: start !== null && to < from ? from : to };
}

/** Absences are whole days. An instant counts as its wall date. */
function readDay(value: unknown, zone: TimeZone): LocalDate | null {
  const instant = readInstant(value, zone);
  return readDate(value) ?? (instant === null ? null : wallDate(instant));
}

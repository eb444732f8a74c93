import { isDeepStrictEqual } from 'node:util';
import { replacePracticeSessions } from '../database/clinic-record.ts';
import { openingHours, practiceSessions } from './opening-hours.ts';
import { unacceptable } from './outcome.ts';
import type { Facade, FhirResource } from './resource-kind.ts';
import { type Fields, onlyChanges, repeated } from './sent-element.ts';

// Rests on assumption S17.

/**
 * Replaces the opening hours of a location. Throws a FhirRefusal before anything is written: 400 if anything else
 * differs, 422 for a week that cannot be stored.
 */
export function updateLocation(current: FhirResource, resource: Fields, facade: Facade): void {
  onlyChanges('hoursOfOperation', current, resource);
  if (isDeepStrictEqual(resource.hoursOfOperation, current.hoursOfOperation)) return;
  const locationId = Number(current.id);
  const sessions = practiceSessions(repeated(resource, 'hoursOfOperation'));
  const rows = sessions.map(({ dayOfWeek, start, end }) => ({
    locationId,
    weekday: dayOfWeek,
    opens: start,
    closes: end,
  }));
  if (isDeepStrictEqual(openingHours(rows), current.hoursOfOperation ?? [])) return;
  if (sessions.length === 0)
    throw unacceptable('hoursOfOperation: a location that never opens looks the same as one without hours');
  const stamp = { now: facade.now(locationId), by: 0 };
  replacePracticeSessions(facade.database, locationId, sessions, stamp);
}

import { isDeepStrictEqual } from 'node:util';
import { addAbsence, removeAbsence } from '../database/clinic-record.ts';
import { absences } from './absences.ts';
import { badResource, unacceptable } from './outcome.ts';
import type { Facade, FhirResource } from './resource-kind.ts';
import {
  type Fields,
  fitting,
  isFields,
  keepsOnly,
  onlyChanges,
  repeated,
  textOf,
  wholeDay,
} from './sent-element.ts';

// Rests on assumption S16.

/**
 * Replaces the absences of a user, at every location: new entries are added and missing ones deleted. Throws a
 * FhirRefusal before anything is written: 400 if anything else differs, 422 for an entry that cannot be stored.
 */
export function updatePractitionerRole(current: FhirResource, resource: Fields, facade: Facade): void {
  const { database } = facade;
  onlyChanges('notAvailable', current, resource);
  const userId = Number(current.id.split('-')[0]);
  const gone = absences(database).filter((absence) => absence.userId === userId);
  const added = repeated(resource, 'notAvailable').filter((entry) => {
    const known = gone.findIndex((absence) => isDeepStrictEqual(absence.entry, entry));
    if (known >= 0) gone.splice(known, 1);
    return known < 0;
  });
  const wanted = added.map((entry) => ({ userId, ...absenceOf(entry) }));
  const stamp = { now: facade.now(Number(current.id.split('-')[1])), by: 0 };
  for (const { id } of gone) removeAbsence(database, id, stamp);
  for (const absence of wanted) addAbsence(database, absence, stamp);
}

function absenceOf(entry: Fields): { readonly from: string; readonly to: string; readonly reason: string } {
  keepsOnly(entry, ['description', 'during'], 'notAvailable');
  const reason = textOf(entry.description, 'notAvailable.description');
  if (reason === null) throw badResource('notAvailable.description is missing');
  fitting('DAYSAWAY', { AWAYREASON: reason }, 'notAvailable.description');
  if (!isFields(entry.during))
    throw unacceptable('notAvailable.during: an absence without days cannot be kept');
  keepsOnly(entry.during, ['start', 'end'], 'notAvailable.during');
  const from = wholeDay(entry.during.start, 'notAvailable.during.start');
  const to = wholeDay(entry.during.end, 'notAvailable.during.end');
  if (to < from) throw badResource('notAvailable.during ends before it starts');
  return { from, to, reason };
}

/**
 * Records that another record names by id, loaded in one batch for all rows. Null if the record names none. If the named
 * record is missing, the field fails with NotFound, so that `errors` says why the link is null.
 */
import type { GraphQLResolveInfo } from 'graphql';
import { isPmsId, type Practice } from '../datasources/practice/practice.ts';
import { NotFound } from '../errors.ts';
import type { Location, Patient, User } from './entities.ts';
import { selectionOf } from './selection.ts';

type Id = string | null;

const whyMissing = {
  patient: 'The practice has no current record of this patient. It was deleted or merged, or cannot be read.',
  user: 'The practice has no current record of this user, or it cannot be read.',
  location: 'The practice no longer uses this location, or its record cannot be read.',
} as const;

type Node = Patient | User | Location;

/** Makes nodes of records that a source attached to a row or loaded by id. */
function linkTo<N extends Node>(kind: N['kind'], message: string) {
  return (practice: Practice, data: N['data'] | null, id: Id): N | null => {
    if (data !== null) return { kind, practice, data } as N;
    if (id === null) return null;
    throw new NotFound({ message });
  };
}

export const attachedPatient = linkTo<Patient>('Patient', whyMissing.patient);
export const attachedUser = linkTo<User>('User', whyMissing.user);
export const attachedLocation = linkTo<Location>('Location', whyMissing.location);

export function linkedPatient(practice: Practice, id: Id, info: GraphQLResolveInfo) {
  if (id === null || !isPmsId(id)) return attachedPatient(practice, null, id);
  return practice.patients
    .load({ id, fields: selectionOf(info) })
    .then((found) => attachedPatient(practice, found, id));
}

export function linkedUser(practice: Practice, id: Id, info: GraphQLResolveInfo) {
  if (id === null || !isPmsId(id)) return attachedUser(practice, null, id);
  return practice.users
    .load({ id, fields: selectionOf(info) })
    .then((found) => attachedUser(practice, found, id));
}

export function linkedLocation(practice: Practice, id: Id) {
  return id === null ? null : practice.location(id).then((found) => attachedLocation(practice, found, id));
}

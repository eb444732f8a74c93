/** Things that another thing names by id: loaded together with what other rows want at the same time. Null: none. */
import type { GraphQLResolveInfo } from 'graphql';
import { isPmsId, type Practice } from '../datasources/practice.ts';
import type { Location, Patient, User } from './entities.ts';
import { selectionOf } from './selection.ts';

type Id = string | null;

export function linkedPatient(practice: Practice, id: Id, info: GraphQLResolveInfo) {
  if (id === null || !isPmsId(id)) return null;
  return practice.patients
    .load({ id, fields: selectionOf(info) })
    .then((data): Patient | null => data && { kind: 'Patient', practice, data });
}

export function linkedUser(practice: Practice, id: Id, info: GraphQLResolveInfo) {
  if (id === null || !isPmsId(id)) return null;
  return practice.users
    .load({ id, fields: selectionOf(info) })
    .then((data): User | null => data && { kind: 'User', practice, data });
}

export function linkedLocation(practice: Practice, id: Id) {
  if (id === null) return null;
  return practice.location(id).then((data): Location | null => data && { kind: 'Location', practice, data });
}

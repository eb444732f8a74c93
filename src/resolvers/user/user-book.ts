import { type GraphQLResolveInfo, getArgumentValues } from 'graphql';
import { mergeSelections } from '../../datasources/domain/merge-selections.ts';
import type { Selection } from '../../datasources/domain/selection.ts';
import type { UserQuery, UsersFound } from '../../datasources/domain/user-query.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import { HaloError } from '../../errors.ts';
import { rowsByOwner } from '../../lib/rows-by-owner.ts';
import { readBook } from '../appointment/appointments.ts';
import { type FieldBelow, fieldBelow, selectionBelow } from '../selection.ts';

type BookQuery = NonNullable<UserQuery['appointments']>;

export interface WantedBook {
  readonly query: BookQuery;
  /** Primes the loader with the appointments of each user, so that `User.appointments` sends no request. */
  prime(practice: Practice, found: UsersFound): void;
}

/**
 * The query for the appointments of the users that this field returns, if all `appointments` fields below it have the same
 * arguments. With different arguments, a cursor, or invalid arguments, those fields load (or fail) themselves.
 */
export function wantedBook(info: GraphQLResolveInfo): WantedBook | undefined {
  const fields = fieldBelow(info, 'appointments');
  const filterSets = fields.map((field) => readArguments(info, field));
  const [filters] = filterSets;
  if (!filters || filterSets.some((other) => JSON.stringify(other) !== JSON.stringify(filters)))
    return undefined;
  if (filters.after !== undefined) return undefined;
  const selections: Selection[] = fields.map((field) => selectionBelow(info, field));
  return {
    query: { ...filters, limitPer: 'user', fields: mergeSelections(selections) },
    prime(practice, { users, appointments }) {
      if (!appointments) return;
      const byUser = rowsByOwner(appointments, (appointment) => appointment.userId);
      for (const { pmsId } of users) {
        for (const selection of selections) {
          practice.appointmentsOfUser.prime(
            { ownerId: pmsId, filters, fields: selection },
            byUser.get(pmsId) ?? [],
          );
        }
      }
    },
  };
}

function readArguments(info: GraphQLResolveInfo, { field, nodes: [node] }: FieldBelow) {
  if (!node) return undefined;
  try {
    const args = getArgumentValues(field, node, info.variableValues);
    return readBook(args as unknown as Parameters<typeof readBook>[0]).filters;
  } catch (error) {
    if (error instanceof HaloError) return undefined;
    throw error;
  }
}

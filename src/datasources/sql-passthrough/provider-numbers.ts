import type { Cells } from '../../engine/row-decoder.ts';
import type { UnreadableRows } from '../domain/unreadable-rows.ts';
import type { ProviderNumber } from '../domain/user.ts';
import { currentRecord } from './codes.ts';
import type { SelectList } from './columns.ts';
import type { Reader } from './row.ts';

const otherNumbersJoin = `LEFT JOIN dbo.PROVIDER_LOCATION n ON n.USERID = u.USERID AND n.RECORDSTATUS = ${currentRecord}`;

export const providerNumberOrder = 'n.LOCATIONID, n.RECORDID';

/** One of a user's rows. */
export interface UserRow {
  readonly userId: string;
  readonly row: Cells;
}

interface NumberInRow {
  readonly number: string | null;
  readonly locationId: string | null;
}

/** `u` is USERS. Its own number is valid at the usual location. `n` has one row for each other location. */
export function providerNumberReader(list: SelectList): Reader<readonly NumberInRow[]> {
  const usualNumber = list.text('u.PROVIDERNO');
  const usualLocationId = list.id('u.LOCATIONID');
  const otherNumber = list.text('n.PROVIDERNUMBER', otherNumbersJoin);
  const otherLocationId = list.id('n.LOCATIONID');
  return (row) => [
    { number: usualNumber(row), locationId: usualLocationId(row) },
    { number: otherNumber(row), locationId: otherLocationId(row) },
  ];
}

/** Each user's numbers, of rows in that order: the usual location's first, the others by location. */
export function numbersByUser(
  rows: readonly UserRow[],
  numbersOf: ReturnType<typeof providerNumberReader>,
  unreadable: UnreadableRows,
): ReadonlyMap<string, readonly ProviderNumber[]> {
  const byUser = new Map<string, Map<string, ProviderNumber>>();
  for (const { userId, row } of rows) {
    const numbers = byUser.get(userId) ?? new Map<string, ProviderNumber>();
    byUser.set(userId, numbers);
    const found = unreadable.row({ table: 'PROVIDER_LOCATION', id: null }, () => numbersOf(row)) ?? [];
    for (const { number, locationId } of found) {
      const key = `${number} ${locationId}`;
      if (number !== null && !numbers.has(key)) numbers.set(key, { userId, number, locationId });
    }
  }
  return new Map([...byUser].map(([userId, numbers]) => [userId, [...numbers.values()]]));
}

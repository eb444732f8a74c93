import type { ProviderNumber } from '../practice-data.ts';
import { currentRecord } from './codes.ts';
import type { Column } from './columns.ts';
import type { Row } from './row.ts';

/** `u` is USERS, whose own number holds at the usual location; `n` has those of other locations, a row each. */
export const providerNumberColumns: readonly Column[] = [
  { alias: 'usualNumber', sql: 'u.PROVIDERNO' },
  { alias: 'usualLocationId', sql: 'u.LOCATIONID' },
  { alias: 'number', sql: 'n.PROVIDERNUMBER' },
  { alias: 'numberLocationId', sql: 'n.LOCATIONID' },
];

export const providerNumberJoin = `LEFT JOIN dbo.PROVIDER_LOCATION n ON n.USERID = u.USERID AND n.RECORDSTATUS = ${currentRecord}`;

export const providerNumberOrder = 'n.LOCATIONID, n.RECORDID';

/** Each user's numbers, of rows in that order: the usual location's first, the others by location. */
export function numbersByUser(rows: readonly Row[]): ReadonlyMap<string, readonly ProviderNumber[]> {
  const byUser = new Map<string, Map<string, ProviderNumber>>();
  for (const row of rows) {
    const userId = row.of('user').id('pmsId');
    if (userId === null) continue;
    const numbers = byUser.get(userId) ?? new Map<string, ProviderNumber>();
    byUser.set(userId, numbers);
    for (const [number, locationId] of [
      [row.text('usualNumber'), row.id('usualLocationId')],
      [row.text('number'), row.id('numberLocationId')],
    ] as const) {
      const key = `${number} ${locationId}`;
      if (number !== null && !numbers.has(key)) numbers.set(key, { userId, number, locationId });
    }
  }
  return new Map([...byUser].map(([userId, numbers]) => [userId, [...numbers.values()]]));
}

import type { PracticeConnection } from '../practice-connection.ts';
import type { Location } from '../practice-data.ts';
import { addressOf } from './address.ts';
import type { Column, FieldColumns } from './columns.ts';
import type { Row } from './row.ts';

/** Always: the postcode tells the zone. `l` is LOCATIONS. */
export const locationKey: readonly Column[] = [
  { alias: 'pmsId', sql: 'l.LOCATIONID' },
  { alias: 'postcode', sql: 'l.POSTCODE' },
];

export const locationFields: FieldColumns = {
  name: [{ alias: 'name', sql: 'l.LOCATIONNAME' }],
  address: [
    { alias: 'line1', sql: 'l.ADDRESS1' },
    { alias: 'line2', sql: 'l.ADDRESS2' },
    { alias: 'suburb', sql: 'l.CITY' },
    { alias: 'postcode', sql: 'l.POSTCODE' },
  ],
  phone: [{ alias: 'phone', sql: 'l.PHONE' }],
  email: [{ alias: 'email', sql: 'l.EMAIL' }],
};

/** Null when the row has no location. LOCATIONS holds no state and no country. */
export function locationOf(row: Row, connection: PracticeConnection): Location | null {
  const pmsId = row.id('pmsId');
  if (pmsId === null) return null;
  const postcode = row.text('postcode');
  return {
    pmsId,
    name: row.text('name'),
    address: row.has('line1')
      ? addressOf({
          line1: row.text('line1'),
          line2: row.text('line2'),
          suburb: row.text('suburb'),
          postcode,
          country: null,
        })
      : null,
    phone: row.text('phone'),
    email: row.text('email'),
    timeZone: connection.zoneOf(postcode),
  };
}

import type { PracticeSpec } from '../practices.ts';
import { insertRows } from './insert.ts';

const created = '2019-07-01T09:00:00';

/** The practice itself, its locations and their rooms. */
export function seedLocations(practice: PracticeSpec): string[] {
  return [
    ...insertRows('PRACTICE', [
      {
        PRACTICEID: 1,
        RECORDSTATUS: 1,
        PRACTICENAME: practice.name,
        CREATED: created,
        CREATEDBY: 1,
        COUNTRY: 1,
      },
    ]),
    ...insertRows(
      'LOCATIONS',
      practice.locations.map((location) => ({
        LOCATIONID: location.id,
        RECORDSTATUS: 1,
        LOCATIONCODE: location.id,
        LOCATIONNAME: location.name,
        ADDRESS1: location.address1,
        ADDRESS2: location.id === 1 ? null : 'Level 2',
        CITY: location.city,
        POSTCODE: location.postcode,
        PHONE: location.phone,
        EMAIL: `reception${location.id}.${practice.bpSiteId.toLowerCase()}@example.com`,
        CREATED: created,
        CREATEDBY: 1,
      })),
    ),
    ...insertRows('ROOMS', [
      { ROOMID: 0, LOCATIONID: practice.locations[0]?.id ?? 0, ROOMNAME: '' },
      ...practice.locations.map(({ id }) => ({ ROOMID: id, LOCATIONID: id, ROOMNAME: `Room ${id}` })),
    ]),
  ];
}

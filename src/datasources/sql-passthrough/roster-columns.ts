/** The columns of a statement that reads the data for free times. Its branches share them. */
import { aliasAt } from './columns.ts';
import { Columns, type Reader } from './row.ts';

/** Times for same-day bookings (assumption B42). When the login may not read the table, no time counts as reserved. */
export const reservedTable = 'RESERVEDAPPOINTMENTS';

/** The kind of a row. The branches of the statement share their columns. */
export const kinds = {
  none: 0,
  session: 1,
  user: 2,
  location: 3,
  extra: 4,
  away: 5,
  taken: 6,
  reserved: 7,
} as const;
export const tableOfKind: Readonly<Record<number, string>> = {
  [kinds.session]: 'SESSIONS',
  [kinds.user]: 'USERS',
  [kinds.location]: 'LOCATIONS',
  [kinds.extra]: 'EXTRASESSIONS',
  [kinds.away]: 'DAYSAWAY',
  [kinds.taken]: 'APPOINTMENTS',
  [kinds.reserved]: reservedTable,
};

/** The columns of every branch, in order, with the value for branches without that column. */
export const shared = {
  kind: '0',
  recordId: '0',
  userId: '0',
  locationId: '0',
  weekday: '0',
  startsAt: '0',
  endsAt: '0',
  length: '0',
  weeks: '0',
  cycleWeek: '0',
  firstDay: 'NULL',
  lastDay: 'NULL',
  cycleDay: 'NULL',
  postcode: 'NULL',
} as const;
export type Shared = keyof typeof shared;

export const names = Object.keys(shared) as Shared[];
export const aliasOf = (name: Shared): string => aliasAt(names.indexOf(name));

export const columns = new Columns();
/** Aliases of the columns, in order. */
export const rosterAliases: readonly string[] = names.map(aliasOf);
export const read = {
  kind: columns.integer(aliasOf('kind'), 'kind'),
  recordKind: columns.cell(aliasOf('kind')),
  recordId: columns.cell(aliasOf('recordId')),
  userId: columns.number(aliasOf('userId'), 'userId'),
  locationId: columns.number(aliasOf('locationId'), 'locationId'),
  weekday: columns.number(aliasOf('weekday'), 'weekday'),
  startsAt: columns.number(aliasOf('startsAt'), 'startsAt'),
  opensAt: columns.secondsOfDay(aliasOf('startsAt'), 'startsAt'),
  closesAt: columns.secondsOfDay(aliasOf('endsAt'), 'endsAt'),
  length: columns.number(aliasOf('length'), 'length'),
  weeks: columns.number(aliasOf('weeks'), 'weeks'),
  cycleWeek: columns.number(aliasOf('cycleWeek'), 'cycleWeek'),
  firstDay: columns.date(aliasOf('firstDay'), 'firstDay'),
  date: columns.requiredDate(aliasOf('firstDay'), 'firstDay'),
  lastDay: columns.date(aliasOf('lastDay'), 'lastDay'),
  cycleDay: columns.date(aliasOf('cycleDay'), 'cycleDay'),
  postcode: columns.text(aliasOf('postcode'), 'postcode'),
} as const satisfies Record<string, Reader<unknown>>;

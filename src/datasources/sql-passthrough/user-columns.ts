import type { User } from '../practice-data.ts';
import { roleOfUserCategory } from '../user-role.ts';
import { isActiveUser } from './codes.ts';
import type { Column, FieldColumns } from './columns.ts';
import type { Row } from './row.ts';

/** `u` is USERS. PASSWORD and the key columns of that table are never named. */
export const userKey: readonly Column[] = [{ alias: 'pmsId', sql: 'u.USERID' }];

const title: Column = {
  alias: 'title',
  sql: 'ut.TITLE',
  join: 'LEFT JOIN dbo.TITLES ut ON ut.TITLECODE = u.TITLECODE',
};
const firstName: Column = { alias: 'firstName', sql: 'u.FIRSTNAME' };
const lastName: Column = { alias: 'lastName', sql: 'u.SURNAME' };
const category: Column = {
  alias: 'category',
  sql: 'ug.GROUPNAME',
  join: 'LEFT JOIN dbo.USERGROUPS ug ON ug.GROUPCODE = u.GROUPCODE',
};

export const userFields: FieldColumns = {
  title: [title],
  firstName: [firstName],
  lastName: [lastName],
  displayName: [title, firstName, lastName],
  role: [category],
  pmsRole: [category],
  active: [{ alias: 'status', sql: 'u.USERSTATUS' }],
  takesAppointments: [{ alias: 'takesAppointments', sql: 'u.APPOINTMENTS' }],
  email: [{ alias: 'email', sql: 'u.EMAIL' }],
  phone: [{ alias: 'phone', sql: 'u.PHONE' }],
  location: [{ alias: 'locationId', sql: 'u.LOCATIONID' }],
};

/** Null when the row has no user. Fields that were not selected are null, `role` then is `OTHER`. */
export function userOf(row: Row): User | null {
  const pmsId = row.id('pmsId');
  if (pmsId === null) return null;
  const pmsRole = row.text('category');
  return {
    pmsId,
    title: row.text('title'),
    firstName: row.text('firstName'),
    lastName: row.text('lastName'),
    role: roleOfUserCategory(pmsRole),
    pmsRole,
    active: isActiveUser(row.integer('status')),
    takesAppointments: row.flag('takesAppointments'),
    email: row.text('email'),
    phone: row.text('phone'),
    locationId: row.id('locationId'),
  };
}

import type { Selection } from '../domain/selection.ts';
import type { User } from '../domain/user.ts';
import { roleOfUserCategory } from '../domain/user-role.ts';
import { type SelectList, whereSelected } from './columns.ts';
import { lookUpJoin } from './look-up.ts';
import type { Reader } from './row.ts';

// Rests on assumption B17.

const titleJoin = lookUpJoin('FROM dbo.TITLES', {
  code: 'TITLECODE',
  columns: ['TITLE'],
  alias: 'ut',
  on: 'u.TITLECODE',
});
const categoryJoin = lookUpJoin('FROM dbo.USERGROUPS', {
  code: 'GROUPCODE',
  columns: ['GROUPNAME'],
  alias: 'ug',
  on: 'u.GROUPCODE',
});

/**
 * Selects the columns of users with these fields. `u` is USERS. Its PASSWORD and key columns are never selected. The reader
 * returns null when the row has no user. Fields that were not selected are null. `role` is then `OTHER`.
 */
export function userReader(list: SelectList, fields: Selection): Reader<User | null> {
  const selected = whereSelected(fields);
  const pmsId = list.id('u.USERID');
  const title = selected(['title', 'displayName'], () => list.text('ut.TITLE', titleJoin));
  const firstName = selected(['firstName', 'displayName'], () => list.text('u.FIRSTNAME'));
  const lastName = selected(['lastName', 'displayName'], () => list.text('u.SURNAME'));
  const category = selected(['role', 'pmsRole'], () => list.text('ug.GROUPNAME', categoryJoin));
  const status = selected(['active'], () => list.integer('u.USERSTATUS'));
  const takesAppointments = selected(['takesAppointments'], () => list.flag('u.APPOINTMENTS'));
  const email = selected(['email'], () => list.text('u.EMAIL'));
  const phone = selected(['phone'], () => list.text('u.PHONE'));
  const locationId = selected(['location', 'locationId'], () => list.id('u.LOCATIONID'));
  return (row) => {
    const id = pmsId(row);
    if (id === null) return null;
    const pmsRole = category(row);
    return {
      pmsId: id,
      title: title(row),
      firstName: firstName(row),
      lastName: lastName(row),
      role: roleOfUserCategory(pmsRole),
      pmsRole,
      active: list.codes.isActiveUser(status(row)),
      takesAppointments: takesAppointments(row),
      email: email(row),
      phone: phone(row),
      locationId: locationId(row),
    };
  };
}

/** Users, with their appointments in the same statement when these are asked for. */

import { comparePeople } from '../order.ts';
import type { PracticeConnection, SqlStatement } from '../practice-connection.ts';
import type {
  Appointment,
  ProviderNumber,
  Selection,
  User,
  UserQuery,
  UsersFound,
} from '../practice-data.ts';
import { addAppointment, appointmentOf } from './appointment-columns.ts';
import { bookConditions, bookOrder, numbered } from './appointment-filter.ts';
import { limited } from './appointments.ts';
import { activeUserCondition, inactiveUserCondition, userCondition } from './codes.ts';
import { SelectList } from './columns.ts';
import {
  numbersByUser,
  providerNumberColumns,
  providerNumberJoin,
  providerNumberOrder,
} from './provider-numbers.ts';
import { Row } from './row.ts';
import { idsPerStatement, lines, Parameters, possibleIds, where } from './statement.ts';
import { userFields, userKey, userOf } from './user-columns.ts';

type BookQuery = NonNullable<UserQuery['appointments']>;

export async function readUsers(connection: PracticeConnection, query: UserQuery): Promise<UsersFound> {
  const ids = query.ids && possibleIds(query.ids);
  if (ids?.length === 0) return query.appointments ? { users: [], appointments: [] } : { users: [] };
  const book = query.appointments;
  const withNumbers = query.fields.providerNumbers !== undefined && !book;
  const fields = fieldsToRead(query);
  const list = new SelectList().add(userKey, 'user').addFields(userFields, fields, 'user');
  if (withNumbers) list.add(providerNumberColumns).join(providerNumberJoin);
  const statement = userStatement({ ...query, ...(ids && { ids }) }, list, withNumbers);
  const selected = list.aliases;
  const rows = (await connection.sql(statement)).map((row) => new Row(row, selected));

  const users = usersOf(rows, query, ids);
  const numbers = withNumbers ? numbersByUser(rows) : null;
  const found = [...users.values()]
    .map((user) => (numbers ? { ...user, providerNumbers: numbers.get(user.pmsId) ?? [] } : user))
    .sort(comparePeople);
  return book
    ? { users: found, appointments: appointmentsOf(rows, book, users, connection) }
    : { users: found };
}

export async function readProviderNumbers(
  connection: PracticeConnection,
  userIds: readonly string[],
): Promise<readonly ProviderNumber[]> {
  const { users } = await readUsers(connection, { ids: userIds, fields: { providerNumbers: {} } });
  return users.flatMap((user) => user.providerNumbers ?? []);
}

/** Names are for the order. A user attached to appointments is the user of the list, with the fields of both. */
function fieldsToRead(query: UserQuery): Selection {
  return {
    ...query.fields,
    ...query.appointments?.fields.user,
    firstName: {},
    lastName: {},
    ...(query.role === undefined ? {} : { role: {} }),
  };
}

function userStatement(query: UserQuery, list: SelectList, withNumbers: boolean): SqlStatement {
  const parameters = new Parameters();
  const { ids, appointments } = query;
  // A practice has tens of users: a list that does not fit a statement is held against all of them after reading.
  const listed =
    ids && ids.length <= idsPerStatement ? `u.USERID IN (${parameters.ints('user', ids)})` : null;
  const conditions = where([
    userCondition('u'),
    listed,
    query.active === undefined ? null : query.active ? activeUserCondition('u') : inactiveUserCondition('u'),
    query.takesAppointments === undefined ? null : `u.APPOINTMENTS ${query.takesAppointments ? '=' : '<>'} 1`,
  ]);
  if (!appointments) {
    const order = withNumbers ? `ORDER BY ${providerNumberOrder}` : null;
    return parameters.statement(
      lines(`SELECT ${list.text}`, 'FROM dbo.USERS u', list.joins, conditions, order),
    );
  }
  const userJoins = list.joins;
  const book = addAppointment(new SelectList(), appointments.fields, true);
  list.include(book);
  return parameters.statement(
    lines(
      `SELECT ${list.text}`,
      'FROM dbo.USERS u',
      userJoins,
      bookJoin(appointments, parameters),
      book.joins,
      conditions,
      `ORDER BY ${bookOrder}`,
    ),
  );
}

/** Only a limit for each user can be left to the database: the others would count rows of users that are left out. */
function bookJoin(query: BookQuery, parameters: Parameters): string {
  const conditions = canMatch(query) ? bookConditions(query, parameters) : null;
  if (!conditions) return 'LEFT JOIN dbo.APPOINTMENTS a ON 1 = 0';
  if (query.limit === undefined || query.limitPer !== 'user') {
    return `LEFT JOIN dbo.APPOINTMENTS a ON a.USERID = u.USERID AND ${conditions.join(' AND ')}`;
  }
  return lines(
    `LEFT JOIN (${numbered('user', conditions)}) k ON k.USERID = u.USERID AND k.PLACE <= ${parameters.int('limit', query.limit)}`,
    'LEFT JOIN dbo.APPOINTMENTS a ON a.RECORDID = k.RECORDID',
  );
}

function canMatch({ locationId }: BookQuery): boolean {
  return locationId === undefined || possibleIds([locationId]).length === 1;
}

function usersOf(
  rows: readonly Row[],
  query: UserQuery,
  ids: readonly string[] | undefined,
): ReadonlyMap<string, User> {
  const wanted = ids && new Set(ids);
  const users = new Map<string, User>();
  for (const row of rows) {
    const pmsId = row.of('user').id('pmsId');
    if (pmsId === null || users.has(pmsId) || (wanted && !wanted.has(pmsId))) continue;
    const user = userOf(row.of('user'));
    if (user && (query.role === undefined || user.role === query.role)) users.set(pmsId, user);
  }
  return users;
}

function appointmentsOf(
  rows: readonly Row[],
  book: BookQuery,
  users: ReadonlyMap<string, User>,
  connection: PracticeConnection,
): readonly Appointment[] {
  const { user: userSelected, ...others } = book.fields;
  const found = rows.flatMap((row) => {
    const user = users.get(row.of('user').id('pmsId') ?? '');
    const appointment = user && appointmentOf(row, others, connection);
    if (!appointment) return [];
    return [userSelected ? { ...appointment, user } : appointment];
  });
  return limited(found, book);
}

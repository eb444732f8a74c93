/** Reads users, and on request their appointments in the same statement. */

import type { CellsOf } from '../../engine/row-decoder.ts';
import type { Appointment } from '../domain/appointment.ts';
import { comparePeople } from '../domain/order.ts';
import type { Selection } from '../domain/selection.ts';
import { type RecordName, UnreadableRows } from '../domain/unreadable-rows.ts';
import type { ProviderNumber, User } from '../domain/user.ts';
import type { UserQuery, UsersFound } from '../domain/user-query.ts';
import type { PracticeConnection, SqlStatement } from '../halo-cloud/practice-connection.ts';
import { type AppointmentReader, appointmentReader } from './appointment-columns.ts';
import { bookConditions, bookOrder, numbered } from './appointment-filter.ts';
import { limited } from './appointments.ts';
import { type Codes, codesOf } from './codes.ts';
import { SelectList } from './columns.ts';
import {
  numbersByUser,
  providerNumberOrder,
  providerNumberReader,
  type UserRow,
} from './provider-numbers.ts';
import type { Reader } from './row.ts';
import { idsPerStatement, lines, Parameters, possibleIds, where } from './statement.ts';
import { userReader } from './user-columns.ts';
import { Zones } from './zones.ts';

type BookQuery = NonNullable<UserQuery['appointments']>;

/** Readers for the rows of a statement about users. A user has several rows, so `userId` is read first. */
interface UserRows {
  readonly cellsOf: CellsOf;
  readonly userId: Reader<string | null>;
  readonly user: Reader<User | null>;
  readonly numbers: ReturnType<typeof providerNumberReader> | undefined;
  readonly appointment: AppointmentReader | undefined;
  readonly userName: Reader<RecordName>;
  readonly appointmentName: Reader<RecordName> | undefined;
}

export async function readUsers(connection: PracticeConnection, query: UserQuery): Promise<UsersFound> {
  const ids = query.ids && possibleIds(query.ids);
  if (ids?.length === 0) return query.appointments ? { users: [], appointments: [] } : { users: [] };
  const book = query.appointments;
  const { statement, read } = userStatement(
    { ...query, ...(ids && { ids }) },
    codesOf(connection.codeOverrides),
  );
  const answer = (await connection.sql(statement, book ? undefined : 'users')).map(read.cellsOf);

  const unreadable = new UnreadableRows();
  const rows = answer.flatMap((row): UserRow[] => {
    const userId = unreadable.row(read.userName(row), () => read.userId(row));
    return userId ? [{ userId, row }] : [];
  });
  const users = usersOf(rows, read, query, ids, unreadable);
  const numbers = read.numbers && numbersByUser(rows, read.numbers, unreadable);
  const appointments = book && appointmentsOf(rows, read, book, users, connection, unreadable);
  unreadable.report(connection, answer.length);
  const found = [...users.values()]
    .map((user) => (numbers ? { ...user, providerNumbers: numbers.get(user.pmsId) ?? [] } : user))
    .sort(comparePeople);
  return appointments ? { users: found, appointments } : { users: found };
}

export async function readProviderNumbers(
  connection: PracticeConnection,
  userIds: readonly string[],
): Promise<readonly ProviderNumber[]> {
  const { users } = await readUsers(connection, { ids: userIds, fields: { providerNumbers: {} } });
  return users.flatMap((user) => user.providerNumbers ?? []);
}

/** Selects the names too, for the order. The users of the list are attached to appointments, so they have the fields of both. */
function fieldsToRead(query: UserQuery): Selection {
  return {
    ...query.fields,
    ...query.appointments?.fields.user,
    firstName: {},
    lastName: {},
    ...(query.role === undefined ? {} : { role: {} }),
  };
}

function userStatement(
  query: UserQuery,
  codes: Codes,
): { readonly statement: SqlStatement; readonly read: UserRows } {
  const { ids, appointments: book } = query;
  const list = new SelectList(codes);
  const withNumbers = query.fields.providerNumbers !== undefined && !book;
  const ofUser = {
    userId: list.id('u.USERID'),
    userName: list.recordName('USERS', 'u.USERID'),
    user: userReader(list, fieldsToRead(query)),
    numbers: withNumbers ? providerNumberReader(list) : undefined,
  };
  const userJoins = list.joins;
  const appointment = book && appointmentReader(list, withoutUser(book.fields));
  const appointmentName = book && list.recordName('APPOINTMENTS', 'a.RECORDID');
  const parameters = new Parameters();
  // A practice has tens of users. A list too long for a statement is applied after reading all of them.
  const listed =
    ids && ids.length <= idsPerStatement ? `u.USERID IN (${parameters.ints('user', ids)})` : null;
  const conditions = where([
    codes.userCondition('u'),
    listed,
    query.active === undefined
      ? null
      : query.active
        ? codes.activeUserCondition('u')
        : codes.inactiveUserCondition('u'),
    query.takesAppointments === undefined ? null : `u.APPOINTMENTS ${query.takesAppointments ? '=' : '<>'} 1`,
  ]);
  const text = lines(
    `SELECT ${list.columns}`,
    'FROM dbo.USERS u',
    ...userJoins,
    book && bookJoin(book, parameters, codes),
    // The joins of appointments come after APPOINTMENTS.
    ...list.joins.slice(userJoins.length),
    conditions,
    book ? `ORDER BY ${bookOrder}` : withNumbers ? `ORDER BY ${providerNumberOrder}` : null,
  );
  return {
    statement: parameters.statement(text, list.aliases),
    read: { ...ofUser, appointment, appointmentName, cellsOf: list.cellsOf },
  };
}

/** Attaches the user of the row to each appointment. */
function withoutUser({ user: _, ...others }: Selection): Selection {
  return others;
}

/** The database applies only a limit for each user. Another limit would count rows of users that are left out later. */
function bookJoin(query: BookQuery, parameters: Parameters, codes: Codes): string {
  const conditions = canMatch(query) ? bookConditions(query, parameters, codes) : null;
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
  rows: readonly UserRow[],
  read: UserRows,
  query: UserQuery,
  ids: readonly string[] | undefined,
  unreadable: UnreadableRows,
): ReadonlyMap<string, User> {
  const wanted = ids && new Set(ids);
  const seen = new Set<string>();
  const users = new Map<string, User>();
  for (const { userId, row } of rows) {
    if (seen.has(userId) || (wanted && !wanted.has(userId))) continue;
    seen.add(userId);
    const user = unreadable.row(read.userName(row), () => read.user(row));
    if (user && (query.role === undefined || user.role === query.role)) users.set(userId, user);
  }
  return users;
}

function appointmentsOf(
  rows: readonly UserRow[],
  read: UserRows,
  book: BookQuery,
  users: ReadonlyMap<string, User>,
  connection: PracticeConnection,
  unreadable: UnreadableRows,
): readonly Appointment[] {
  const { appointment: readAppointment, appointmentName: nameOf } = read;
  if (!readAppointment || !nameOf) return [];
  const zones = new Zones(connection);
  const found = rows.flatMap(({ userId, row }) => {
    const user = users.get(userId);
    if (!user) return [];
    const appointment = unreadable.row(nameOf(row), () => readAppointment(row, zones, unreadable));
    if (!appointment) return [];
    return [book.fields.user ? { ...appointment, user } : appointment];
  });
  return limited(found, book);
}

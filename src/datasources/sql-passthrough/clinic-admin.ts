/** Sessions, absences, locations and appointment types: each a statement over one table. */
import { daysOfWeek, timeOfDay } from '../../time/local.ts';
import type { PracticeConnection } from '../practice-connection.ts';
import type {
  AppointmentType,
  DateRange,
  DayAway,
  DayClosed,
  LocalDate,
  Location,
  Session,
} from '../practice-data.ts';
import { currentRecord, daysOfCode, minutesOfLength, practiceUserId } from './codes.ts';
import { type Column, SelectList } from './columns.ts';
import { locationFields, locationKey, locationOf } from './location-columns.ts';
import { Row } from './row.ts';
import { idsPerStatement, lines, Parameters, possibleIds, where } from './statement.ts';

export async function readLocations(connection: PracticeConnection): Promise<readonly Location[]> {
  const everything = { name: {}, address: {}, phone: {}, email: {} };
  const list = new SelectList().add(locationKey).addFields(locationFields, everything);
  const rows = await readRows(connection, new Parameters(), list, [
    'FROM dbo.LOCATIONS l',
    `WHERE l.RECORDSTATUS = ${currentRecord} AND l.LOCATIONID <> 0`,
    'ORDER BY l.LOCATIONID',
  ]);
  return rows.flatMap((row) => locationOf(row, connection) ?? []);
}

const typeColumns: readonly Column[] = [
  { alias: 'pmsId', sql: 't.APPOINTMENTCODE' },
  { alias: 'name', sql: 't.DESCRIPTION' },
  { alias: 'length', sql: 't.APPOINTMENTLENGTH' },
];

export async function readAppointmentTypes(
  connection: PracticeConnection,
): Promise<readonly AppointmentType[]> {
  const rows = await readRows(connection, new Parameters(), new SelectList().add(typeColumns), [
    'FROM dbo.APPOINTMENTTYPES t',
    `WHERE t.RECORDSTATUS = ${currentRecord}`,
    'ORDER BY t.LISTORDER, t.APPOINTMENTCODE',
  ]);
  return rows.flatMap((row) => {
    const pmsId = row.id('pmsId');
    const name = row.text('name');
    if (pmsId === null || name === null) return [];
    return [{ pmsId, name, defaultDurationMinutes: minutesOfLength(row.integer('length')) }];
  });
}

const sessionColumns: readonly Column[] = [
  { alias: 'userId', sql: 's.USERID' },
  { alias: 'day', sql: 's.DAYOFWEEK' },
  { alias: 'opens', sql: 's.STARTTIME' },
  { alias: 'closes', sql: 's.ENDTIME' },
  { alias: 'slot', sql: 's.LENGTH' },
  { alias: 'locationId', sql: 's.LOCATIONID' },
  { alias: 'validFrom', sql: 's.STARTDATE' },
  { alias: 'validTo', sql: 's.ENDDATE' },
];

/** The weekly sessions of users, Monday first. A session of every weekday is five; expired ones are among them. */
export async function readSessions(
  connection: PracticeConnection,
  userIds: readonly string[],
): Promise<readonly Session[]> {
  const ids = possibleIds(userIds);
  if (ids.length === 0) return [];
  const parameters = new Parameters();
  const rows = await readRows(connection, parameters, new SelectList().add(sessionColumns), [
    'FROM dbo.SESSIONS s',
    where([`s.RECORDSTATUS = ${currentRecord}`, ofUsers('s', ids, parameters)]),
    'ORDER BY s.USERID, s.STARTTIME, s.SESSIONID',
  ]);
  const sessions = rows.filter(belongsTo(ids)).flatMap(sessionsOf);
  const days = daysOfWeek();
  return sessions.sort(
    (a, b) => Number(a.userId) - Number(b.userId) || days.indexOf(a.day) - days.indexOf(b.day),
  );
}

function sessionsOf(row: Row): readonly Session[] {
  return daysOfCode(row.number('day')).map((day) => ({
    userId: row.id('userId') ?? '',
    day,
    opens: timeOfDay(row.secondsOfDay('opens')),
    closes: timeOfDay(row.secondsOfDay('closes')),
    slotMinutes: minutesOfLength(row.integer('slot')),
    locationId: row.id('locationId'),
    validFrom: row.date('validFrom'),
    validTo: row.date('validTo'),
  }));
}

const absenceColumns: readonly Column[] = [
  { alias: 'pmsId', sql: 'd.RECORDID' },
  { alias: 'userId', sql: 'd.USERID' },
  { alias: 'firstDay', sql: 'd.STARTDATE' },
  { alias: 'lastDay', sql: 'd.FINISHDATE' },
  { alias: 'reason', sql: 'd.AWAYREASON' },
];

/** Absences of users that touch the range. */
export async function readDaysAway(
  connection: PracticeConnection,
  query: DateRange & { readonly userIds: readonly string[] },
): Promise<readonly DayAway[]> {
  const ids = possibleIds(query.userIds);
  if (ids.length === 0) return [];
  const parameters = new Parameters();
  const rows = await readAbsences(connection, query, ofUsers('d', ids, parameters), parameters);
  return rows.filter(belongsTo(ids)).map((row) => ({
    userId: row.id('userId') ?? '',
    pmsId: String(row.number('pmsId')),
    ...absenceOf(row),
  }));
}

/** Days on which the whole practice is closed, whatever the location (assumption B7). */
export async function readDaysClosed(
  connection: PracticeConnection,
  range: DateRange,
): Promise<readonly DayClosed[]> {
  const rows = await readAbsences(connection, range, `d.USERID = ${practiceUserId}`, new Parameters());
  return rows.map((row) => ({ pmsId: row.id('pmsId'), ...absenceOf(row), locationId: null }));
}

function readAbsences(
  connection: PracticeConnection,
  range: DateRange,
  whose: string | null,
  parameters: Parameters,
): Promise<readonly Row[]> {
  return readRows(connection, parameters, new SelectList().add(absenceColumns), [
    'FROM dbo.DAYSAWAY d',
    where([`d.RECORDSTATUS = ${currentRecord}`, whose, touches(range, parameters)]),
    'ORDER BY d.STARTDATE, d.RECORDID',
  ]);
}

/** Absences without a last day are taken for one day, those without a first for none. */
export function touches(range: DateRange, parameters: Parameters): string {
  const before = parameters.dayAfter('before', range.to);
  return `d.STARTDATE < ${before} AND COALESCE(d.FINISHDATE, d.STARTDATE) >= ${parameters.date('from', range.from)}`;
}

function absenceOf(row: Row): DateRange & { readonly reason: string | null } {
  const from: LocalDate = row.requiredDate('firstDay');
  return { from, to: row.date('lastDay') ?? from, reason: row.text('reason') };
}

/** A practice has tens of users: a list that does not fit a statement is held against all rows after reading. */
function ofUsers(alias: string, ids: readonly string[], parameters: Parameters): string {
  return ids.length > idsPerStatement
    ? `${alias}.USERID <> ${practiceUserId}`
    : `${alias}.USERID IN (${parameters.ints('user', ids)})`;
}

function belongsTo(ids: readonly string[]): (row: Row) => boolean {
  const wanted = new Set(ids);
  return (row) => wanted.has(row.id('userId') ?? '');
}

async function readRows(
  connection: PracticeConnection,
  parameters: Parameters,
  list: SelectList,
  rest: readonly string[],
): Promise<readonly Row[]> {
  const rows = await connection.sql(parameters.statement(lines(`SELECT ${list.text}`, ...rest)));
  const selected = list.aliases;
  return rows.map((row) => new Row(row, selected));
}

/** Sessions, absences, locations and appointment types: each a statement over one table. */
import { daysOfWeek, timeOfDay } from '../../time/local.ts';
import type { AppointmentType } from '../domain/appointment.ts';
import type { DateRange, DayClosed, Location } from '../domain/clinic.ts';
import { type RecordName, readRows } from '../domain/unreadable-rows.ts';
import type { DayAway, Session } from '../domain/user.ts';
import type { PracticeConnection, ReferenceKind } from '../halo-cloud/practice-connection.ts';
import { appointmentTypeReader } from './appointment-type-columns.ts';
import {
  codesOf,
  currentRecord,
  daysOfCode,
  lastDayAway,
  lastOfAbsence,
  minutesOfLength,
  practiceUserId,
} from './codes.ts';
import { SelectList } from './columns.ts';
import { locationReader } from './location-columns.ts';
import type { Reader } from './row.ts';
import { idsPerStatement, lines, Parameters, possibleIds, where } from './statement.ts';
import { Zones } from './zones.ts';

// Rests on assumption B15.

export async function readLocations(connection: PracticeConnection): Promise<readonly Location[]> {
  const list = new SelectList(codesOf(connection.codeOverrides));
  const read = locationReader(list, { name: {}, address: {}, phone: {}, email: {} });
  const from = [
    'FROM dbo.LOCATIONS l',
    `WHERE l.RECORDSTATUS = ${currentRecord} AND l.LOCATIONID <> 0`,
    'ORDER BY l.LOCATIONID',
  ];
  const zones = new Zones(connection);
  const locations = await readAll(connection, {
    parameters: new Parameters(),
    list,
    from,
    what: 'locations',
    nameOf: list.recordName('LOCATIONS', 'l.LOCATIONID'),
    read: (row) => read(row, zones),
  });
  return firstOfEach(locations);
}

export async function readAppointmentTypes(
  connection: PracticeConnection,
): Promise<readonly AppointmentType[]> {
  const list = new SelectList(codesOf(connection.codeOverrides));
  const read = appointmentTypeReader(list, { defaultDurationMinutes: {} });
  const from = [
    'FROM dbo.APPOINTMENTTYPES t',
    `WHERE t.RECORDSTATUS = ${currentRecord}`,
    'ORDER BY t.LISTORDER, t.APPOINTMENTCODE',
  ];
  const types = await readAll(connection, {
    parameters: new Parameters(),
    list,
    from,
    what: 'appointmentTypes',
    nameOf: list.recordName('APPOINTMENTTYPES', 't.APPOINTMENTCODE'),
    read,
  });
  return firstOfEach(types);
}

/** Each id once. */
function firstOfEach<T extends { readonly pmsId: string }>(found: readonly (T | null)[]): readonly T[] {
  const byId = new Map<string, T>();
  for (const each of found) if (each && !byId.has(each.pmsId)) byId.set(each.pmsId, each);
  return [...byId.values()];
}

/** The weekly sessions of users, Monday first. A session of every weekday is returned as five. Expired ones are included. */
export async function readSessions(
  connection: PracticeConnection,
  userIds: readonly string[],
): Promise<readonly Session[]> {
  const ids = possibleIds(userIds);
  if (ids.length === 0) return [];
  const list = new SelectList(codesOf(connection.codeOverrides));
  const userId = list.id('s.USERID');
  const read = sessionReader(list, userId);
  const parameters = new Parameters();
  const from = [
    'FROM dbo.SESSIONS s',
    where([`s.RECORDSTATUS = ${currentRecord}`, ofUsers('s', ids, parameters)]),
    'ORDER BY s.USERID, s.STARTTIME, s.SESSIONID',
  ];
  const belongs = belongsTo(ids, userId);
  const sessions = await readAll(connection, {
    parameters,
    list,
    from,
    what: 'sessions',
    nameOf: list.recordName('SESSIONS', 's.SESSIONID'),
    read: (row) => (belongs(row) ? read(row) : []),
  });
  const days = daysOfWeek();
  return sessions
    .flat()
    .sort((a, b) => Number(a.userId) - Number(b.userId) || days.indexOf(a.day) - days.indexOf(b.day));
}

function sessionReader(list: SelectList, userId: Reader<string | null>): Reader<readonly Session[]> {
  const code = list.number('s.DAYOFWEEK');
  const opens = list.secondsOfDay('s.STARTTIME');
  const closes = list.secondsOfDay('s.ENDTIME');
  const slot = list.integer('s.LENGTH');
  const locationId = list.id('s.LOCATIONID');
  const validFrom = list.date('s.STARTDATE');
  const validTo = list.date('s.ENDDATE');
  return (row) =>
    daysOfCode(code(row)).map((day) => ({
      userId: userId(row) ?? '',
      day,
      opens: timeOfDay(opens(row)),
      closes: timeOfDay(closes(row)),
      slotMinutes: minutesOfLength(slot(row)),
      locationId: locationId(row),
      validFrom: validFrom(row),
      validTo: validTo(row),
    }));
}

/** Absences of users that overlap the range. */
export async function readDaysAway(
  connection: PracticeConnection,
  query: DateRange & { readonly userIds: readonly string[] },
): Promise<readonly DayAway[]> {
  const ids = possibleIds(query.userIds);
  if (ids.length === 0) return [];
  const list = new SelectList(codesOf(connection.codeOverrides));
  const pmsId = list.number('d.RECORDID');
  const userId = list.id('d.USERID');
  const absence = absenceReader(list);
  const parameters = new Parameters();
  const belongs = belongsTo(ids, userId);
  const whose = ofUsers('d', ids, parameters);
  const absences = await readAbsences(
    connection,
    query,
    whose,
    parameters,
    list,
    (row): readonly DayAway[] =>
      belongs(row) ? [{ userId: userId(row) ?? '', pmsId: String(pmsId(row)), ...absence(row) }] : [],
  );
  return absences.flat();
}

/** Days on which the whole practice is closed, at all locations (assumption B7). */
export async function readDaysClosed(
  connection: PracticeConnection,
  range: DateRange,
): Promise<readonly DayClosed[]> {
  const list = new SelectList(codesOf(connection.codeOverrides));
  const pmsId = list.id('d.RECORDID');
  const absence = absenceReader(list);
  const whose = `d.USERID = ${practiceUserId}`;
  return readAbsences(connection, range, whose, new Parameters(), list, (row) => ({
    pmsId: pmsId(row),
    ...absence(row),
    locationId: null,
  }));
}

function readAbsences<T>(
  connection: PracticeConnection,
  range: DateRange,
  whose: string | null,
  parameters: Parameters,
  list: SelectList,
  read: Reader<T>,
): Promise<readonly T[]> {
  const from = [
    'FROM dbo.DAYSAWAY d',
    where([`d.RECORDSTATUS = ${currentRecord}`, whose, touches(range, parameters)]),
    'ORDER BY d.STARTDATE, d.RECORDID',
  ];
  return readAll(connection, {
    parameters,
    list,
    from,
    nameOf: list.recordName('DAYSAWAY', 'd.RECORDID'),
    read,
  });
}

/** An absence without a last day, or with one before the first, is one day. One without a first day is left out. */
export function touches(range: DateRange, parameters: Parameters): string {
  const before = parameters.dayAfter('before', range.to);
  return touchesDays(parameters.date('from', range.from), before);
}

export const touchesDays = (from: string, before: string): string =>
  `d.STARTDATE < ${before} AND ${lastDayAway} >= ${from}`;

function absenceReader(list: SelectList): Reader<DateRange & { readonly reason: string | null }> {
  const firstDay = list.requiredDate('d.STARTDATE');
  const lastDay = list.date('d.FINISHDATE');
  const reason = list.text('d.AWAYREASON');
  return (row) => {
    const from = firstDay(row);
    return { from, to: lastOfAbsence(from, lastDay(row)), reason: reason(row) };
  };
}

/** A practice has tens of users. A list too long for a statement is applied after reading all rows. */
function ofUsers(alias: string, ids: readonly string[], parameters: Parameters): string {
  return ids.length > idsPerStatement
    ? `${alias}.USERID <> ${practiceUserId}`
    : `${alias}.USERID IN (${parameters.ints('user', ids)})`;
}

function belongsTo(ids: readonly string[], userId: Reader<string | null>): Reader<boolean> {
  const wanted = new Set(ids);
  return (row) => wanted.has(userId(row) ?? '');
}

async function readAll<T>(
  connection: PracticeConnection,
  {
    parameters,
    list,
    from,
    what,
    nameOf,
    read,
  }: {
    readonly parameters: Parameters;
    readonly list: SelectList;
    /** The SQL after the select list. */
    readonly from: readonly string[];
    readonly what?: ReferenceKind;
    readonly nameOf: Reader<RecordName>;
    readonly read: Reader<T>;
  },
): Promise<readonly T[]> {
  const rows = await connection.sql(parameters.statement(lines(`SELECT ${list.columns}`, ...from)), what);
  return readRows(connection, rows.map(list.cellsOf), nameOf, read);
}

/** Free slots. One statement reads everything that `freeSlots` needs. The free times are calculated here, not in SQL. */

import type { Cells, SqlRow } from '../../engine/row-decoder.ts';
import { PmsError, UpstreamFailed } from '../../errors.ts';
import { addDays } from '../../time/local.ts';
import type { TimeZone } from '../../time/types.ts';
import { maxMatching } from '../domain/practice-size.ts';
import type { Sized } from '../domain/sized.ts';
import type { SlotQuery, SlotSearch } from '../domain/slot.ts';
import {
  type Absence,
  type ExtraSession,
  freeSlots,
  type ReservedTime,
  type TakenTime,
} from '../domain/slots/free-slots.ts';
import type { RosterSession } from '../domain/slots/roster.ts';
import { type RecordName, readRows } from '../domain/unreadable-rows.ts';
import type { PracticeConnection, SqlStatement } from '../halo-cloud/practice-connection.ts';
import type { UpperBound } from '../practice/source-adapter.ts';
import { touchesDays } from './clinic-admin.ts';
import { type Codes, codesOf, currentRecord, lastOfAbsence, practiceUserId } from './codes.ts';
import { aliasAt, dateOf, trimmed } from './columns.ts';
import { maxCharges } from './result-size.ts';
import { Columns, type Reader } from './row.ts';
import { idsPerStatement, Parameters, possibleIds } from './statement.ts';

const secondsPerDay = 86_400;
/** On-the-day times (assumption B42). When the login may not read the table, no time counts as reserved. */
const reservedTable = 'RESERVEDAPPOINTMENTS';

/** The kind of a row. The branches of the statement share their columns. */
const kinds = {
  none: 0,
  session: 1,
  user: 2,
  location: 3,
  extra: 4,
  away: 5,
  taken: 6,
  reserved: 7,
} as const;
const tableOfKind: Readonly<Record<number, string>> = {
  [kinds.session]: 'SESSIONS',
  [kinds.user]: 'USERS',
  [kinds.location]: 'LOCATIONS',
  [kinds.extra]: 'EXTRASESSIONS',
  [kinds.away]: 'DAYSAWAY',
  [kinds.taken]: 'APPOINTMENTS',
  [kinds.reserved]: reservedTable,
};

/** The columns of every branch, in order, with the value for branches without that column. */
const shared = {
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
type Shared = keyof typeof shared;

const names = Object.keys(shared) as Shared[];
const aliasOf = (name: Shared): string => aliasAt(names.indexOf(name));

const columns = new Columns();
/** Aliases of the columns, in order. */
export const rosterAliases: readonly string[] = names.map(aliasOf);
const read = {
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

/** The rows are the appointments of all days, among others. Only SQL Passthrough says why there is no free slot. */
export function slotsBound({ from, to }: Sized<SlotQuery>): UpperBound {
  return { calls: maxCharges(maxMatching({ from, to }), 'narrow'), winsTie: true };
}

export async function readSlots(connection: PracticeConnection, query: SlotQuery): Promise<SlotSearch> {
  const wanted = query.userIds && possibleIds(query.userIds);
  if (wanted?.length === 0)
    return { slots: [], emptyBecause: 'NO_MATCH', emptyByUser: new Map(), complete: true };
  const rows = await withReservedTimes(connection, (withReserved) =>
    slotStatement(query, wanted, withReserved, codesOf(connection.codeOverrides)),
  );
  const roster = new RosterRows(connection);
  roster.read(rows.map(columns.cellsOf));
  return roster.search(query, wanted);
}

/** The cells of a row that also has other columns than those of the branches. */
export function rosterCells(row: SqlRow): Cells {
  const cells = columns.cellsOf(row);
  if (!cells.includes(undefined)) return cells;
  // A serialiser may omit NULL. A missing column is NULL only when the row has no other columns than these.
  const own = rosterAliases.filter((alias) => alias in row).map((alias) => [alias, row[alias]]);
  return columns.cellsOf(Object.fromEntries(own));
}

/** The rows of the branches, as input for `freeSlots`. */
export class RosterRows {
  readonly #connection: PracticeConnection;
  readonly #userIds: number[] = [];
  readonly #sessions: RosterSession[] = [];
  readonly #extraSessions: ExtraSession[] = [];
  readonly #absences: Absence[] = [];
  readonly #reserved: ReservedTime[] = [];
  #complete = true;
  /** Taken times, each with its record id and whether it is an appointment. */
  readonly taken: (TakenTime & {
    readonly id: string;
    readonly locationId: string;
    readonly isAppointment: boolean;
  })[] = [];
  /** Zones of the current locations, by id. */
  readonly zones = new Map<string, TimeZone>();

  constructor(connection: PracticeConnection) {
    this.#connection = connection;
  }

  read(rows: readonly Cells[]): void {
    const readable = readRows(this.#connection, rows, nameOf, (row) => this.#take(row));
    this.#complete &&= readable.length === rows.length;
  }

  search(query: SlotQuery, wanted?: readonly string[]): SlotSearch {
    const userIds = this.#userIds.sort((a, b) => a - b).map(String);
    const search = freeSlots(
      {
        userIds: wanted ? userIds.filter((id) => wanted.includes(id)) : userIds,
        sessions: this.#sessions,
        extraSessions: this.#extraSessions,
        absences: this.#absences,
        taken: this.taken,
        reserved: this.#reserved,
        zones: this.zones,
      },
      {
        from: query.from,
        to: query.to,
        ...(query.locationId === undefined ? {} : { locationId: query.locationId }),
        ...(query.durationMinutes === undefined ? {} : { durationMinutes: query.durationMinutes }),
        now: this.#connection.now(),
      },
    );
    return this.#complete ? search : { ...search, complete: false };
  }

  #take(row: Cells): unknown {
    switch (read.kind(row)) {
      case kinds.none:
        return null;
      case kinds.session:
        return this.#sessions.push(sessionOf(row));
      case kinds.user:
        return this.#userIds.push(read.userId(row));
      case kinds.location:
        return this.zones.set(locationIdOf(row), this.#connection.zoneOf(read.postcode(row)));
      case kinds.extra:
        return this.#extraSessions.push(extraSessionOf(row));
      case kinds.away:
        return this.#absences.push(absenceOf(row));
      case kinds.taken:
        return this.taken.push(takenOf(row));
      case kinds.reserved:
        return this.#reserved.push(reservedOf(row));
      default:
        throw new UpstreamFailed(200, { detail: 'SQL Passthrough: a row of an unknown kind.' });
    }
  }
}

const nameOf: Reader<RecordName> = (row) => ({
  table: tableOfKind[Number(read.recordKind(row))] ?? 'unknown',
  id: read.recordId(row),
});

/** SQL Server's errors for a table that the login may not select from, and for one that is not there. */
const tableErrors: readonly (number | null)[] = [229, 208];

/** One statement. When the site refuses the table of reserved times, it is sent again without it. Later ones omit it at once. */
export async function withReservedTimes(
  connection: PracticeConnection,
  statement: (withReserved: boolean) => SqlStatement,
): Promise<readonly SqlRow[]> {
  const { refusedObjects } = connection;
  if (refusedObjects.has(reservedTable)) return connection.sql(statement(false));
  try {
    return await connection.sql(statement(true));
  } catch (error) {
    if (!(error instanceof PmsError && tableErrors.includes(error.errorCode))) throw error;
    const rows = await connection.sql(statement(false));
    refusedObjects.add(reservedTable);
    return rows;
  }
}

function slotStatement(
  query: SlotQuery,
  wanted: readonly string[] | undefined,
  withReserved: boolean,
  codes: Codes,
): SqlStatement {
  const parameters = new Parameters();
  const users = wanted && wanted.length <= idsPerStatement ? parameters.ints('user', wanted) : null;
  const part = {
    users,
    before: parameters.dayAfter('before', query.to),
    from: parameters.date('from', query.from),
    dayBefore: parameters.date('dayBefore', addDays(query.from, -1)),
  };
  return parameters.statement(rosterBranches(part, withReserved, codes).join('\nUNION ALL\n'));
}

/** Which part of the roster, in parameters or variables of the text. */
interface RosterPart {
  /** Ids in a list. Null: all users. */
  readonly users: string | null;
  readonly from: string;
  /** The day after the last. */
  readonly before: string;
  /** A row of the evening before the first day can run past midnight. */
  readonly dayBefore: string;
}

/** A branch with one empty row, so that the statement always has a row. */
export const emptyBranch = (): string => branch({ kind: String(kinds.none) }, '');

/** The branches of a statement that reads the data for free times. All have the same columns. */
export function rosterBranches(
  { users, from, before, dayBefore }: RosterPart,
  withReserved: boolean,
  codes: Codes,
): readonly string[] {
  const ofUsers = (alias: string) => (users === null ? '' : ` AND ${alias}.USERID IN (${users})`);
  const ranged = (column: string) => `${column} >= ${from} AND ${column} < ${before}`;
  // The first branch has every column: SQL Server takes their types from it when the others have NULL.
  return [
    branch(
      {
        kind: String(kinds.session),
        recordId: 's.SESSIONID',
        userId: 's.USERID',
        locationId: 's.LOCATIONID',
        weekday: 's.DAYOFWEEK',
        startsAt: 's.STARTTIME',
        endsAt: 's.ENDTIME',
        length: 's.LENGTH',
        weeks: 's.WEEKS',
        cycleWeek: 's.CYCLEWEEK',
        firstDay: dateOf('s.STARTDATE'),
        lastDay: dateOf('s.ENDDATE'),
        cycleDay: dateOf('s.CYCLEDATE'),
        postcode: trimmed('l.POSTCODE'),
      },
      `FROM dbo.SESSIONS s LEFT JOIN dbo.LOCATIONS l ON l.LOCATIONID = s.LOCATIONID WHERE s.RECORDSTATUS = ${currentRecord} AND s.USERID <> ${practiceUserId}${ofUsers('s')} AND (s.STARTDATE IS NULL OR s.STARTDATE < ${before}) AND (s.ENDDATE IS NULL OR s.ENDDATE >= ${from})`,
    ),
    branch(
      { kind: String(kinds.user), recordId: 'u.USERID', userId: 'u.USERID' },
      `FROM dbo.USERS u WHERE ${codes.userCondition('u')} AND ${codes.activeUserCondition('u')} AND u.APPOINTMENTS = 1${ofUsers('u')}`,
    ),
    branch(
      {
        kind: String(kinds.location),
        recordId: 'l.LOCATIONID',
        locationId: 'l.LOCATIONID',
        postcode: trimmed('l.POSTCODE'),
      },
      `FROM dbo.LOCATIONS l WHERE l.RECORDSTATUS = ${currentRecord}`,
    ),
    branch(
      {
        kind: String(kinds.extra),
        recordId: 'x.SESSIONID',
        userId: 'x.USERID',
        locationId: 'x.LOCATIONID',
        startsAt: 'x.STARTTIME',
        endsAt: 'x.ENDTIME',
        length: 'x.LENGTH',
        firstDay: dateOf('x.SESSIONDATE'),
      },
      `FROM dbo.EXTRASESSIONS x WHERE x.RECORDSTATUS = ${currentRecord}${ofUsers('x')} AND ${ranged('x.SESSIONDATE')}`,
    ),
    branch(
      {
        kind: String(kinds.away),
        recordId: 'd.RECORDID',
        userId: 'd.USERID',
        firstDay: dateOf('d.STARTDATE'),
        lastDay: dateOf('d.FINISHDATE'),
      },
      `FROM dbo.DAYSAWAY d WHERE d.RECORDSTATUS = ${currentRecord}${users === null ? '' : ` AND (d.USERID = ${practiceUserId} OR d.USERID IN (${users}))`} AND ${touchesDays(from, before)}`,
    ),
    branch(
      {
        kind: String(kinds.taken),
        recordId: 'a.RECORDID',
        userId: 'a.USERID',
        locationId: 'a.LOCATIONID',
        weekday: `CASE WHEN ${codes.isAppointment.join(' AND ')} THEN 1 ELSE 0 END`,
        startsAt: 'a.APPOINTMENTTIME',
        length: 'a.APPOINTMENTLENGTH',
        firstDay: dateOf('a.APPOINTMENTDATE'),
      },
      `FROM dbo.APPOINTMENTS a WHERE ${codes.liveCondition('a')}${ofUsers('a')} AND a.APPOINTMENTDATE >= ${dayBefore} AND a.APPOINTMENTDATE < ${before} AND (a.APPOINTMENTDATE >= ${from} OR CAST(a.APPOINTMENTTIME AS bigint) + a.APPOINTMENTLENGTH > ${secondsPerDay})`,
    ),
    withReserved &&
      branch(
        {
          kind: String(kinds.reserved),
          recordId: 'r.RECORDID',
          userId: 'r.USERID',
          weekday: 'r.DAYOFWEEK',
          startsAt: 'r.APPOINTMENTTIME',
        },
        `FROM dbo.${reservedTable} r WHERE r.RECORDSTATUS = ${currentRecord} AND r.USERID <> ${practiceUserId}${ofUsers('r')}`,
      ),
  ].filter((part) => part !== false);
}

function branch(selected: Partial<Record<Shared, string>>, rest: string): string {
  const of = { ...shared, ...selected };
  return `SELECT ${names.map((name) => `${of[name]} AS ${aliasOf(name)}`).join(', ')}\n${rest}`;
}

const userIdOf: Reader<string> = (row) => String(read.userId(row));
const locationIdOf: Reader<string> = (row) => String(read.locationId(row));

function sessionOf(row: Cells): RosterSession {
  return {
    userId: userIdOf(row),
    locationId: locationIdOf(row),
    weekday: read.weekday(row),
    start: read.opensAt(row),
    end: read.closesAt(row),
    length: read.length(row),
    validFrom: read.firstDay(row),
    validTo: read.lastDay(row),
    weeks: read.weeks(row),
    cycleWeek: read.cycleWeek(row),
    cycleDate: read.cycleDay(row),
  };
}

function extraSessionOf(row: Cells): ExtraSession {
  return {
    userId: userIdOf(row),
    locationId: locationIdOf(row),
    date: read.date(row),
    start: read.opensAt(row),
    end: read.closesAt(row),
    length: read.length(row),
  };
}

function absenceOf(row: Cells): Absence {
  const from = read.date(row);
  return { userId: userIdOf(row), from, to: lastOfAbsence(from, read.lastDay(row)) };
}

function reservedOf(row: Cells): ReservedTime {
  return { userId: userIdOf(row), weekday: read.weekday(row), start: read.startsAt(row) };
}

function takenOf(row: Cells): RosterRows['taken'][number] {
  return {
    id: String(read.recordId(row)),
    locationId: locationIdOf(row),
    isAppointment: read.weekday(row) === 1,
    userId: userIdOf(row),
    date: read.date(row),
    start: read.startsAt(row),
    length: read.length(row),
  };
}

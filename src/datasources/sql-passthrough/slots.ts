/** Free slots: everything that the engine looks at, in one statement; what is free is worked out here, not there. */
import type { PracticeConnection, SqlStatement } from '../practice-connection.ts';
import type { SlotQuery, SlotSearch, TimeZone } from '../practice-data.ts';
import { type Absence, type ExtraSession, freeSlots, type TakenTime } from '../slots/free-slots.ts';
import type { RosterSession } from '../slots/roster.ts';
import { touches } from './clinic-admin.ts';
import { activeUserCondition, currentRecord, practiceUserId, userCondition } from './codes.ts';
import { Row } from './row.ts';
import { idsPerStatement, Parameters, possibleIds } from './statement.ts';

/** What a row is; the statement's branches share their columns. */
const kinds = { session: 1, user: 2, location: 3, extra: 4, away: 5, taken: 6 } as const;

/** Columns of every branch, in order, and what stands for those that a branch does not have. */
const shared = {
  kind: '0',
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
const selected: ReadonlySet<string> = new Set(Object.keys(shared));

export async function readSlots(connection: PracticeConnection, query: SlotQuery): Promise<SlotSearch> {
  const wanted = query.userIds && possibleIds(query.userIds);
  if (wanted?.length === 0)
    return { slots: [], emptyBecause: 'NO_MATCH', emptyByUser: new Map(), complete: true };
  const rows = (await connection.sql(slotStatement(query, wanted))).map((row) => new Row(row, selected));
  const of = (kind: number) => rows.filter((row) => row.integer('kind') === kind);
  const users = of(kinds.user).map((row) => row.number('userId'));
  const userIds = users.sort((a, b) => a - b).map(String);
  return freeSlots(
    {
      userIds: wanted ? userIds.filter((id) => wanted.includes(id)) : userIds,
      sessions: of(kinds.session).map(sessionOf),
      extraSessions: of(kinds.extra).map(extraSessionOf),
      absences: of(kinds.away).map(absenceOf),
      taken: of(kinds.taken).map(takenOf),
      zones: new Map(of(kinds.location).map((row) => zoneOf(row, connection))),
    },
    {
      from: query.from,
      to: query.to,
      ...(query.locationId === undefined ? {} : { locationId: query.locationId }),
      ...(query.durationMinutes === undefined ? {} : { durationMinutes: query.durationMinutes }),
      now: connection.now(),
    },
  );
}

function slotStatement(query: SlotQuery, wanted: readonly string[] | undefined): SqlStatement {
  const parameters = new Parameters();
  const listed = wanted && wanted.length <= idsPerStatement ? parameters.ints('user', wanted) : null;
  const ofUsers = (alias: string) => (listed === null ? '' : ` AND ${alias}.USERID IN (${listed})`);
  const absences = touches(query, parameters);
  const ranged = (column: string) => `${column} >= @from AND ${column} < @before`;
  // The first branch has every column: SQL Server takes their types from it, where the others have NULL.
  return parameters.statement(
    [
      branch(
        {
          kind: String(kinds.session),
          userId: 's.USERID',
          locationId: 's.LOCATIONID',
          weekday: 's.DAYOFWEEK',
          startsAt: 's.STARTTIME',
          endsAt: 's.ENDTIME',
          length: 's.LENGTH',
          weeks: 's.WEEKS',
          cycleWeek: 's.CYCLEWEEK',
          firstDay: 's.STARTDATE',
          lastDay: 's.ENDDATE',
          cycleDay: 's.CYCLEDATE',
          postcode: 'l.POSTCODE',
        },
        `FROM dbo.SESSIONS s LEFT JOIN dbo.LOCATIONS l ON l.LOCATIONID = s.LOCATIONID WHERE s.RECORDSTATUS = ${currentRecord} AND s.USERID <> ${practiceUserId}${ofUsers('s')} AND (s.STARTDATE IS NULL OR s.STARTDATE < @before) AND (s.ENDDATE IS NULL OR s.ENDDATE >= @from)`,
      ),
      branch(
        { kind: String(kinds.user), userId: 'u.USERID' },
        `FROM dbo.USERS u WHERE ${userCondition('u')} AND ${activeUserCondition('u')} AND u.APPOINTMENTS = 1${ofUsers('u')}`,
      ),
      branch(
        { kind: String(kinds.location), locationId: 'l.LOCATIONID', postcode: 'l.POSTCODE' },
        `FROM dbo.LOCATIONS l WHERE l.RECORDSTATUS = ${currentRecord}`,
      ),
      branch(
        {
          kind: String(kinds.extra),
          userId: 'x.USERID',
          locationId: 'x.LOCATIONID',
          startsAt: 'x.STARTTIME',
          endsAt: 'x.ENDTIME',
          length: 'x.LENGTH',
          firstDay: 'x.SESSIONDATE',
        },
        `FROM dbo.EXTRASESSIONS x WHERE x.RECORDSTATUS = ${currentRecord}${ofUsers('x')} AND ${ranged('x.SESSIONDATE')}`,
      ),
      branch(
        { kind: String(kinds.away), userId: 'd.USERID', firstDay: 'd.STARTDATE', lastDay: 'd.FINISHDATE' },
        `FROM dbo.DAYSAWAY d WHERE d.RECORDSTATUS = ${currentRecord}${listed === null ? '' : ` AND (d.USERID = ${practiceUserId} OR d.USERID IN (${listed}))`} AND ${absences}`,
      ),
      branch(
        {
          kind: String(kinds.taken),
          userId: 'a.USERID',
          startsAt: 'a.APPOINTMENTTIME',
          length: 'a.APPOINTMENTLENGTH',
          firstDay: 'a.APPOINTMENTDATE',
        },
        `FROM dbo.APPOINTMENTS a WHERE a.RECORDSTATUS = ${currentRecord}${ofUsers('a')} AND ${ranged('a.APPOINTMENTDATE')}`,
      ),
    ].join('\nUNION ALL\n'),
  );
}

function branch(columns: Partial<Record<keyof typeof shared, string>>, rest: string): string {
  const list = Object.entries({ ...shared, ...columns }).map(([alias, sql]) => `${sql} AS ${alias}`);
  return `SELECT ${list.join(', ')}\n${rest}`;
}

const idOf = (row: Row, alias: string): string => String(row.number(alias));

function sessionOf(row: Row): RosterSession {
  return {
    userId: idOf(row, 'userId'),
    locationId: idOf(row, 'locationId'),
    weekday: row.number('weekday'),
    start: row.number('startsAt'),
    end: row.number('endsAt'),
    length: row.number('length'),
    validFrom: row.date('firstDay'),
    validTo: row.date('lastDay'),
    weeks: row.number('weeks'),
    cycleWeek: row.number('cycleWeek'),
    cycleDate: row.date('cycleDay'),
  };
}

function extraSessionOf(row: Row): ExtraSession {
  return {
    userId: idOf(row, 'userId'),
    locationId: idOf(row, 'locationId'),
    date: row.requiredDate('firstDay'),
    start: row.number('startsAt'),
    end: row.number('endsAt'),
    length: row.number('length'),
  };
}

function absenceOf(row: Row): Absence {
  const from = row.requiredDate('firstDay');
  return { userId: idOf(row, 'userId'), from, to: row.date('lastDay') ?? from };
}

function takenOf(row: Row): TakenTime {
  return {
    userId: idOf(row, 'userId'),
    date: row.requiredDate('firstDay'),
    start: row.number('startsAt'),
    length: row.number('length'),
  };
}

function zoneOf(row: Row, connection: PracticeConnection): readonly [string, TimeZone] {
  return [idOf(row, 'locationId'), connection.zoneOf(row.text('postcode'))];
}

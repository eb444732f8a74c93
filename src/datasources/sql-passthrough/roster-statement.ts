/** The text of a statement that reads the data for free times. */
import { touchesDays } from './clinic-admin.ts';
import { type Codes, currentRecord, practiceUserId } from './codes.ts';
import { dateOf, trimmed } from './columns.ts';
import { aliasOf, kinds, names, reservedTable, type Shared, shared } from './roster-columns.ts';

const secondsPerDay = 86_400;

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

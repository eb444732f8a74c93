/** Opening hours: the practice's default sessions if it has any, or else the union of its users' sessions. */
import { daysOfWeek, timeOfDay } from '../../time/local.ts';
import type { DayOfWeek } from '../../time/types.ts';
import type { ClinicWeek, OpenPeriod } from '../domain/clinic.ts';
import { readRows } from '../domain/unreadable-rows.ts';
import type { PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { codesOf, currentRecord, daysOfCode, practiceUserId } from './codes.ts';
import { SelectList } from './columns.ts';
import type { Reader } from './row.ts';
import { lines, Parameters } from './statement.ts';

// Rests on assumption B19.

interface OpenHours {
  readonly ofPractice: boolean;
  readonly days: readonly DayOfWeek[];
  readonly opens: number;
  readonly closes: number;
}

/** The week of every current location, as valid today at that location. */
export async function readClinicHours(connection: PracticeConnection): Promise<readonly ClinicWeek[]> {
  const codes = codesOf(connection.codeOverrides);
  const list = new SelectList(codes);
  const locationId = list.id('l.LOCATIONID');
  const postcode = list.text('l.POSTCODE');
  const userId = list.integer('s.USERID');
  const validFrom = list.date('s.STARTDATE');
  const validTo = list.date('s.ENDDATE');
  const hours = hoursReader(list);
  const nameOf = list.recordName('SESSIONS', 's.SESSIONID');
  const rows = await connection.sql(
    new Parameters().statement(
      lines(
        `SELECT ${list.columns}`,
        'FROM dbo.LOCATIONS l',
        `LEFT JOIN dbo.SESSIONS s ON s.LOCATIONID = l.LOCATIONID AND s.RECORDSTATUS = ${currentRecord} AND (s.USERID = ${practiceUserId} OR s.USERID IN (SELECT u.USERID FROM dbo.USERS u WHERE ${codes.userCondition('u')} AND ${codes.activeUserCondition('u')}))`,
        `WHERE l.RECORDSTATUS = ${currentRecord} AND l.LOCATIONID <> 0`,
        'ORDER BY l.LOCATIONID, s.STARTTIME, s.SESSIONID',
      ),
    ),
    'clinicHours',
  );
  const byLocation = new Map<string, OpenHours[]>();
  readRows(connection, rows.map(list.cellsOf), nameOf, (row) => {
    const id = locationId(row);
    if (id === null) return;
    const ofLocation = byLocation.get(id) ?? [];
    byLocation.set(id, ofLocation);
    if (userId(row) === null) return;
    const today = connection.today(connection.zoneOf(postcode(row)));
    if ((validFrom(row) ?? today) <= today && today <= (validTo(row) ?? today)) ofLocation.push(hours(row));
  });
  return [...byLocation].map(([id, ofLocation]) => weekOf(id, ofLocation));
}

function hoursReader(list: SelectList): Reader<OpenHours> {
  const userId = list.integer('s.USERID');
  const code = list.number('s.DAYOFWEEK');
  const opens = list.secondsOfDay('s.STARTTIME');
  const closes = list.secondsOfDay('s.ENDTIME');
  return (row) => ({
    ofPractice: userId(row) === practiceUserId,
    days: daysOfCode(code(row)),
    opens: opens(row),
    closes: closes(row),
  });
}

function weekOf(locationId: string, hours: readonly OpenHours[]): ClinicWeek {
  const ofPractice = hours.filter((period) => period.ofPractice);
  const known = ofPractice.length > 0 ? ofPractice : hours;
  return {
    locationId,
    source: ofPractice.length > 0 ? 'PRACTICE_SESSIONS' : 'DERIVED_FROM_USER_SESSIONS',
    week: daysOfWeek().map((day) => ({
      day,
      periods: merged(known.filter(({ days }) => days.includes(day))),
    })),
  };
}

/** Merges overlapping and adjacent periods. */
function merged(hours: readonly OpenHours[]): readonly OpenPeriod[] {
  const periods: { opens: number; closes: number }[] = [];
  for (const { opens, closes } of hours.toSorted((a, b) => a.opens - b.opens)) {
    const last = periods.at(-1);
    if (closes <= opens) continue;
    if (last && opens <= last.closes) last.closes = Math.max(last.closes, closes);
    else periods.push({ opens, closes });
  }
  return periods.map(({ opens, closes }) => ({ opens: timeOfDay(opens), closes: timeOfDay(closes) }));
}

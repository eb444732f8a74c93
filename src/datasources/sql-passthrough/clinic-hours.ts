/** Opening hours: the practice's own default sessions where it keeps them, else what its users' sessions come to. */
import { daysOfWeek, timeOfDay } from '../../time/local.ts';
import type { PracticeConnection } from '../practice-connection.ts';
import type { ClinicWeek, DayOfWeek, OpenPeriod } from '../practice-data.ts';
import { activeUserCondition, currentRecord, daysOfCode, practiceUserId, userCondition } from './codes.ts';
import { type Column, SelectList } from './columns.ts';
import { Row } from './row.ts';
import { lines, Parameters } from './statement.ts';

const columns: readonly Column[] = [
  { alias: 'locationId', sql: 'l.LOCATIONID' },
  { alias: 'postcode', sql: 'l.POSTCODE' },
  { alias: 'userId', sql: 's.USERID' },
  { alias: 'day', sql: 's.DAYOFWEEK' },
  { alias: 'opens', sql: 's.STARTTIME' },
  { alias: 'closes', sql: 's.ENDTIME' },
  { alias: 'validFrom', sql: 's.STARTDATE' },
  { alias: 'validTo', sql: 's.ENDDATE' },
];

interface OpenHours {
  readonly ofPractice: boolean;
  readonly days: readonly DayOfWeek[];
  readonly opens: number;
  readonly closes: number;
}

/** Every current location's week, as it is today there. */
export async function readClinicHours(connection: PracticeConnection): Promise<readonly ClinicWeek[]> {
  const list = new SelectList().add(columns);
  const rows = await connection.sql(
    new Parameters().statement(
      lines(
        `SELECT ${list.text}`,
        'FROM dbo.LOCATIONS l',
        `LEFT JOIN dbo.SESSIONS s ON s.LOCATIONID = l.LOCATIONID AND s.RECORDSTATUS = ${currentRecord} AND (s.USERID = ${practiceUserId} OR s.USERID IN (SELECT u.USERID FROM dbo.USERS u WHERE ${userCondition('u')} AND ${activeUserCondition('u')}))`,
        `WHERE l.RECORDSTATUS = ${currentRecord} AND l.LOCATIONID <> 0`,
        'ORDER BY l.LOCATIONID, s.STARTTIME, s.SESSIONID',
      ),
    ),
  );
  const selected = list.aliases;
  const byLocation = new Map<string, OpenHours[]>();
  for (const row of rows.map((values) => new Row(values, selected))) {
    const locationId = row.id('locationId');
    if (locationId === null) continue;
    const hours = byLocation.get(locationId) ?? [];
    byLocation.set(locationId, hours);
    if (row.integer('userId') !== null && isValidToday(row, connection)) hours.push(hoursOf(row));
  }
  return [...byLocation].map(([locationId, hours]) => weekOf(locationId, hours));
}

function isValidToday(row: Row, connection: PracticeConnection): boolean {
  const today = connection.today(connection.zoneOf(row.text('postcode')));
  return (row.date('validFrom') ?? today) <= today && today <= (row.date('validTo') ?? today);
}

function hoursOf(row: Row): OpenHours {
  return {
    ofPractice: row.integer('userId') === practiceUserId,
    days: daysOfCode(row.number('day')),
    opens: row.secondsOfDay('opens'),
    closes: row.secondsOfDay('closes'),
  };
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

/** Periods that overlap or touch are one. */
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

import { datesFrom } from '../database/dates.ts';
import type { PracticeDatabase } from '../database/practice-database.ts';
import {
  type AwayRow,
  awayOn,
  type ExtraSessionRow,
  fallsOn,
  type ReservedRow,
  type SessionRow,
  workingTimes,
} from '../database/roster.ts';

/** A free slot in local time of its location: its start in seconds since midnight, and its length in seconds. */
export interface FreeTime {
  readonly userId: number;
  readonly locationId: number;
  readonly date: string;
  readonly start: number;
  readonly length: number;
  /** Reserved for same-day bookings. */
  readonly onTheDay: boolean;
}

interface FreeTimesQuery {
  readonly today: string;
  /** Wall dates, both inclusive. */
  readonly from: string;
  readonly to: string;
  /** Absent: all users who take appointments. */
  readonly userIds: readonly number[] | undefined;
  readonly locationIds: readonly number[] | undefined;
}

interface TakenRow {
  readonly USERID: number;
  readonly date: string;
  readonly start: number;
  readonly length: number;
}

/**
 * Free times by date, time and user. Weekly and extra sessions are divided into slots of the session's length. An
 * absence or a closed day (USERID 0) removes the whole day. Every current row of the book takes its time, at any
 * location and of any kind. Times that are reserved for same-day bookings are free only on that day (assumption S39).
 */
export function freeTimes(database: PracticeDatabase, query: FreeTimesQuery): FreeTime[] {
  const { today, from, to, userIds, locationIds } = query;
  const range = { '@from': `${from}T00:00:00`, '@to': `${to}T23:59:59` };
  const users = bookableUsers(database).filter((id) => userIds?.includes(id) ?? true);
  const locations = database
    .all<{ LOCATIONID: number }>('SELECT LOCATIONID FROM LOCATIONS WHERE RECORDSTATUS = 1')
    .map(({ LOCATIONID }) => LOCATIONID)
    .filter((id) => locationIds?.includes(id) ?? true);
  const sessions = database.all<SessionRow>(
    `SELECT USERID, LOCATIONID, DAYOFWEEK, STARTTIME, ENDTIME, LENGTH, STARTDATE, ENDDATE, WEEKS, CYCLEWEEK, CYCLEDATE
     FROM SESSIONS WHERE RECORDSTATUS = 1 ORDER BY SESSIONID`,
  );
  const extra = database.all<ExtraSessionRow>(
    `SELECT USERID, LOCATIONID, SESSIONDATE, STARTTIME, ENDTIME, LENGTH
     FROM EXTRASESSIONS WHERE RECORDSTATUS = 1 AND SESSIONDATE BETWEEN @from AND @to ORDER BY SESSIONID`,
    range,
  );
  const away = database.all<AwayRow>(
    'SELECT USERID, STARTDATE, FINISHDATE, AWAYREASON FROM DAYSAWAY WHERE RECORDSTATUS = 1 AND STARTDATE IS NOT NULL',
  );
  const reserved = database.all<ReservedRow>(
    'SELECT USERID, DAYOFWEEK, APPOINTMENTTIME FROM RESERVEDAPPOINTMENTS WHERE RECORDSTATUS = 1',
  );
  const taken = takenTimes(database, range);
  const free: FreeTime[] = [];
  for (const date of datesFrom(from, to)) {
    const day = users.flatMap((userId) => {
      if (awayOn(away, userId, date)) return [];
      const busy = taken.get(`${userId} ${date}`) ?? [];
      const starts = new Map<number, FreeTime>();
      for (const { locationId, start: opens, end: closes, length } of workingTimes(
        sessions,
        extra,
        userId,
        date,
      )) {
        if (length <= 0 || !locations.includes(locationId)) continue;
        for (let start = opens; start + length <= closes; start += length) {
          if (starts.has(start)) continue;
          if (busy.some((row) => row.start < start + length && start < row.start + row.length)) continue;
          const onTheDay = reserved.some(
            (row) =>
              row.USERID === userId &&
              fallsOn(row.DAYOFWEEK, date) &&
              row.APPOINTMENTTIME < start + length &&
              start < row.APPOINTMENTTIME + length,
          );
          if (onTheDay && date !== today) continue;
          starts.set(start, { userId, locationId, date, start, length, onTheDay });
        }
      }
      return [...starts.values()];
    });
    free.push(...day.sort((a, b) => a.start - b.start || a.userId - b.userId));
  }
  return free;
}

function bookableUsers(database: PracticeDatabase): number[] {
  return database
    .all<{ USERID: number }>(
      'SELECT USERID FROM USERS WHERE RECORDSTATUS = 1 AND USERSTATUS IN (1, 3) AND APPOINTMENTS = 1 AND USERID <> 0',
    )
    .map(({ USERID }) => USERID);
}

function takenTimes(
  database: PracticeDatabase,
  range: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly TakenRow[]> {
  const rows = database.all<TakenRow>(
    `SELECT USERID, substr(APPOINTMENTDATE, 1, 10) AS date, APPOINTMENTTIME AS start, APPOINTMENTLENGTH AS length
     FROM APPOINTMENTS WHERE RECORDSTATUS IN (1, 4) AND APPOINTMENTDATE BETWEEN @from AND @to`,
    range,
  );
  const taken = new Map<string, TakenRow[]>();
  for (const row of rows) {
    const key = `${row.USERID} ${row.date}`;
    const known = taken.get(key);
    if (known) known.push(row);
    else taken.set(key, [row]);
  }
  return taken;
}

import { dateTime } from './dates.ts';
import type { PracticeDatabase } from './practice-database.ts';
import type { Stamp, Values } from './write-row.ts';
import { addCurrentRow, changeRows } from './write-row.ts';

export interface Absence {
  /** 0: the whole practice. */
  readonly userId: number;
  /** Wall dates, both included. */
  readonly from: string;
  readonly to: string;
  readonly reason: string | null;
}

export interface PracticeSession {
  /** 1 = Sunday ... 7 = Saturday; 0 is Monday to Friday. */
  readonly dayOfWeek: number;
  /** Seconds since midnight. */
  readonly start: number;
  readonly end: number;
}

/** Slot length, in seconds, of a session that opening hours created. */
const slotLength = 900;
const everybody = 0;

/** Records whole days away. Returns the new RECORDID. */
export function addAbsence(database: PracticeDatabase, absence: Absence, stamp: Stamp): number {
  const { userId, from, to, reason } = absence;
  const values = {
    USERID: userId,
    STARTDATE: dateTime(from),
    FINISHDATE: dateTime(to),
    AWAYREASON: reason,
  };
  return addCurrentRow(database, 'DAYSAWAY', values, stamp);
}

/** Marks days away as deleted. */
export function removeAbsence(database: PracticeDatabase, id: number, stamp: Stamp): void {
  changeRows(
    database,
    'DAYSAWAY',
    { RECORDSTATUS: 0 },
    { sql: 'RECORDID = @id', values: { '@id': id } },
    stamp,
  );
}

/** Sets columns of a user, with the names of USERS. */
export function changeUser(database: PracticeDatabase, id: number, columns: Values, stamp: Stamp): void {
  changeRows(database, 'USERS', columns, { sql: 'USERID = @id', values: { '@id': id } }, stamp);
}

/** The opening hours of a location: its current sessions of no user are deleted, softly, and these take their place. */
export function replacePracticeSessions(
  database: PracticeDatabase,
  locationId: number,
  sessions: readonly PracticeSession[],
  stamp: Stamp,
): void {
  const current = {
    sql: 'USERID = @noUser AND LOCATIONID = @location AND RECORDSTATUS = 1',
    values: { '@noUser': everybody, '@location': locationId },
  };
  changeRows(database, 'SESSIONS', { RECORDSTATUS: 0 }, current, stamp);
  for (const { dayOfWeek, start, end } of sessions) {
    const values = {
      USERID: everybody,
      LOCATIONID: locationId,
      DAYOFWEEK: dayOfWeek,
      STARTTIME: start,
      ENDTIME: end,
      LENGTH: slotLength,
      WEEKS: 1,
      CYCLEWEEK: 1,
    };
    addCurrentRow(database, 'SESSIONS', values, stamp);
  }
}

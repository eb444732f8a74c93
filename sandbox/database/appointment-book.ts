import { dateTime } from './dates.ts';
import type { PracticeDatabase } from './practice-database.ts';
import type { Stamp, Values } from './write-row.ts';
import { addCurrentRow, changeRows, insertRow } from './write-row.ts';

// Rests on assumption S9.

export type { Stamp } from './write-row.ts';

/** Writes to the book are synchronous, so nothing happens between the check of a time and its booking. */
export interface Place {
  readonly userId: number;
  /** Wall date and seconds since its midnight, at the location. */
  readonly date: string;
  readonly time: number;
  /** Seconds. */
  readonly length: number;
}

export interface NewEntry extends Place {
  readonly patientId: number;
  readonly locationId: number;
  readonly typeId: number;
  readonly reason: string | null;
  readonly comment?: string | null;
  readonly videoUrl?: string | null;
}

export interface Entry {
  readonly RECORDSTATUS: number;
  readonly APPOINTMENTCODE: number;
  readonly APPOINTMENTTYPE: number;
  readonly LOCATIONID: number;
}

/** Type of an appointment without a given type. */
export const standardType = 1;
/** APPOINTMENTCODE of a booked appointment, and of an arrived one. */
export const bookedCode = 1;
export const waitingCode = 2;

/** Whether a current row of the user's, whatever it is, touches this stretch of time. */
export function isTaken(database: PracticeDatabase, place: Place, besides = 0): boolean {
  const { userId, date, time, length } = place;
  return (
    database.all(
      `SELECT 1 FROM APPOINTMENTS WHERE USERID = @user AND APPOINTMENTDATE = @date AND RECORDSTATUS IN (1, 4)
       AND APPOINTMENTTIME < @until AND APPOINTMENTTIME + APPOINTMENTLENGTH > @time AND RECORDID <> @besides LIMIT 1`,
      {
        '@user': userId,
        '@date': dateTime(date),
        '@time': time,
        '@until': time + length,
        '@besides': besides,
      },
    ).length > 0
  );
}

const keys = {
  PATIENTS: 'INTERNALID',
  USERS: 'USERID',
  LOCATIONS: 'LOCATIONID',
  APPOINTMENTTYPES: 'APPOINTMENTCODE',
} as const;

/** Whether a table has a row of this id that is current. */
export function isCurrent(database: PracticeDatabase, table: keyof typeof keys, id: number): boolean {
  const sql = `SELECT 1 FROM ${table} WHERE ${keys[table]} = @id AND RECORDSTATUS = 1`;
  return id !== 0 && database.all(sql, { '@id': id }).length > 0;
}

/** The user's default location; 0 when the user has none. */
export function usualLocation(database: PracticeDatabase, userId: number): number {
  const sql = 'SELECT LOCATIONID AS id FROM USERS WHERE USERID = @user';
  return database.all<{ id: number }>(sql, { '@user': userId })[0]?.id ?? 0;
}

/** A row of the book, whether current or not. */
export function entryOf(database: PracticeDatabase, id: number): Entry | undefined {
  return database.all<Entry>(
    'SELECT RECORDSTATUS, APPOINTMENTCODE, APPOINTMENTTYPE, LOCATIONID FROM APPOINTMENTS WHERE RECORDID = @id',
    { '@id': id },
  )[0];
}

/** Books without checking whether the time is free. Returns the new RECORDID. */
export function addEntry(database: PracticeDatabase, entry: NewEntry, stamp: Stamp): number {
  return addCurrentRow(
    database,
    'APPOINTMENTS',
    {
      INTERNALID: entry.patientId,
      USERID: entry.userId,
      LOCATIONID: entry.locationId,
      APPOINTMENTDATE: dateTime(entry.date),
      APPOINTMENTTIME: entry.time,
      APPOINTMENTLENGTH: entry.length,
      APPOINTMENTCODE: bookedCode,
      APPOINTMENTTYPE: entry.typeId,
      REASON: entry.reason,
      COMMENT: entry.comment ?? null,
      VIDEOURL: entry.videoUrl ?? null,
      BOOKEDBY: stamp.by,
    },
    stamp,
  );
}

/** Sets columns of one row, with the user and the time of the change. */
export function changeEntry(database: PracticeDatabase, id: number, columns: Values, stamp: Stamp): void {
  changeRows(database, 'APPOINTMENTS', columns, { sql: 'RECORDID = @id', values: { '@id': id } }, stamp);
}

export function cancelEntry(database: PracticeDatabase, id: number, stamp: Stamp): void {
  changeEntry(database, id, { RECORDSTATUS: 2 }, stamp);
  insertRow(database, 'CANCELLEDAPPOINTMENTS', {
    APPOINTMENTID: id,
    CANCELLEDBY: stamp.by,
    CANCELLEDDATE: dateTime(stamp.now.slice(0, 10)),
    CANCELLEDTIME: secondsOf(stamp.now),
  });
}

/** Removes the row. Bp Premier's own screens are not known to do this. */
export function deleteEntry(database: PracticeDatabase, id: number): void {
  database.run('DELETE FROM APPOINTMENTS WHERE RECORDID = @id', { '@id': id });
}

/** Records the arrival of the patient, or removes it. */
export function arriveEntry(database: PracticeDatabase, id: number, arrived: boolean, stamp: Stamp): void {
  const columns = arrived
    ? { APPOINTMENTCODE: waitingCode, ARRIVALTIME: secondsOf(stamp.now) }
    : { APPOINTMENTCODE: bookedCode, ARRIVALTIME: 0 };
  changeEntry(database, id, columns, stamp);
}

/** Seconds since midnight of a wall time. */
export function secondsOf(wall: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = wall.slice(11, 19).split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

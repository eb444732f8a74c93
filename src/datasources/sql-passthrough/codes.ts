/**
 * The meaning of Bp Premier's numbers and code texts: the one place for assumptions B1 to B5, B7 and B31. These numbers are
 * constants in the SQL texts. Everything that a caller sends is a parameter.
 */

import type { DayOfWeek, LocalDate } from '../../time/types.ts';
import { type AppointmentStatus, appointmentStatuses } from '../domain/appointment.ts';
import type { PatientStatus, Sex } from '../domain/patient.ts';

// Rests on assumptions B2, B3, B4, B5, B7, B21 and B31.

/** `RECORDSTATUS` of a current record. */
export const currentRecord = 1;

/**
 * `RECORDSTATUS` of appointments that are in the book. A public client also treats 4 as live; its meaning is not documented.
 * Any other means cancelled (B1).
 */
const liveRecords: readonly number[] = [currentRecord, 4];

/** True for the rows of APPOINTMENTS that occupy their time. */
export function liveCondition(alias: string): string {
  return `${alias}.RECORDSTATUS IN (${liveRecords.join(', ')})`;
}

/** `RECORDSTATUS` that marks a row as removed, for tables without a removing procedure in Bp Premier (B31). */
export const removedRecord = 2;

/** `APPOINTMENTS.APPOINTMENTCODE` (B2). */
const statusOfCode: ReadonlyMap<number, AppointmentStatus> = new Map([
  [1, 'BOOKED'],
  [2, 'ARRIVED'],
  [3, 'IN_CONSULTATION'],
  [4, 'FULFILLED'],
  [5, 'FULFILLED'],
  [12, 'FULFILLED'],
  [13, 'FULFILLED'],
  [10, 'NO_SHOW'],
]);

/** Codes that block or reserve time. Rows with these codes are not appointments (B2). */
export const blockingCodes: readonly number[] = [0, 9, 11, 99];

export function appointmentStatus(recordStatus: number, code: number): AppointmentStatus {
  if (recordStatus === currentRecord) return statusOfCode.get(code) ?? 'UNKNOWN';
  return liveRecords.includes(recordStatus) ? 'UNKNOWN' : 'CANCELLED';
}

/** The PMS's text for a status. It includes the record status when the meaning of that is unknown. */
export function pmsStatusOf(recordStatus: number, description: string | null): string | null {
  if (recordStatus === currentRecord || !liveRecords.includes(recordStatus)) return description;
  return [description, `(RECORDSTATUS ${recordStatus})`].filter((part) => part !== null).join(' ');
}

/** A condition on `a` (APPOINTMENTS) that is true for these statuses. Null when no row can have one of them. */
export function statusCondition(statuses: readonly AppointmentStatus[]): string | null {
  const current = `a.RECORDSTATUS = ${currentRecord}`;
  const live = liveCondition('a');
  if (appointmentStatuses.every((status) => statuses.includes(status) === (status !== 'CANCELLED'))) {
    return live;
  }
  const codes = [...statusOfCode].filter(([, status]) => statuses.includes(status)).map(([code]) => code);
  const alternatives = [
    ...(codes.length > 0 ? [`(${current} AND a.APPOINTMENTCODE IN (${codes.join(', ')}))`] : []),
    ...(statuses.includes('UNKNOWN')
      ? [
          `(${live} AND (a.RECORDSTATUS <> ${currentRecord} OR a.APPOINTMENTCODE NOT IN (${[...statusOfCode.keys()].join(', ')})))`,
        ]
      : []),
    ...(statuses.includes('CANCELLED') ? [`NOT ${live}`] : []),
  ];
  return alternatives.length > 0 ? `(${alternatives.join(' OR ')})` : null;
}

/** `APPOINTMENTLENGTH` of appointments and of types, and `LENGTH` of sessions, are seconds (B3). */
export function minutesOfLength(length: number | null): number | null {
  return length === null || length <= 0 ? null : Math.round(length / 60);
}

/** By `PATIENTSTATUS.STATUSTEXT`, never by number. Any date of death means DECEASED (B4). */
export function patientStatus(statusText: string | null, dateOfDeath: string | null): PatientStatus | null {
  if (dateOfDeath !== null) return 'DECEASED';
  switch (statusText?.toLowerCase()) {
    case 'active':
      return 'ACTIVE';
    case 'inactive':
      return 'INACTIVE';
    case 'deceased':
      return 'DECEASED';
    default:
      return null;
  }
}

/** By `SEX.SEX`, because public sources contradict each other about the numbers (B4). */
export function sexOf(text: string | null): Sex {
  switch (text?.toLowerCase()) {
    case 'male':
      return 'MALE';
    case 'female':
      return 'FEMALE';
    case 'other':
      return 'OTHER';
    default:
      return 'UNKNOWN';
  }
}

/** `DVATYPE.DVATYPE`, the colour of the card. Patients without a card refer to the row `none`. */
export function dvaTypeOf(text: string | null): string | null {
  return text?.toLowerCase() === 'none' ? null : text;
}

/** `APPOINTMENTTYPES.APPOINTMENTCODE` of the standard type. Used without a type, because the column has no NULL (B21). */
export const standardTypeId = 1;

/** `USERSTATUS` (B5). */
const activeUserStatuses: readonly number[] = [1, 3];
const inactiveUserStatus = 2;
const invalidUserStatus = 999;

/** Current users, without the invalid ones and without the practice's own id. */
export function userCondition(alias: string): string {
  return `${alias}.RECORDSTATUS = ${currentRecord} AND ${alias}.USERSTATUS <> ${invalidUserStatus} AND ${alias}.USERID <> ${practiceUserId}`;
}

export function activeUserCondition(alias: string): string {
  return `${alias}.USERSTATUS IN (${activeUserStatuses.join(', ')})`;
}

export function inactiveUserCondition(alias: string): string {
  return `${alias}.USERSTATUS = ${inactiveUserStatus}`;
}

export function isActiveUser(userStatus: number | null): boolean | null {
  if (userStatus === null) return null;
  if (activeUserStatuses.includes(userStatus)) return true;
  return userStatus === inactiveUserStatus ? false : null;
}

/** `USERID` of sessions and days away of the whole practice (B7). */
export const practiceUserId = 0;

/** The last day of a row of DAYSAWAY. Without FINISHDATE, or with one before STARTDATE, it is one day (B15). */
export const lastDayAway = 'CASE WHEN FINISHDATE >= STARTDATE THEN FINISHDATE ELSE STARTDATE END';

/** The same for values that were read. */
export function lastOfAbsence(first: LocalDate, last: LocalDate | null): LocalDate {
  return last !== null && last >= first ? last : first;
}

const weekdays: readonly DayOfWeek[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'];

const daysFromSunday: readonly DayOfWeek[] = ['SUNDAY', ...weekdays, 'SATURDAY'];

/** `SESSIONS.DAYOFWEEK`: 1 is Sunday and 7 Saturday, 0 is every day from Monday to Friday. Any other code is no day. */
export function daysOfCode(code: number): readonly DayOfWeek[] {
  if (code === 0) return weekdays;
  const day = daysFromSunday[code - 1];
  return day ? [day] : [];
}

/** The `SESSIONS.DAYOFWEEK` of one day. */
export function codeOfDay(day: DayOfWeek): number {
  return daysFromSunday.indexOf(day) + 1;
}

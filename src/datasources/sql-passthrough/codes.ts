/**
 * What Bp Premier's numbers and code texts mean: the one place for assumptions B1 to B5, B7 and B31. The numbers here are
 * fixed and stand in SQL texts as they are; everything that a caller sends travels as a parameter.
 */

import type { DayOfWeek, LocalDate } from '../../time/types.ts';
import { type AppointmentStatus, appointmentStatuses } from '../domain/appointment.ts';
import type { PatientStatus, Sex } from '../domain/patient.ts';

// Rests on assumptions B2, B3, B4, B5, B7, B21 and B31.

/** `RECORDSTATUS` of a current record. */
export const currentRecord = 1;

/**
 * `RECORDSTATUS` of appointments that stand in the book: a public client takes 4 for live too, and nobody tells what it
 * means. Any other is a cancelled one (B1).
 */
const liveRecords: readonly number[] = [currentRecord, 4];

/** Holds for the rows of APPOINTMENTS that take their time. */
export function liveCondition(alias: string): string {
  return `${alias}.RECORDSTATUS IN (${liveRecords.join(', ')})`;
}

/** `RECORDSTATUS` of what is taken away where no procedure of Bp Premier does it (B31). */
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

/** Codes that block or reserve time; rows with one of them are no appointments (B2). */
export const blockingCodes: readonly number[] = [0, 9, 11, 99];

export function appointmentStatus(recordStatus: number, code: number): AppointmentStatus {
  if (recordStatus === currentRecord) return statusOfCode.get(code) ?? 'UNKNOWN';
  return liveRecords.includes(recordStatus) ? 'UNKNOWN' : 'CANCELLED';
}

/** The words of the PMS for a status, with the record status where that is what nobody knows. */
export function pmsStatusOf(recordStatus: number, description: string | null): string | null {
  if (recordStatus === currentRecord || !liveRecords.includes(recordStatus)) return description;
  return [description, `(RECORDSTATUS ${recordStatus})`].filter((part) => part !== null).join(' ');
}

/** A condition on `a`, the row of APPOINTMENTS, that holds for rows of these statuses; null when there are none. */
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

/** By `PATIENTSTATUS.STATUSTEXT`, never by number; a date of death decides alone (B4). */
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

/** By `SEX.SEX`: public sources contradict each other about the numbers (B4). */
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

/** `DVATYPE.DVATYPE`: the colour of the card; patients without one point at a row that says so. */
export function dvaTypeOf(text: string | null): string | null {
  return text?.toLowerCase() === 'none' ? null : text;
}

/** `APPOINTMENTTYPES.APPOINTMENTCODE` of the standard appointment, for one without a type: the column has no NULL (B21). */
export const standardTypeId = 1;

/** `USERSTATUS` (B5). */
const activeUserStatuses: readonly number[] = [1, 3];
const inactiveUserStatus = 2;
const invalidUserStatus = 999;

/** Current users, the invalid ones and the practice's own id aside. */
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

/** `USERID` of sessions and days away that hold for the whole practice (B7). */
export const practiceUserId = 0;

/** The last day of a row of DAYSAWAY: it is one day without FINISHDATE, or where that lies before STARTDATE (B15). */
export const lastDayAway = 'CASE WHEN FINISHDATE >= STARTDATE THEN FINISHDATE ELSE STARTDATE END';

/** The same of what was read. */
export function lastOfAbsence(first: LocalDate, last: LocalDate | null): LocalDate {
  return last !== null && last >= first ? last : first;
}

const weekdays: readonly DayOfWeek[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'];

const daysFromSunday: readonly DayOfWeek[] = ['SUNDAY', ...weekdays, 'SATURDAY'];

/** `SESSIONS.DAYOFWEEK`: 1 is Sunday and 7 Saturday, 0 is every day from Monday to Friday. Else no day. */
export function daysOfCode(code: number): readonly DayOfWeek[] {
  if (code === 0) return weekdays;
  const day = daysFromSunday[code - 1];
  return day ? [day] : [];
}

/** The `SESSIONS.DAYOFWEEK` of one day. */
export function codeOfDay(day: DayOfWeek): number {
  return daysFromSunday.indexOf(day) + 1;
}

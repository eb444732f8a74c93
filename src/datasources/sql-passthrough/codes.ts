/**
 * The meaning of Bp Premier's numbers and code texts: the one place for assumptions B1 to B5, B7, B21 and B31, and where a
 * practice's own values replace them. These numbers are constants in the SQL texts. Everything that a caller sends is a
 * parameter.
 */

import type { DayOfWeek, LocalDate } from '../../time/types.ts';
import { type AppointmentStatus, appointmentStatuses } from '../domain/appointment.ts';
import type { CodeOverrides } from '../domain/code-overrides.ts';
import type { PatientStatus, Sex } from '../domain/patient.ts';

// Rests on assumptions B2, B3, B4, B5, B7, B21 and B31.

/** `RECORDSTATUS` of a current record. */
export const currentRecord = 1;

/** `USERID` of sessions and days away of the whole practice (B7). */
export const practiceUserId = 0;

/** A practice's own values replace these (see `CodeOverrides`). */
const assumed = {
  /** A public client also treats 4 as live; its meaning is not documented. Any other means cancelled (B1). */
  liveRecordStatuses: [currentRecord, 4],
  /** `APPOINTMENTS.APPOINTMENTCODE`. Rows that block or reserve time are not appointments (B2). */
  appointmentStatuses: {
    1: 'BOOKED',
    2: 'ARRIVED',
    3: 'IN_CONSULTATION',
    4: 'FULFILLED',
    5: 'FULFILLED',
    12: 'FULFILLED',
    13: 'FULFILLED',
    10: 'NO_SHOW',
    0: 'BLOCKED',
    9: 'BLOCKED',
    11: 'BLOCKED',
    99: 'BLOCKED',
  },
  /** Also `LENGTH` of sessions and `APPOINTMENTLENGTH` of appointments, which are seconds at every practice (B3). */
  appointmentTypeLengthUnit: 'seconds',
  /** By text, never by number (B4). */
  patientStatuses: { Active: 'ACTIVE', Inactive: 'INACTIVE', Deceased: 'DECEASED' },
  /** By text, because public sources contradict each other about the numbers (B4). */
  sexes: { Male: 'MALE', Female: 'FEMALE', Other: 'OTHER' },
  /** (B5) */
  userStatuses: { 1: 'ACTIVE', 3: 'ACTIVE', 2: 'INACTIVE', 999: 'HIDDEN' },
  /** The column of the type has no NULL (B21). */
  standardAppointmentType: 1,
  /** For tables without a removing procedure in Bp Premier (B31). */
  removedRecordStatus: 2,
} as const satisfies Required<CodeOverrides>;

/** The codes of one practice, and the conditions on them in its statements. */
export class Codes {
  /** `RECORDSTATUS` of appointments that occupy their time. */
  readonly liveRecordStatuses: readonly number[];
  readonly appointmentStatuses: ReadonlyMap<number, AppointmentStatus>;
  /** Codes that block or reserve time. */
  readonly blockingCodes: readonly number[];
  /** By lower-case text. */
  readonly patientStatuses: ReadonlyMap<string, PatientStatus>;
  /** By lower-case text. */
  readonly sexes: ReadonlyMap<string, Sex>;
  readonly activeUserStatuses: readonly number[];
  readonly inactiveUserStatuses: readonly number[];
  readonly hiddenUserStatuses: readonly number[];
  readonly standardAppointmentType: number;
  readonly removedRecordStatus: number;
  /** Seconds in the unit of `APPOINTMENTTYPES.APPOINTMENTLENGTH`. */
  readonly secondsPerLength: 1 | 60;
  /** Conditions on `a` (APPOINTMENTS): an appointment, and no blocked time. */
  readonly isAppointment: readonly string[];
  /** A condition on `a` (APPOINTMENTS): any status but CANCELLED. */
  readonly notCancelled: string;
  readonly #sexTexts: ReadonlyMap<Sex, string>;

  constructor(overrides: CodeOverrides) {
    const statuses: [number, AppointmentStatus | 'BLOCKED'][] = numbered({
      ...assumed.appointmentStatuses,
      ...overrides.appointmentStatuses,
    });
    const users = numbered({ ...assumed.userStatuses, ...overrides.userStatuses });
    const usersWith = (wanted: string) => users.filter(([, is]) => is === wanted).map(([status]) => status);
    this.liveRecordStatuses = overrides.liveRecordStatuses ?? assumed.liveRecordStatuses;
    this.appointmentStatuses = new Map(
      statuses.flatMap(([code, status]) => (status === 'BLOCKED' ? [] : [[code, status] as const])),
    );
    this.blockingCodes = statuses.filter(([, status]) => status === 'BLOCKED').map(([code]) => code);
    this.patientStatuses = byText({ ...assumed.patientStatuses, ...overrides.patientStatuses });
    const sexes: Readonly<Record<string, Sex>> = { ...assumed.sexes, ...overrides.sexes };
    this.sexes = byText(sexes);
    // The practice's own text comes after the assumed one.
    this.#sexTexts = new Map(Object.entries(sexes).map(([text, sex]) => [sex, text]));
    this.activeUserStatuses = usersWith('ACTIVE');
    this.inactiveUserStatuses = usersWith('INACTIVE');
    this.hiddenUserStatuses = usersWith('HIDDEN');
    this.standardAppointmentType = overrides.standardAppointmentType ?? assumed.standardAppointmentType;
    this.removedRecordStatus = overrides.removedRecordStatus ?? assumed.removedRecordStatus;
    this.secondsPerLength =
      (overrides.appointmentTypeLengthUnit ?? assumed.appointmentTypeLengthUnit) === 'minutes' ? 60 : 1;
    this.isAppointment = [noneOf('a.APPOINTMENTCODE', this.blockingCodes), 'a.INTERNALID <> 0'];
    this.notCancelled = this.liveCondition('a');
  }

  /** True for the rows of APPOINTMENTS that occupy their time. */
  liveCondition(alias: string): string {
    return `${alias}.RECORDSTATUS IN (${this.liveRecordStatuses.join(', ')})`;
  }

  appointmentStatus(recordStatus: number, code: number): AppointmentStatus {
    if (recordStatus === currentRecord) return this.appointmentStatuses.get(code) ?? 'UNKNOWN';
    return this.liveRecordStatuses.includes(recordStatus) ? 'UNKNOWN' : 'CANCELLED';
  }

  /** The PMS's text for a status. It includes the record status when the meaning of that is unknown. */
  pmsStatusOf(recordStatus: number, description: string | null): string | null {
    if (recordStatus === currentRecord || !this.liveRecordStatuses.includes(recordStatus)) return description;
    return [description, `(RECORDSTATUS ${recordStatus})`].filter((part) => part !== null).join(' ');
  }

  /** A condition on `a` (APPOINTMENTS) that is true for these statuses. Null when no row can have one of them. */
  statusCondition(statuses: readonly AppointmentStatus[]): string | null {
    const current = `a.RECORDSTATUS = ${currentRecord}`;
    const live = this.liveCondition('a');
    if (appointmentStatuses.every((status) => statuses.includes(status) === (status !== 'CANCELLED'))) {
      return live;
    }
    const known = [...this.appointmentStatuses].filter(([, status]) => status !== 'UNKNOWN');
    const codes = known.filter(([, status]) => statuses.includes(status)).map(([code]) => code);
    const alternatives = [
      ...(codes.length > 0 ? [`(${current} AND a.APPOINTMENTCODE IN (${codes.join(', ')}))`] : []),
      ...(statuses.includes('UNKNOWN')
        ? [
            `(${live} AND (a.RECORDSTATUS <> ${currentRecord} OR ${noneOf(
              'a.APPOINTMENTCODE',
              known.map(([code]) => code),
            )}))`,
          ]
        : []),
      ...(statuses.includes('CANCELLED') ? [`NOT ${live}`] : []),
    ];
    return alternatives.length > 0 ? `(${alternatives.join(' OR ')})` : null;
  }

  /** Any date of death means DECEASED (B4). */
  patientStatus(statusText: string | null, dateOfDeath: string | null): PatientStatus | null {
    if (dateOfDeath !== null) return 'DECEASED';
    return this.patientStatuses.get(statusText?.toLowerCase() ?? '') ?? null;
  }

  sexOf(text: string | null): Sex {
    return this.sexes.get(text?.toLowerCase() ?? '') ?? 'UNKNOWN';
  }

  /** The practice's text in `SEX.SEX`. */
  sexText(sex: Exclude<Sex, 'UNKNOWN'>): string {
    return this.#sexTexts.get(sex) ?? sex;
  }

  /** Current users, without the hidden ones and without the practice's own id. */
  userCondition(alias: string): string {
    const hidden = this.hiddenUserStatuses.map((status) => `${alias}.USERSTATUS <> ${status}`);
    return [
      `${alias}.RECORDSTATUS = ${currentRecord}`,
      ...hidden,
      `${alias}.USERID <> ${practiceUserId}`,
    ].join(' AND ');
  }

  activeUserCondition(alias: string): string {
    return oneOf(`${alias}.USERSTATUS`, this.activeUserStatuses);
  }

  inactiveUserCondition(alias: string): string {
    return oneOf(`${alias}.USERSTATUS`, this.inactiveUserStatuses);
  }

  isActiveUser(userStatus: number | null): boolean | null {
    if (userStatus === null) return null;
    if (this.activeUserStatuses.includes(userStatus)) return true;
    return this.inactiveUserStatuses.includes(userStatus) ? false : null;
  }

  /** Minutes of `APPOINTMENTTYPES.APPOINTMENTLENGTH` (B3). */
  minutesOfType(length: number | null): number | null {
    return minutesOfLength(length === null ? null : length * this.secondsPerLength);
  }
}

const oneOf = (column: string, values: readonly number[]): string =>
  values.length > 0 ? `${column} IN (${values.join(', ')})` : '1 = 0';

const noneOf = (column: string, values: readonly number[]): string =>
  values.length > 0 ? `${column} NOT IN (${values.join(', ')})` : '1 = 1';

function numbered<T>(record: Readonly<Record<string, T>>): [number, T][] {
  return Object.entries(record).map(([code, value]) => [Number(code), value]);
}

function byText<T>(record: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(record).map(([text, value]) => [text.toLowerCase(), value]));
}

const assumedCodes = new Codes({});
const ownCodes = new WeakMap<CodeOverrides, Codes>();

/** The codes of a practice with these overrides: the same object each time. */
export function codesOf(overrides: CodeOverrides | undefined): Codes {
  if (overrides === undefined) return assumedCodes;
  let codes = ownCodes.get(overrides);
  if (!codes) {
    codes = new Codes(overrides);
    ownCodes.set(overrides, codes);
  }
  return codes;
}

/** Creates a value once for each practice's codes. */
export function perCodes<T extends object>(make: (codes: Codes) => T): (codes: Codes) => T {
  const known = new WeakMap<Codes, T>();
  return (codes) => {
    let made = known.get(codes);
    if (!made) {
      made = make(codes);
      known.set(codes, made);
    }
    return made;
  };
}

/** `LENGTH` of sessions is seconds (B3). */
export function minutesOfLength(length: number | null): number | null {
  return length === null || length <= 0 ? null : Math.round(length / 60);
}

/** `DVATYPE.DVATYPE`, the colour of the card. Patients without a card refer to the row `none`. */
export function dvaTypeOf(text: string | null): string | null {
  return text?.toLowerCase() === 'none' ? null : text;
}

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

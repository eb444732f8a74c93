/**
 * When a session of the roster takes place. Bp's own numbers: weekday 1 is Sunday and 7 Saturday, 0 is Monday to Friday;
 * a session of a rotating roster counts its weeks from `CYCLEDATE` (assumption B8).
 */
import type { LocalDate } from '../../../time/types.ts';

export interface RosterSession {
  /** `0`: the practice's default session. It takes no bookings. */
  readonly userId: string;
  readonly locationId: string;
  /** Bp's DAYOFWEEK: 0 to 7. */
  readonly weekday: number;
  /** Seconds since midnight on the wall clock. */
  readonly start: number;
  readonly end: number;
  /** Seconds of one slot. */
  readonly length: number;
  /** Valid from and to, inclusive; null is open. */
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
  /** Weeks in the rotation; 0 or 1 is every week. */
  readonly weeks: number;
  /** Which week of the rotation, from 1. */
  readonly cycleWeek: number;
  readonly cycleDate: LocalDate | null;
}

const msPerDay = 86_400_000;

/** Days since 1970-01-01. */
const dayNumber = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`) / msPerDay;
/** 0 is Sunday; 1970-01-01 was a Thursday. */
const sundayBased = (day: number): number => (((day + 4) % 7) + 7) % 7;
const weekNumber = (day: number): number => Math.floor((day - sundayBased(day)) / 7);

/** Whether Bp's DAYOFWEEK stands for a weekday from 1 to 7. */
const isWeekday = (code: number, weekday: number): boolean =>
  code === 0 ? weekday >= 2 && weekday <= 6 : code === weekday;

/** Whether Bp's DAYOFWEEK stands for the weekday of a date. */
export const fallsOn = (code: number, date: LocalDate): boolean =>
  isWeekday(code, sundayBased(dayNumber(date)) + 1);

export function takesPlaceOn(session: RosterSession, date: LocalDate): boolean {
  if (session.validFrom && date < session.validFrom) return false;
  if (session.validTo && date > session.validTo) return false;
  const day = dayNumber(date);
  const weekday = sundayBased(day) + 1;
  if (!isWeekday(session.weekday, weekday)) return false;
  if (session.weeks <= 1 || !session.cycleDate) return true;
  const distance = weekNumber(day) - weekNumber(dayNumber(session.cycleDate));
  return (((distance % session.weeks) + session.weeks) % session.weeks) + 1 === session.cycleWeek;
}

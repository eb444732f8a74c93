import { dayOfWeek, daysBetween } from './dates.ts';

/** A row of SESSIONS, reduced to the columns that decide when a user works. Times in seconds since midnight. */
export interface SessionRow {
  readonly USERID: number;
  readonly LOCATIONID: number;
  readonly DAYOFWEEK: number;
  readonly STARTTIME: number;
  readonly ENDTIME: number;
  readonly LENGTH: number;
  readonly STARTDATE: string | null;
  readonly ENDDATE: string | null;
  readonly WEEKS: number;
  readonly CYCLEWEEK: number;
  readonly CYCLEDATE: string | null;
}

export interface ExtraSessionRow {
  readonly USERID: number;
  readonly LOCATIONID: number;
  readonly SESSIONDATE: string;
  readonly STARTTIME: number;
  readonly ENDTIME: number;
  readonly LENGTH: number;
}

export interface AwayRow {
  readonly USERID: number;
  readonly STARTDATE: string | null;
  readonly FINISHDATE: string | null;
  readonly AWAYREASON: string | null;
}

export interface WorkingTime {
  readonly locationId: number;
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

/** A time that can be booked only on its own day. */
export interface ReservedRow {
  readonly USERID: number;
  readonly DAYOFWEEK: number;
  readonly APPOINTMENTTIME: number;
}

/** Whether a DAYOFWEEK includes the weekday of a date. 0 means Monday to Friday. */
export function fallsOn(code: number, date: string): boolean {
  const day = dayOfWeek(date);
  return code === day || (code === 0 && day >= 2 && day <= 6);
}

function falls(session: SessionRow, date: string): boolean {
  if (!fallsOn(session.DAYOFWEEK, date)) return false;
  if (session.STARTDATE && session.STARTDATE.slice(0, 10) > date) return false;
  if (session.ENDDATE && session.ENDDATE.slice(0, 10) < date) return false;
  if (session.WEEKS <= 1 || !session.CYCLEDATE) return true;
  const anchor = session.CYCLEDATE.slice(0, 10);
  // Assumed: weeks begin on Sunday, and the week of CYCLEDATE is week 1.
  const weeks = Math.floor((daysBetween(anchor, date) + dayOfWeek(anchor) - 1) / 7);
  return (((weeks % session.WEEKS) + session.WEEKS) % session.WEEKS) + 1 === session.CYCLEWEEK;
}

/** An absence without a last day, or with one before its first, is one day. */
const lastDay = ({ STARTDATE, FINISHDATE }: AwayRow): string => {
  const first = (STARTDATE ?? '').slice(0, 10);
  const last = (FINISHDATE ?? '').slice(0, 10);
  return last < first ? first : last;
};

/** Absences on a date: of the user, or of the whole practice (USERID 0). */
export function awayOn(away: readonly AwayRow[], userId: number, date: string): AwayRow | undefined {
  return away.find(
    (row) =>
      (row.USERID === userId || row.USERID === 0) &&
      (row.STARTDATE ?? '').slice(0, 10) <= date &&
      lastDay(row) >= date,
  );
}

/** The working times of a user on a date, by weekly and extra sessions. Absences are ignored. */
export function workingTimes(
  sessions: readonly SessionRow[],
  extra: readonly ExtraSessionRow[],
  userId: number,
  date: string,
): WorkingTime[] {
  return [
    ...sessions.filter((row) => row.USERID === userId && falls(row, date)),
    ...extra.filter((row) => row.USERID === userId && row.SESSIONDATE.slice(0, 10) === date),
  ]
    .map((row) => ({
      locationId: row.LOCATIONID,
      start: row.STARTTIME,
      end: row.ENDTIME,
      length: row.LENGTH,
    }))
    .sort((a, b) => a.start - b.start);
}

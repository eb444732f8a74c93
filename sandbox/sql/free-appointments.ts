import type { PracticeDatabase } from '../database/practice-database.ts';
import type { AwayRow, ExtraSessionRow, SessionRow } from '../database/roster.ts';
import { awayOn, workingTimes } from '../database/roster.ts';
import { SqlServerError } from './sql-server-error.ts';

interface Taken {
  readonly APPOINTMENTTIME: number;
  readonly APPOINTMENTLENGTH: number;
}

/**
 * The result of BP_GetFreeAppointments: the steps of the user's sessions on a date without a current row of the book,
 * in seconds. An absence is an error whose text contains "away" and "that date", as in real clients.
 */
export function freeAppointments(database: PracticeDatabase, userId: number, date: string) {
  const away = awayOn(database.all<AwayRow>('SELECT * FROM DAYSAWAY WHERE RECORDSTATUS = 1'), userId, date);
  if (away) throw new SqlServerError(50000, 'The practitioner is away on that date.');
  const user = { ':user': userId };
  const taken = database.all<Taken>(
    `SELECT APPOINTMENTTIME, APPOINTMENTLENGTH FROM APPOINTMENTS
     WHERE USERID = :user AND APPOINTMENTDATE = :date AND RECORDSTATUS IN (1, 4)`,
    { ...user, ':date': `${date}T00:00:00` },
  );
  const times = workingTimes(
    database.all<SessionRow>('SELECT * FROM SESSIONS WHERE RECORDSTATUS = 1 AND USERID = :user', user),
    database.all<ExtraSessionRow>(
      'SELECT * FROM EXTRASESSIONS WHERE RECORDSTATUS = 1 AND USERID = :user',
      user,
    ),
    userId,
    date,
  );
  const free: { AppointmentTime: number; AppointmentLength: number }[] = [];
  for (const { start, end, length } of times) {
    for (let time = start; time + length <= end; time += length) {
      const until = time + length;
      const clash = taken.some(
        (row) => row.APPOINTMENTTIME < until && row.APPOINTMENTTIME + row.APPOINTMENTLENGTH > time,
      );
      if (!clash) free.push({ AppointmentTime: time, AppointmentLength: length });
    }
  }
  return free;
}

import type { PracticeDatabase } from '../database/practice-database.ts';

/** A row of DAYSAWAY as an entry of `notAvailable`. */
export interface Absence {
  readonly id: number;
  readonly userId: number;
  readonly entry: {
    readonly description: string;
    /** Wall dates, both included. */
    readonly during: { readonly start: string; readonly end: string };
  };
}

interface Row {
  readonly id: number;
  readonly userId: number;
  readonly start: string;
  readonly end: string;
  readonly reason: string;
}

/** The days away of all users, by start, end and reason. Days on which the practice is closed belong to no user. */
export function absences(database: PracticeDatabase): Absence[] {
  const rows = database.all<Row>(
    `SELECT RECORDID AS id, USERID AS userId, substr(STARTDATE, 1, 10) AS start,
       substr(COALESCE(FINISHDATE, STARTDATE), 1, 10) AS end, COALESCE(NULLIF(AWAYREASON, ''), 'Away') AS reason
     FROM DAYSAWAY WHERE RECORDSTATUS = 1 AND USERID <> 0 AND STARTDATE IS NOT NULL
     ORDER BY start, end, reason, RECORDID`,
  );
  return rows.map(({ id, userId, start, end, reason }) => ({
    id,
    userId,
    entry: { description: reason, during: { start, end } },
  }));
}

/**
 * Changes for which no procedure of Bp Premier is publicly known: users, days away, days closed and clinic hours. These
 * statements write to its tables directly. Everything about them is assumed (B31 to B34): that the login may write, that the
 * key columns are identity columns, and that Bp Premier accepts such rows. They are sent only if the operator allows it
 * (`HALO_ASSUMED_WRITES`). All such statements are in this file.
 */
import { InvalidInput } from '../../../errors.ts';
import { secondsOfDay } from '../../../time/local.ts';
import type { DateRange } from '../../domain/clinic.ts';
import type { ClinicHoursChange } from '../../domain/clinic-writes.ts';
import type { UserChange } from '../../domain/user-writes.ts';
import type { PracticeConnection } from '../../halo-cloud/practice-connection.ts';
import type { WriteBounds } from '../../practice/source-adapter.ts';
import type { PracticeWrites } from '../../practice/write-port.ts';
import { codeOfDay, codesOf, currentRecord, lastDayAway, practiceUserId } from '../codes.ts';
import { Columns } from '../row.ts';
import { lines, Parameters } from '../statement.ts';
import { checkFits } from './held-values.ts';
import { mustBePossible, notFound, writeAndRead } from './procedure.ts';

// Rests on assumptions B32, B33 and B34.

const oneText = { calls: 1, assumed: true } as const;

export const assumedWriteBounds = {
  updateUser: oneText,
  addDayAway: oneText,
  removeDayAway: oneText,
  setClinicHours: oneText,
  addDayClosed: oneText,
  removeDayClosed: oneText,
} as const satisfies Partial<WriteBounds>;
type AssumedMethod = keyof typeof assumedWriteBounds;

/** `CREATEDBY` of rows that no user of the practice wrote. */
const noUser = 0;
/** Slot length in seconds of the practice's own sessions, which take no bookings. */
const slotLength = 900;

export function assumedWrites(connection: PracticeConnection): Pick<PracticeWrites, AssumedMethod> {
  return {
    updateUser: (change) => updateUser(connection, change),
    async addDayAway({ userId, reason, ...days }) {
      mustBePossible(userId, 'user');
      const parameters = new Parameters();
      const user = parameters.int('user', userId);
      const exists = `EXISTS (SELECT 1 FROM dbo.USERS u WHERE u.USERID = ${user} AND ${codesOf(connection.codeOverrides).userCondition('u')})`;
      const added = await addAbsence(connection, { ...days, reason, user, onlyIf: exists }, parameters);
      if (added === 0) throw notFound('user');
    },
    async removeDayAway({ userId, ...days }) {
      mustBePossible(userId, 'user');
      const parameters = new Parameters();
      await removeAbsence(connection, parameters.int('user', userId), days, parameters);
    },
    async addDayClosed(closed) {
      await addAbsence(connection, { ...closed, user: String(practiceUserId) }, new Parameters());
    },
    removeDayClosed: (days) => removeAbsence(connection, String(practiceUserId), days, new Parameters()),
    setClinicHours: (change) => setClinicHours(connection, change),
  };
}

async function updateUser(connection: PracticeConnection, change: UserChange): Promise<void> {
  const { userId, email, phone, takesAppointments } = change;
  mustBePossible(userId, 'user');
  checkFits([
    { path: ['email'], text: email ?? null, width: 250 },
    { path: ['phone'], text: phone ?? null, width: 14 },
  ]);
  const parameters = new Parameters();
  const user = parameters.int('user', userId);
  const columns = [
    email === undefined ? null : `EMAIL = ${parameters.text('email', email)}`,
    phone === undefined ? null : `PHONE = ${parameters.text('phone', phone)}`,
    takesAppointments === undefined
      ? null
      : `APPOINTMENTS = ${parameters.int('appointments', takesAppointments ? 1 : 0)}`,
    'UPDATED = GETDATE()',
  ];
  const changed = await rowsChanged(connection, parameters, [
    `UPDATE dbo.USERS SET ${columns.filter((column) => column).join(', ')} WHERE USERID IN (SELECT u.USERID FROM dbo.USERS u WHERE u.USERID = ${user} AND ${codesOf(connection.codeOverrides).userCondition('u')});`,
    'SET @changed = @@ROWCOUNT;',
  ]);
  if (changed === 0) throw notFound('user');
}

interface NewAbsence extends DateRange {
  readonly reason: string | null;
  /** The owner: a parameter or a number. */
  readonly user: string;
  readonly onlyIf?: string;
}

function addAbsence(
  connection: PracticeConnection,
  { from, to, reason, user, onlyIf }: NewAbsence,
  parameters: Parameters,
): Promise<number> {
  checkFits(
    [{ path: ['reason'], text: reason, width: 100 }],
    [
      { path: ['from'], date: from },
      { path: ['to'], date: to },
    ],
  );
  const days = `${parameters.date('from', from)}, ${parameters.date('to', to)}`;
  return rowsChanged(connection, parameters, [
    ...(onlyIf === undefined ? [] : [`IF ${onlyIf}`, 'BEGIN']),
    `INSERT INTO dbo.DAYSAWAY (RECORDSTATUS, USERID, STARTDATE, FINISHDATE, AWAYREASON, CREATED, CREATEDBY) VALUES (${currentRecord}, ${user}, ${days}, ${parameters.text('reason', reason)}, GETDATE(), ${noUser});`,
    'SET @changed = @@ROWCOUNT;',
    ...(onlyIf === undefined ? [] : ['END;']),
  ]);
}

/** An absence without a last day is one day, as in reads. */
async function removeAbsence(
  connection: PracticeConnection,
  user: string,
  { from, to }: DateRange,
  parameters: Parameters,
): Promise<void> {
  const first = parameters.date('from', from);
  const last = parameters.date('to', to);
  await rowsChanged(connection, parameters, [
    `UPDATE dbo.DAYSAWAY SET RECORDSTATUS = ${codesOf(connection.codeOverrides).removedRecordStatus}, UPDATED = GETDATE() WHERE USERID = ${user} AND RECORDSTATUS = ${currentRecord} AND CAST(STARTDATE AS DATE) = ${first} AND CAST(${lastDayAway} AS DATE) = ${last};`,
    'SET @changed = @@ROWCOUNT;',
  ]);
}

/**
 * Replaces the practice's own sessions at a location that are valid today or later. A week without sessions would leave no
 * row. Then "closed" and "not recorded" would look the same, and reads would derive hours from the users' sessions.
 */
async function setClinicHours(
  connection: PracticeConnection,
  { locationId, week }: ClinicHoursChange,
): Promise<void> {
  mustBePossible(locationId, 'location');
  const periods = week.flatMap(({ day, periods }) => periods.map((period) => ({ day, ...period })));
  if (periods.length === 0) {
    const message = 'Bp Premier cannot store a week without opening hours. Add closed days instead.';
    throw new InvalidInput([{ path: ['week'], message }]);
  }
  const parameters = new Parameters();
  const location = parameters.int('location', locationId);
  const rows = periods.map(({ day, opens, closes }, index) => {
    const times = [
      parameters.int(`day${index}`, codeOfDay(day)),
      parameters.int(`opens${index}`, secondsOfDay(opens)),
      parameters.int(`closes${index}`, secondsOfDay(closes)),
    ];
    return `(${currentRecord}, ${practiceUserId}, ${location}, ${times.join(', ')}, ${slotLength}, 0, 0, 1, 1, GETDATE(), ${noUser})`;
  });
  const replaced = await rowsChanged(connection, parameters, [
    'SET XACT_ABORT ON;',
    `IF EXISTS (SELECT 1 FROM dbo.LOCATIONS l WHERE l.LOCATIONID = ${location} AND l.RECORDSTATUS = ${currentRecord})`,
    'BEGIN',
    'BEGIN TRANSACTION;',
    // The server's clock can be three hours ahead of the location's time zone.
    `UPDATE dbo.SESSIONS SET RECORDSTATUS = ${codesOf(connection.codeOverrides).removedRecordStatus}, UPDATED = GETDATE() WHERE LOCATIONID = ${location} AND USERID = ${practiceUserId} AND RECORDSTATUS = ${currentRecord} AND (ENDDATE IS NULL OR ENDDATE >= DATEADD(hour, -27, GETDATE()));`,
    `INSERT INTO dbo.SESSIONS (RECORDSTATUS, USERID, LOCATIONID, DAYOFWEEK, STARTTIME, ENDTIME, LENGTH, SPECIAL, RGB, WEEKS, CYCLEWEEK, CREATED, CREATEDBY) VALUES ${rows.join(', ')};`,
    'SET @changed = @@ROWCOUNT;',
    'COMMIT TRANSACTION;',
    'END;',
  ]);
  if (replaced === 0) throw notFound('location');
}

/** One batch of statements that add their row counts to `@changed`. */
function rowsChanged(
  connection: PracticeConnection,
  parameters: Parameters,
  statements: readonly string[],
): Promise<number> {
  const text = lines(
    'SET NOCOUNT ON;',
    'DECLARE @changed INT = 0;',
    ...statements,
    'SELECT @changed AS changed;',
  );
  const columns = new Columns();
  return writeAndRead(connection, parameters.statement(text), { columns, read: columns.number('changed') });
}

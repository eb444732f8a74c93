/** What the texts that change the appointment book have in common. */

import type { Cells } from '../../../engine/rows/cells.ts';
import { NotFound, PmsError } from '../../../errors.ts';
import type { Appointment, AppointmentStatus } from '../../domain/appointment.ts';
import type { Selection } from '../../domain/selection.ts';
import { UnreadableRows } from '../../domain/unreadable-rows.ts';
import type { PracticeConnection } from '../../halo-cloud/practice-connection.ts';
import { appointmentReader } from '../appointment-columns.ts';
import { isAppointment } from '../appointment-filter.ts';
import { appointmentStatus, liveCondition, statusCondition } from '../codes.ts';
import { SelectList } from '../columns.ts';
import type { Reader } from '../row.ts';
import type { Parameters } from '../statement.ts';
import { Zones } from '../zones.ts';
import type { Refusal } from './guarded-call.ts';

export const refusals = { absent: 1, status: 2, asWished: 3, taken: 4, type: 5 } as const;

/** The name of the lock of one day of one user: an expression of T-SQL. */
export const lockOf = {
  known: (parameters: Parameters, { userId, date }: { readonly userId: string; readonly date: string }) =>
    parameters.text('lockName', `${lockPrefix} ${userId} ${date}`),
  /** Of the row that is to change. */
  ofRow: (appointment: string) =>
    `SELECT @lockName = '${lockPrefix} ' + CAST(m.USERID AS varchar(12)) + ' ' + CONVERT(char(10), m.APPOINTMENTDATE, 23) FROM dbo.APPOINTMENTS m WHERE m.RECORDID = ${appointment};`,
} as const;
const lockPrefix = 'halo-graph appointments';

const secondsPerDay = 86_400;

/** A stretch of a user's day: parameters, variables, columns or sums of them. */
export interface Stretch {
  readonly user: string;
  readonly date: string;
  readonly from: string;
  readonly until: string;
}

/** Rows `o` that have a part of a stretch, whatever they are: appointments, blocked and reserved time. */
export function overlapping(stretch: Stretch, besides?: string): string {
  const { user, date, from, until } = stretch;
  // Seconds since the midnight at which the stretch's day begins: some times run past midnight.
  const begins = `CAST(DATEDIFF(day, ${date}, o.APPOINTMENTDATE) * ${secondsPerDay} AS bigint) + o.APPOINTMENTTIME`;
  const conditions = [
    `o.USERID = ${user}`,
    `o.APPOINTMENTDATE >= DATEADD(day, -1, ${date})`,
    `o.APPOINTMENTDATE <= DATEADD(day, 1, ${date})`,
    liveCondition('o'),
    `${begins} < ${until}`,
    `${begins} + o.APPOINTMENTLENGTH > ${from}`,
    ...(besides === undefined ? [] : [`o.RECORDID <> ${besides}`]),
  ];
  return conditions.join(' AND ');
}

export const countOverlapping = (stretch: Stretch, besides: string): string =>
  `(SELECT COUNT(*) FROM dbo.APPOINTMENTS o WHERE ${overlapping(stretch, besides)})`;

/** Whether the appointment exists, and where its status speaks against a change, or is what is wished already. */
export function statusRefusals(
  appointment: string,
  refused: readonly AppointmentStatus[] = [],
  wished?: AppointmentStatus,
): readonly Refusal[] {
  const row = `SELECT 1 FROM dbo.APPOINTMENTS a WHERE a.RECORDID = ${appointment} AND`;
  const has = (statuses: readonly AppointmentStatus[]) => statusCondition(statuses) ?? '1 = 0';
  return [
    [refusals.absent, `NOT EXISTS (${row} ${isAppointment.join(' AND ')})`],
    ...(wished === undefined
      ? []
      : [[refusals.asWished, `EXISTS (${row} ${has([wished])})`] satisfies Refusal]),
    [refusals.status, `EXISTS (${row} ${has(refused)})`],
  ];
}

/** The columns of the one row that such a text answers, and how they are read. */
export function answerRow(fields: Selection) {
  const list = new SelectList();
  const refused = list.number('@refused');
  const returned = list.integer('@returned');
  const readAppointment = appointmentReader(list, fields);
  const recordStatus = list.integer('a.RECORDSTATUS');
  const code = list.integer('a.APPOINTMENTCODE');
  return {
    list,
    refused,
    returned,
    /** After the call; null where there is no such appointment. */
    status: ((row) => {
      const [record, state] = [recordStatus(row), code(row)];
      return record === null || state === null ? null : appointmentStatus(record, state);
    }) as Reader<AppointmentStatus | null>,
    /** Null where it is not there or cannot be read: the change itself is beyond doubt. */
    appointment(row: Cells, connection: PracticeConnection): Appointment | null {
      const unreadable = new UnreadableRows();
      try {
        const appointment = readAppointment(row, new Zones(connection), unreadable);
        if (unreadable.all.length > 0) connection.unreadable(unreadable.all);
        return appointment;
      } catch {
        return null;
      }
    },
  };
}

export const noSuchAppointment = () => new NotFound({ message: 'The practice has no such appointment.' });

/** The procedure came to its end and nothing has changed. */
export const notDone = (procedure: string) =>
  new PmsError('mssql', null, {
    message: 'The practice did not make the change.',
    detail: `${procedure} ended without an error and changed nothing`,
  });

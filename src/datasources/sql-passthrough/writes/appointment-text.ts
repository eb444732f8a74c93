/** Parts of the batches that change the appointment book. */

import type { Cells } from '../../../engine/row-decoder.ts';
import { NotFound, PmsError } from '../../../errors.ts';
import type { Appointment, AppointmentStatus } from '../../domain/appointment.ts';
import type { Selection } from '../../domain/selection.ts';
import { UnreadableRows } from '../../domain/unreadable-rows.ts';
import type { PracticeConnection } from '../../halo-cloud/practice-connection.ts';
import { appointmentReader } from '../appointment-columns.ts';
import type { Codes } from '../codes.ts';
import { SelectList } from '../columns.ts';
import type { Reader } from '../row.ts';
import type { Parameters } from '../statement.ts';
import { Zones } from '../zones.ts';
import type { Refusal } from './guarded-call.ts';

export const refusals = { absent: 1, status: 2, asRequested: 3, taken: 4, type: 5 } as const;

/** The name of the lock for one user and day. */
export const lockOf = {
  /** The parameter that `known` adds to a batch. */
  parameter: '@lockName',
  known: (parameters: Parameters, { userId, date }: { readonly userId: string; readonly date: string }) =>
    parameters.text('lockName', `${lockPrefix} ${userId} ${date}`),
  /** A statement that reads the name from the row that changes. */
  ofRow: (appointment: string) =>
    `SELECT @lockName = '${lockPrefix} ' + CAST(m.USERID AS varchar(12)) + ' ' + CONVERT(char(10), m.APPOINTMENTDATE, 23) FROM dbo.APPOINTMENTS m WHERE m.RECORDID = ${appointment};`,
} as const;
const lockPrefix = 'halo-graph appointments';

const secondsPerDay = 86_400;

/** A period of a user's day, as T-SQL expressions. */
export interface Stretch {
  readonly user: string;
  readonly date: string;
  readonly from: string;
  readonly until: string;
}

/** A condition for rows `o` that overlap the period: appointments, blocked and reserved time. */
export function overlapping(codes: Codes, stretch: Stretch, besides?: string): string {
  const { user, date, from, until } = stretch;
  // Seconds since midnight of the period's day: some appointments run past midnight.
  const begins = `CAST(DATEDIFF(day, ${date}, o.APPOINTMENTDATE) * ${secondsPerDay} AS bigint) + o.APPOINTMENTTIME`;
  const conditions = [
    `o.USERID = ${user}`,
    `o.APPOINTMENTDATE >= DATEADD(day, -1, ${date})`,
    `o.APPOINTMENTDATE <= DATEADD(day, 1, ${date})`,
    codes.liveCondition('o'),
    `${begins} < ${until}`,
    `${begins} + o.APPOINTMENTLENGTH > ${from}`,
    ...(besides === undefined ? [] : [`o.RECORDID <> ${besides}`]),
  ];
  return conditions.join(' AND ');
}

export const countOverlapping = (codes: Codes, stretch: Stretch, besides: string): string =>
  `(SELECT COUNT(*) FROM dbo.APPOINTMENTS o WHERE ${overlapping(codes, stretch, besides)})`;

/** Refusals for an appointment that does not exist, has the requested status already, or whose status forbids the change. */
export function statusRefusals(
  codes: Codes,
  appointment: string,
  refused: readonly AppointmentStatus[] = [],
  requested?: AppointmentStatus,
): readonly Refusal[] {
  const row = `SELECT 1 FROM dbo.APPOINTMENTS a WHERE a.RECORDID = ${appointment} AND`;
  const has = (statuses: readonly AppointmentStatus[]) => codes.statusCondition(statuses) ?? '1 = 0';
  return [
    [refusals.absent, `NOT EXISTS (${row} ${codes.isAppointment.join(' AND ')})`],
    ...(requested === undefined
      ? []
      : [[refusals.asRequested, `EXISTS (${row} ${has([requested])})`] satisfies Refusal]),
    [refusals.status, `EXISTS (${row} ${has(refused)})`],
  ];
}

/** No fields besides those that every appointment has. */
export const noFields: Selection = {};

/** The columns of the one row that such a batch returns, and their readers. */
export function answerRow(fields: Selection, codes: Codes) {
  const list = new SelectList(codes);
  const refused = list.number('@refused');
  const returned = list.integer('@returned');
  const readAppointment = appointmentReader(list, fields);
  const recordStatus = list.integer('a.RECORDSTATUS');
  const code = list.integer('a.APPOINTMENTCODE');
  return {
    list,
    refused,
    returned,
    /** The status after the call. Null if there is no such appointment. */
    status: ((row) => {
      const [record, state] = [recordStatus(row), code(row)];
      return record === null || state === null ? null : codes.appointmentStatus(record, state);
    }) as Reader<AppointmentStatus | null>,
    /** Null if it is missing or cannot be read. The change was still made. */
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

/** The procedure ended without an error, and nothing has changed. */
export const notDone = (procedure: string) =>
  new PmsError('mssql', null, {
    message: 'The practice did not make the change.',
    detail: `${procedure} ended without an error and changed nothing`,
  });

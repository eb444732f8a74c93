import { type AppointmentQuery, appointmentStatuses } from '../domain/appointment.ts';
import { blockingCodes, statusCondition } from './codes.ts';
import type { Parameters } from './statement.ts';

const notCancelled = statusCondition(appointmentStatuses.filter((status) => status !== 'CANCELLED'));
const noBlock = `a.APPOINTMENTCODE NOT IN (${blockingCodes.join(', ')})`;

/** What makes a row of APPOINTMENTS, `a`, an appointment: it is nobody's blocked time. */
export const isAppointment: readonly string[] = [noBlock, 'a.INTERNALID <> 0'];

/** What an appointment must be, whoever's it is: conditions on `a`. Null: no row can be it. */
export function bookConditions(
  query: Pick<AppointmentQuery, 'from' | 'to' | 'locationId' | 'statuses'>,
  parameters: Parameters,
): readonly string[] | null {
  const status = query.statuses ? statusCondition(query.statuses) : notCancelled;
  if (status === null) return null;
  return [
    status,
    ...isAppointment,
    ...(query.from === undefined ? [] : [`a.APPOINTMENTDATE >= ${parameters.date('from', query.from)}`]),
    ...(query.to === undefined ? [] : [`a.APPOINTMENTDATE < ${parameters.dayAfter('before', query.to)}`]),
    ...(query.locationId === undefined
      ? []
      : [`a.LOCATIONID = ${parameters.int('location', query.locationId)}`]),
  ];
}

/** What comes after a place in the book: a later day, or the same day later, or the same time with a higher id. */
export function afterCondition(after: AppointmentQuery['after'], parameters: Parameters): string | null {
  if (!after) return null;
  const day = parameters.date('afterDate', after.date);
  const nextDay = parameters.dayAfter('afterDay', after.date);
  const time = parameters.int('afterTime', after.seconds);
  const id = parameters.int('afterId', after.pmsId);
  return `(a.APPOINTMENTDATE >= ${nextDay} OR (a.APPOINTMENTDATE >= ${day} AND (a.APPOINTMENTTIME > ${time} OR (a.APPOINTMENTTIME = ${time} AND a.RECORDID > ${id}))))`;
}

/** Rows of APPOINTMENTS numbered in the order of the book, for each user or patient, as RECORDID and PLACE. */
export function numbered(per: 'user' | 'patient', conditions: readonly string[]): string {
  const owner = per === 'user' ? 'a.USERID' : 'a.INTERNALID';
  return `SELECT a.RECORDID, a.USERID, ROW_NUMBER() OVER (PARTITION BY ${owner} ORDER BY ${bookOrder}) AS PLACE FROM dbo.APPOINTMENTS a WHERE ${conditions.join(' AND ')}`;
}

export const bookOrder = 'a.APPOINTMENTDATE, a.APPOINTMENTTIME, a.RECORDID';

import type { AppointmentQuery } from '../domain/appointment.ts';
import type { Codes } from './codes.ts';
import type { Parameters } from './statement.ts';

/** Conditions on `a` for all filters except users and patients. Null when no row can match. */
export function bookConditions(
  query: Pick<AppointmentQuery, 'from' | 'to' | 'locationId' | 'statuses'>,
  parameters: Parameters,
  codes: Codes,
): readonly string[] | null {
  const status = query.statuses ? codes.statusCondition(query.statuses) : codes.notCancelled;
  if (status === null) return null;
  return [
    status,
    ...codes.isAppointment,
    ...(query.from === undefined ? [] : [`a.APPOINTMENTDATE >= ${parameters.date('from', query.from)}`]),
    ...(query.to === undefined ? [] : [`a.APPOINTMENTDATE < ${parameters.dayAfter('before', query.to)}`]),
    ...(query.locationId === undefined
      ? []
      : [`a.LOCATIONID = ${parameters.int('location', query.locationId)}`]),
  ];
}

/** True after a place in the book: on a later day, later on the same day, or at the same time with a higher id. */
export function afterCondition(after: AppointmentQuery['after'], parameters: Parameters): string | null {
  if (!after) return null;
  const day = parameters.date('afterDate', after.date);
  const nextDay = parameters.dayAfter('afterDay', after.date);
  const time = parameters.int('afterTime', after.seconds);
  const id = parameters.int('afterId', after.pmsId);
  return `(a.APPOINTMENTDATE >= ${nextDay} OR (a.APPOINTMENTDATE >= ${day} AND (a.APPOINTMENTTIME > ${time} OR (a.APPOINTMENTTIME = ${time} AND a.RECORDID > ${id}))))`;
}

/** Numbers the rows of APPOINTMENTS in the order of the book, for each user or patient, as RECORDID and PLACE. */
export function numbered(per: 'user' | 'patient', conditions: readonly string[]): string {
  const owner = per === 'user' ? 'a.USERID' : 'a.INTERNALID';
  return `SELECT a.RECORDID, a.USERID, ROW_NUMBER() OVER (PARTITION BY ${owner} ORDER BY ${bookOrder}) AS PLACE FROM dbo.APPOINTMENTS a WHERE ${conditions.join(' AND ')}`;
}

export const bookOrder = 'a.APPOINTMENTDATE, a.APPOINTMENTTIME, a.RECORDID';

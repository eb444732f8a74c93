import type { SearchParameter } from './resource-kind.ts';
import { type Compare, dated } from './search-dates.ts';
import { codeOf, nothing, refersTo } from './search-values.ts';
import { locationsByZone } from './zones.ts';

/** SQL of the FHIR status. `pending`: an undocumented code or record status (assumption S39). Other rows are cancelled. */
export const statusSql = `CASE
  WHEN A.RECORDSTATUS = 4 THEN 'pending'
  WHEN A.RECORDSTATUS <> 1 THEN 'cancelled'
  WHEN A.APPOINTMENTCODE = 1 THEN 'booked'
  WHEN A.APPOINTMENTCODE = 2 THEN 'arrived'
  WHEN A.APPOINTMENTCODE = 3 THEN 'checked-in'
  WHEN A.APPOINTMENTCODE IN (4, 5, 12, 13) THEN 'fulfilled'
  WHEN A.APPOINTMENTCODE = 10 THEN 'noshow'
  ELSE 'pending' END`;

/** Start of an appointment, on the wall of its location; a bound with an offset is another wall time in each zone. */
const compareStart: Compare = (operator, bound, bind, { practice }) => {
  const against = (wall: string): string => {
    const [hours = 0, minutes = 0, seconds = 0] = wall.slice(11).split(':').map(Number);
    const sinceMidnight = hours * 3600 + minutes * 60 + seconds;
    const date = bind(`${wall.slice(0, 10)}T00:00:00`);
    return sinceMidnight === 0
      ? `A.APPOINTMENTDATE ${operator} ${date}`
      : `(A.APPOINTMENTDATE, A.APPOINTMENTTIME) ${operator} (${date}, ${bind(sinceMidnight)})`;
  };
  if (bound.anywhere) return against(bound.inZone(practice.timeZone));
  const zones = [...locationsByZone(practice)].map(
    ([zone, ids]) => `(A.LOCATIONID IN (${ids.join(', ')}) AND ${against(bound.inZone(zone))})`,
  );
  return `(${zones.join(' OR ') || nothing})`;
};

export const appointmentParameters: readonly SearchParameter[] = [
  {
    name: 'date',
    type: 'date',
    documentation: 'Appointment date/time',
    assumed: true,
    test: dated(compareStart),
  },
  {
    name: 'practitioner',
    type: 'reference',
    documentation: 'One of the individuals of the appointment is this practitioner',
    assumed: true,
    test: refersTo('Practitioner', 'A.USERID'),
  },
  {
    name: 'patient',
    type: 'reference',
    documentation: 'One of the individuals of the appointment is this patient',
    assumed: true,
    test: refersTo('Patient', 'A.INTERNALID'),
  },
  {
    name: 'location',
    type: 'reference',
    documentation: 'This location is listed in the participants of the appointment',
    assumed: true,
    test: refersTo('Location', 'A.LOCATIONID'),
  },
  {
    name: 'status',
    type: 'token',
    documentation: 'The overall status of the appointment',
    assumed: true,
    test: (value, bind) => {
      const status = codeOf(value);
      return status === null ? nothing : `${statusSql} = ${bind(status)}`;
    },
  },
];

/** A sample of appointments, which are read by SQL and by FHIR and compared. */
import type { FhirResource } from '../../datasources/halo-cloud/practice-connection.ts';
import { currentRecord } from '../../datasources/sql-passthrough/codes.ts';
import type { Evidence } from './line.ts';
import { type Reading, textOf } from './reading.ts';

/** Number of appointments of each status. */
const perStatus = 4;
const columns = ['RECORDID', 'APPOINTMENTTIME', 'USERID', 'INTERNALID', 'LOCATIONID', 'APPOINTMENTCODE'];
const moment = (column: string) => `COALESCE(CONVERT(varchar(19), k.${column}, 126), '')`;

export const sampleReading: Reading = {
  name: 'sample of appointments',
  tables: ['APPOINTMENTS'],
  internal: true,
  sql: `SELECT ${columns.map((column) => `${textOf(`k.${column}`)} + '|'`).join(' + ')} + CONVERT(char(10), k.APPOINTMENTDATE, 23) + '|' + ${moment('UPDATED')} AS NAME, k.RECORDID AS N FROM (SELECT ${[...columns, 'APPOINTMENTDATE', 'UPDATED'].map((column) => `a.${column}`).join(', ')}, ROW_NUMBER() OVER (PARTITION BY a.APPOINTMENTCODE ORDER BY a.RECORDID DESC) AS PLACE FROM dbo.APPOINTMENTS a WHERE a.RECORDSTATUS = ${currentRecord} AND a.INTERNALID <> 0 AND a.APPOINTMENTCODE NOT IN (0, 9, 11, 99) AND a.APPOINTMENTDATE >= DATEADD(day, -60, GETDATE()) AND a.APPOINTMENTDATE < DATEADD(day, 60, GETDATE())) k WHERE k.PLACE <= ${perStatus}`,
};

/** An appointment of the sample as the database has it. */
export function sampleOf(names: Iterable<string>) {
  return [...names].map((name) => {
    const [
      id = '',
      seconds = '',
      userId = '',
      patientId = '',
      locationId = '',
      code = '',
      date = '',
      updated = '',
    ] = name.split('|');
    return { id, seconds: Number(seconds), userId, patientId, locationId, code: Number(code), date, updated };
  });
}

type Sampled = ReturnType<typeof sampleOf>[number];

/**
 * Counts the appointments of the sample that agree with their FHIR resources. Those without a resource, and those for which
 * `agree` returns null, are not counted.
 */
export function compared(
  { count, appointments }: Evidence,
  agree: (row: Sampled, resource: FhirResource) => boolean | null,
): { readonly equal: number; readonly of: number } {
  const byId = new Map(appointments.map((resource) => [resource.id, resource]));
  const results = sampleOf(count('sample of appointments').keys()).flatMap((row) => {
    const resource = byId.get(row.id);
    const same = resource ? agree(row, resource) : null;
    return same === null ? [] : [same];
  });
  return { equal: results.filter((same) => same).length, of: results.length };
}

import { appointmentParameters, statusSql } from './appointment-parameters.ts';
import { createAppointment, updateAppointment } from './appointment-writes.ts';
import type { Facade, FhirResource, ResourceKind } from './resource-kind.ts';
import { endOf, instantOf, instantOfText } from './wall-clock.ts';
import { zoneOf } from './zones.ts';

interface Row {
  readonly id: number;
  readonly status: string;
  readonly date: string;
  readonly time: number;
  readonly length: number;
  readonly typeId: number | null;
  readonly typeName: string | null;
  readonly reason: string | null;
  readonly comment: string | null;
  readonly created: string;
  readonly updated: string | null;
  readonly patientId: number;
  readonly userId: number;
  readonly locationId: number;
}

function resource(row: Row, { practice }: Facade): FhirResource {
  const zone = zoneOf(practice, row.locationId);
  const date = row.date.slice(0, 10);
  const actors = [
    ['Patient', row.patientId],
    ['Practitioner', row.userId],
    ['Location', row.locationId],
  ] as const;
  return {
    resourceType: 'Appointment',
    id: String(row.id),
    ...(row.updated && { meta: { lastUpdated: instantOfText(row.updated, zone) } }),
    status: row.status,
    ...(row.typeId !== null && {
      appointmentType: {
        coding: [{ code: String(row.typeId), ...(row.typeName && { display: row.typeName }) }],
        ...(row.typeName && { text: row.typeName }),
      },
    }),
    ...(row.reason && { description: row.reason }),
    start: instantOf(date, row.time, zone),
    end: endOf(date, row.time, row.length, zone),
    ...(row.length >= 60 && { minutesDuration: Math.floor(row.length / 60) }),
    created: instantOfText(row.created, zone),
    ...(row.comment && { comment: row.comment }),
    participant: actors
      .filter(([, id]) => id !== 0)
      .map(([type, id]) => ({ actor: { reference: `${type}/${id}` }, status: 'accepted' })),
  };
}

/**
 * Rows of APPOINTMENTS, including cancelled ones. Rows that only block or reserve time are not appointments. All of
 * this is assumed.
 */
export const appointment: ResourceKind = {
  type: 'Appointment',
  assumed: true,
  parameters: appointmentParameters,
  from: 'APPOINTMENTS A LEFT JOIN APPOINTMENTTYPES Y ON Y.APPOINTMENTCODE = A.APPOINTMENTTYPE',
  current: 'A.APPOINTMENTCODE NOT IN (0, 9, 11, 99) AND A.INTERNALID <> 0',
  id: 'A.RECORDID',
  numericId: true,
  order: ['A.APPOINTMENTDATE', 'A.APPOINTMENTTIME', 'A.RECORDID'],
  sorts: { _id: ['A.RECORDID'], date: ['A.APPOINTMENTDATE', 'A.APPOINTMENTTIME'] },
  columns: `${statusSql} AS status, A.APPOINTMENTDATE AS date, A.APPOINTMENTTIME AS time,
    A.APPOINTMENTLENGTH AS length, Y.APPOINTMENTCODE AS typeId, Y.DESCRIPTION AS typeName, A.REASON AS reason,
    A.COMMENT AS comment, A.CREATED AS created, A.UPDATED AS updated, A.INTERNALID AS patientId, A.USERID AS userId,
    A.LOCATIONID AS locationId`,
  resources: (rows: readonly Row[], facade) => rows.map((row) => resource(row, facade)),
  writes: { create: createAppointment, update: updateAppointment },
};

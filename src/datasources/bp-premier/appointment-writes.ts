import { SlotTaken } from '../../errors.ts';
import { addSeconds, epochMs, localInstant, wallDate } from '../../time/local.ts';
import type { Appointment, AppointmentStatus } from '../domain/appointment.ts';
import type { ChangedAppointment } from '../domain/appointment-writes.ts';
import type { FhirResource } from '../halo-cloud/practice-connection.ts';
import type { WriteBounds } from '../practice/source-adapter.ts';
import type { PracticeWrites } from '../practice/write-port.ts';
import { statusOf } from './appointment-status.ts';
import { findAppointments } from './appointments.ts';
import { actors, changed, moved, withStatus } from './change-appointment.ts';
import type { Site } from './places.ts';
import { readAppointment } from './read-appointment.ts';
import { text } from './read-element.ts';
import { createResource, refusedNotTaken, updateResource } from './update-resource.ts';

/** An update is two calls: a read and a write. */
export const appointmentWriteBounds = {
  bookAppointment: { calls: 1, once: ['locations'] },
  // One more call checks the time that the appointment gains.
  updateAppointment: { calls: 3, once: ['locations'] },
  moveAppointment: { calls: 2, once: ['locations'] },
  cancelAppointment: { calls: 2 },
  arriveAppointment: { calls: 2 },
} as const satisfies Partial<WriteBounds>;

/**
 * Changes the appointment book by FHIR REST (F12). An Appointment is created, or read, changed and sent back whole. A server
 * that refuses the time answers 409, which the connection throws as SlotTaken.
 */
export function appointmentWrites(
  site: Site,
): Pick<
  PracticeWrites,
  'bookAppointment' | 'updateAppointment' | 'moveAppointment' | 'cancelAppointment' | 'arriveAppointment'
> {
  const { connection } = site;
  /** Sends nothing when the appointment has a refused status, or already has the requested one. */
  const update = async (
    id: string,
    refused: readonly AppointmentStatus[] = [],
    wished: AppointmentStatus | null,
    change: (resource: FhirResource) => FhirResource | Promise<FhirResource>,
  ): Promise<ChangedAppointment> => {
    let refusedStatus: AppointmentStatus | null = null;
    await updateResource(
      connection,
      'Appointment',
      id,
      'The practice has no such appointment.',
      (resource) => {
        const status = currentStatus(resource);
        if (status === wished) return null;
        refusedStatus = refused.includes(status) ? status : null;
        return refusedStatus === null ? change(resource) : null;
      },
    );
    return { refusedStatus, appointment: null };
  };
  return {
    async bookAppointment(appointment) {
      const zone = (await site.places()).zoneAt(appointment.locationId);
      const start = localInstant(appointment.date, appointment.seconds, zone);
      const { durationSeconds, typeId, reason } = appointment;
      const appointmentId = await createResource(connection, {
        resourceType: 'Appointment',
        status: 'booked',
        ...(typeId === null ? {} : { appointmentType: { coding: [{ code: typeId }] } }),
        ...(reason === null ? {} : { description: reason }),
        start,
        end: addSeconds(start, durationSeconds, zone),
        minutesDuration: Math.floor(durationSeconds / 60),
        participant: actors(appointment),
      });
      return { appointmentId, appointment: null };
    },
    updateAppointment: ({ appointmentId, refusedStatuses, fields: _, ...change }) =>
      update(appointmentId, refusedStatuses, null, async (resource) => {
        if (change.durationSeconds !== undefined)
          await mustGainFreeTime(site, resource, change.durationSeconds);
        return changed(resource, change);
      }),
    async moveAppointment({ appointmentId, refusedStatuses, ...move }) {
      const zone = (await site.places()).zoneAt(move.locationId);
      const start = localInstant(move.date, move.seconds, zone);
      return update(appointmentId, refusedStatuses, null, (resource) =>
        moved(resource, { ...move, start, zone }),
      );
    },
    cancelAppointment: ({ appointmentId, refusedStatuses }) =>
      refusedNotTaken(
        update(appointmentId, refusedStatuses, 'CANCELLED', (resource) => withStatus(resource, 'cancelled')),
      ),
    arriveAppointment: ({ appointmentId, refusedStatuses, arrived }) =>
      refusedNotTaken(
        update(appointmentId, refusedStatuses, arrived ? 'ARRIVED' : 'BOOKED', (resource) =>
          withStatus(resource, arrived ? 'arrived' : 'booked'),
        ),
      ),
  };
}

/** Throws SlotTaken when the time that an appointment gains is not free. The server may not check this. */
async function mustGainFreeTime(site: Site, resource: FhirResource, durationSeconds: number): Promise<void> {
  const { pmsId, userId, start, end } = readAppointment(resource, await site.places(), new Map());
  const from = epochMs(end);
  const until = epochMs(start) + durationSeconds * 1000;
  if (until <= from || userId === null) return;
  const others = await findAppointments(site, {
    from: wallDate(start),
    to: wallDate(start),
    userIds: [userId],
    fields: {},
  });
  const takes = (other: Appointment) =>
    other.pmsId !== pmsId && epochMs(other.start) < until && epochMs(other.end) > from;
  if (others.some(takes)) throw new SlotTaken();
}

/** An appointment that was entered in error cannot be changed. */
function currentStatus({ status }: FhirResource): AppointmentStatus {
  return text(status) === 'entered-in-error' ? 'CANCELLED' : statusOf(text(status));
}

import { PmsError } from '../../errors.ts';
import { addSeconds, localInstant } from '../../time/local.ts';
import type { FhirResource } from '../practice-connection.ts';
import type { PracticeWrites } from '../practice-writes.ts';
import { actors, changed, moved, withStatus } from './change-appointment.ts';
import type { Site } from './places.ts';
import { text } from './read-element.ts';
import { createResource, refusedNotTaken, updateResource } from './update-resource.ts';

/**
 * Changes of the appointment book by plain FHIR REST (F12): an Appointment is created, or read and sent back whole with
 * what is to change. A server that has something against the time answers 409, which the connection throws as SlotTaken.
 */
export function appointmentWrites(
  site: Site,
): Pick<
  PracticeWrites,
  'bookAppointment' | 'updateAppointment' | 'moveAppointment' | 'cancelAppointment' | 'arriveAppointment'
> {
  const { connection } = site;
  const update = (id: string, change: (resource: FhirResource) => FhirResource | null) =>
    updateResource(connection, 'Appointment', id, 'The practice has no such appointment.', change);
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
      return { appointmentId };
    },
    async updateAppointment({ appointmentId, ...change }) {
      await update(appointmentId, (resource) => changed(current(resource), change));
    },
    async moveAppointment({ appointmentId, ...move }) {
      const zone = (await site.places()).zoneAt(move.locationId);
      const start = localInstant(move.date, move.seconds, zone);
      await update(appointmentId, (resource) => moved(current(resource), { ...move, start, zone }));
    },
    async cancelAppointment({ appointmentId }) {
      await refusedNotTaken(
        update(appointmentId, (resource) =>
          isCancelled(resource) ? null : withStatus(resource, 'cancelled'),
        ),
      );
    },
    async arriveAppointment({ appointmentId, arrived }) {
      await refusedNotTaken(
        update(appointmentId, (resource) => withStatus(current(resource), arrived ? 'arrived' : 'booked')),
      );
    },
  };
}

/** What has been cancelled is not brought back by changing it. */
function current(resource: FhirResource): FhirResource {
  if (!isCancelled(resource)) return resource;
  throw new PmsError('http', null, { message: 'The appointment has been cancelled.' });
}

function isCancelled({ status }: FhirResource): boolean {
  const word = text(status);
  return word === 'cancelled' || word === 'entered-in-error';
}

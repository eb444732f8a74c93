import { NotFound, PmsError, SlotTaken } from '../../errors.ts';
import { addSeconds, localInstant } from '../../time/local.ts';
import type { FhirResource, PracticeConnection } from '../practice-connection.ts';
import { NoAnswer, type PracticeWrites } from '../practice-writes.ts';
import { actors, changed, moved, withStatus } from './change-appointment.ts';
import type { Site } from './places.ts';
import { text } from './read-element.ts';
import { idChunks, idOf, unusable } from './references.ts';

const noSuchAppointment = 'The practice has no such appointment.';

/**
 * Changes of the appointment book by plain FHIR REST (F12): an Appointment is created, or read and sent back whole with
 * what is to change. A server that has something against the time answers 409, which the connection throws as SlotTaken.
 */
export function appointmentWrites(site: Site): PracticeWrites {
  const { connection } = site;
  return {
    async bookAppointment(appointment) {
      const zone = (await site.places()).zoneAt(appointment.locationId);
      const start = localInstant(appointment.date, appointment.seconds, zone);
      const { durationSeconds, typeId, reason } = appointment;
      const sentAt = connection.now();
      const created = await connection.fhirCreate('Appointment', {
        resourceType: 'Appointment',
        status: 'booked',
        ...(typeId === null ? {} : { appointmentType: { coding: [{ code: typeId }] } }),
        ...(reason === null ? {} : { description: reason }),
        start,
        end: addSeconds(start, durationSeconds, zone),
        minutesDuration: Math.floor(durationSeconds / 60),
        participant: actors(appointment),
      });
      return { appointmentId: idOfCreated(created, sentAt) };
    },
    async updateAppointment({ appointmentId, ...change }) {
      await update(connection, appointmentId, (resource) => changed(current(resource), change));
    },
    async moveAppointment({ appointmentId, ...move }) {
      const zone = (await site.places()).zoneAt(move.locationId);
      const start = localInstant(move.date, move.seconds, zone);
      await update(connection, appointmentId, (resource) =>
        moved(current(resource), { ...move, start, zone }),
      );
    },
    async cancelAppointment({ appointmentId }) {
      await refusedNotTaken(
        update(connection, appointmentId, (resource) =>
          isCancelled(resource) ? null : withStatus(resource, 'cancelled'),
        ),
      );
    },
    async arriveAppointment({ appointmentId, arrived }) {
      await refusedNotTaken(
        update(connection, appointmentId, (resource) =>
          withStatus(current(resource), arrived ? 'arrived' : 'booked'),
        ),
      );
    },
  };
}

/** Reads, changes, sends back whole; null: there is nothing to change. */
async function update(
  connection: PracticeConnection,
  id: string,
  change: (resource: FhirResource) => FhirResource | null,
): Promise<void> {
  const found = idChunks([id]).length === 0 ? null : await connection.fhirRead('Appointment', id);
  if (found === null) throw new NotFound({ message: noSuchAppointment });
  if (found.resourceType !== 'Appointment' || idOf(found) !== id) throw unusable(found.resourceType, 'id');
  const wished = change(found);
  if (wished !== null) await connection.fhirUpdate('Appointment', id, wished);
}

/** It was created, so an answer that does not say what leaves only its id open. */
function idOfCreated(created: FhirResource, sentAt: number): string {
  try {
    if (created.resourceType !== 'Appointment') throw unusable(created.resourceType, 'resource type');
    return idOf(created);
  } catch (error) {
    throw new NoAnswer(sentAt, error);
  }
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

/** Where no time is asked for, a 409 has another reason. */
async function refusedNotTaken(done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    throw error instanceof SlotTaken ? new PmsError('http', 409, { cause: error }) : error;
  }
}

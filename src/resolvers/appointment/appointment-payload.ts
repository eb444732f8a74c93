import type { GraphContext } from '../../context.ts';
import type * as domain from '../../datasources/domain/index.ts';
import { appointmentsById, type Practice } from '../../datasources/practice/practice.ts';
import type { Appointment } from '../entities.ts';
import { type Readable, readBack } from '../writes/read-back.ts';

export interface AppointmentPayload {
  readonly appointment: Appointment;
}

/** The appointment as it is now, whatever its status. Null if there is none with this id. */
export async function appointmentNow(
  practice: Readable,
  id: string,
  fields: domain.Selection,
): Promise<domain.Appointment | null> {
  const [found] = await appointmentsById(practice.data, [id], fields);
  return found ?? null;
}

/** The payload of a change: reads the appointment after it. Throws as `readBack`. */
export async function appointmentPayload(
  context: GraphContext,
  practice: Practice,
  id: string,
  fields: domain.Selection,
  idempotencyKey: string | null = null,
): Promise<AppointmentPayload> {
  const data = await readBack(context, practice, (at) => appointmentNow(at, id, fields), idempotencyKey);
  return { appointment: { kind: 'Appointment', practice, data } };
}

import { isPmsId, type Practice } from '../datasources/practice.ts';
import type * as domain from '../datasources/practice-data.ts';
import { NotFound } from '../errors.ts';
import { appointmentNow } from './appointment-payload.ts';
import type { InputCheck } from './check-input.ts';
import { readPmsId } from './global-id.ts';

// Rests on assumption B27.

export interface AppointmentInput {
  readonly bpSiteId: string;
  readonly appointmentId: string;
}

/** The appointment that a mutation's input names, as it is now. Throws NotFound, and InvalidInput with what `check` has so far. */
export async function appointmentOfInput(
  practice: Practice,
  { appointmentId }: AppointmentInput,
  check: InputCheck,
  fields: domain.Selection = {},
): Promise<domain.Appointment> {
  const id = readPmsId(check, ['input', 'appointmentId'], appointmentId, 'Appointment', practice);
  check.done();
  const found = isPmsId(id) ? await appointmentNow(practice, id, fields) : null;
  if (!found) throw new NotFound({ message: 'The practice has no such appointment.' });
  return found;
}

const over: Partial<Record<domain.AppointmentStatus, string>> = {
  IN_CONSULTATION: 'The patient is in consultation already.',
  FULFILLED: 'The consultation is over.',
  NO_SHOW: 'The patient did not come.',
  CANCELLED: 'The appointment is cancelled.',
};

/** An appointment that has gone too far for the change is an issue of its id. */
export function refuseStatus(
  check: InputCheck,
  { status }: domain.Appointment,
  refused: readonly domain.AppointmentStatus[],
): void {
  const why = refused.includes(status) ? over[status] : undefined;
  if (why) check.reject(['input', 'appointmentId'], why);
}

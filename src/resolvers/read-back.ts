/** What the practice holds after a write: every payload is read from it, never echoed from the input. */
import type { GraphContext } from '../context.ts';
import { appointmentsById, type Practice } from '../datasources/practice.ts';
import type * as domain from '../datasources/practice-data.ts';
import { HaloError, OutcomeUnknown, UpstreamFailed } from '../errors.ts';
import type { Appointment } from './entities.ts';

export interface AppointmentPayload {
  readonly appointment: Appointment;
}

/** Whatever its status, as it is now: past the operation's loaders, which may have seen it before. Null: no such. */
export async function appointmentNow(
  practice: Pick<Practice, 'data'>,
  id: string,
  fields: domain.Selection,
): Promise<domain.Appointment | null> {
  const [found] = await appointmentsById(practice.data, [id], fields);
  return found ?? null;
}

/** Reads while the operation has time left and somebody waits for it, else with the seconds that are spared for that. */
export async function readInTime<T>(
  context: GraphContext,
  practice: Practice,
  read: (practice: Pick<Practice, 'data'>) => Promise<T>,
): Promise<T> {
  if (!context.signal.aborted) {
    try {
      return await read(practice);
    } catch (error) {
      if (!context.signal.aborted) throw error;
    }
  }
  const { pms, bpSiteId } = practice.connection;
  return read(await context.spare().find(pms, bpSiteId));
}

/**
 * The payload of a write that was made. Throws OutcomeUnknown when the practice cannot be asked for it any more: the
 * caller must not take the change for failed.
 */
export async function readBack(
  context: GraphContext,
  practice: Practice,
  id: string,
  fields: domain.Selection,
  idempotencyKey: string | null = null,
): Promise<AppointmentPayload> {
  let data: domain.Appointment | null;
  try {
    data = await readInTime(context, practice, (at) => appointmentNow(at, id, fields));
  } catch (error) {
    if (!(error instanceof HaloError)) throw error;
    throw new OutcomeUnknown(idempotencyKey, {
      message:
        'The change was made, but the practice could not be asked for the appointment afterwards. Asking again is safe: it changes nothing twice.',
      cause: error,
    });
  }
  if (!data)
    throw new UpstreamFailed(null, { detail: 'the practice does not show what it has just written' });
  return { appointment: { kind: 'Appointment', practice, data } };
}

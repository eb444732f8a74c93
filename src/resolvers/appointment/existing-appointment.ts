import type { GraphContext } from '../../context.ts';
import type { Appointment, AppointmentStatus } from '../../datasources/domain/appointment.ts';
import type { ChangedAppointment } from '../../datasources/domain/appointment-writes.ts';
import type { Selection } from '../../datasources/domain/selection.ts';
import { isPmsId, type Practice } from '../../datasources/practice/practice.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import type { InputCheck } from '../check-input.ts';
import { readPmsId } from '../global-id.ts';
import { type Look, sendIdempotent } from '../writes/outcome.ts';
import { readInTime } from '../writes/read-back.ts';
import { type AppointmentPayload, appointmentNow, appointmentPayload } from './appointment-payload.ts';

// Rests on assumption B27.

export interface AppointmentInput {
  readonly bpSiteId: string;
  readonly appointmentId: string;
}

/** The appointment id of a mutation's input. Throws InvalidInput, and NotFound for an id that no appointment can have. */
export function appointmentIdOf(
  practice: Practice,
  { appointmentId }: AppointmentInput,
  check: InputCheck,
): string {
  const id = readPmsId(check, ['input', 'appointmentId'], appointmentId, 'Appointment', practice);
  check.done();
  if (!isPmsId(id)) throw noSuchAppointment();
  return id;
}

export const noSuchAppointment = () => new NotFound({ message: 'The practice has no such appointment.' });

const over: Partial<Record<AppointmentStatus, string>> = {
  IN_CONSULTATION: 'The consultation has already begun.',
  FULFILLED: 'The consultation is over.',
  NO_SHOW: 'The patient did not come.',
  CANCELLED: 'The appointment is cancelled.',
};

/** Statuses in which an appointment can no longer be changed (B27). */
export const refusedStatuses = {
  cancel: ['IN_CONSULTATION', 'FULFILLED'],
  arrive: ['IN_CONSULTATION', 'FULFILLED', 'NO_SHOW', 'CANCELLED'],
  move: ['IN_CONSULTATION', 'FULFILLED', 'NO_SHOW', 'CANCELLED'],
  update: ['CANCELLED'],
} as const satisfies Record<string, readonly AppointmentStatus[]>;

/** Throws InvalidInput if the status does not allow the change. */
export function mustNotBeOver(status: AppointmentStatus, refused: readonly AppointmentStatus[]): void {
  if (refused.includes(status)) throw tooLate(status);
}

const tooLate = (status: AppointmentStatus) =>
  new InvalidInput([
    {
      path: ['input', 'appointmentId'],
      message: over[status] ?? 'The appointment can no longer be changed.',
    },
  ]);

interface RequestedChange {
  readonly appointmentId: string;
  /** The selected fields of the payload. */
  readonly fields: Selection;
  /** Statuses in which `send` makes no change. */
  readonly refused: readonly AppointmentStatus[];
  send(): Promise<ChangedAppointment>;
  /** For each part of the change: whether the appointment now has the requested value. */
  asRequested(now: Appointment): readonly boolean[];
  /** Fields that `asRequested` reads. */
  readonly compared?: Selection;
}

/**
 * Sends a change and returns the appointment as it is afterwards. If the response does not say whether the change was made,
 * the appointment is read: the change was made if every part is as requested, and not made if no part is. A status that
 * does not allow the change counts as a refusal.
 */
export async function changeAppointment(
  context: GraphContext,
  practice: Practice,
  { appointmentId, fields, refused, send, asRequested, compared = {} }: RequestedChange,
): Promise<AppointmentPayload> {
  const look = async (): Promise<Look<ChangedAppointment>> => {
    const now = await readInTime(context, practice, (at) =>
      appointmentNow(at, appointmentId, { ...fields, ...compared }),
    );
    const requested = now ? asRequested(now) : [];
    // The change is refused even if it reaches the practice later.
    if (now && refused.includes(now.status)) {
      return { written: { refusedStatus: now.status, appointment: now } };
    }
    if (now && requested.every((is) => is)) return { written: { refusedStatus: null, appointment: now } };
    return requested.some((is) => is) ? 'UNCLEAR' : 'UNCHANGED';
  };
  const incomplete = (written: ChangedAppointment) => {
    if (written.refusedStatus === null)
      practice.connection.warnOfWrite('WRITE_INCOMPLETE', { appointmentId });
  };
  const { refusedStatus, appointment } = await sendIdempotent(send, look, incomplete);
  if (refusedStatus !== null) throw tooLate(refusedStatus);
  return appointment
    ? { appointment: { kind: 'Appointment', practice, data: appointment } }
    : appointmentPayload(context, practice, appointmentId, fields);
}

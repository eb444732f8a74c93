import type { GraphContext } from '../../context.ts';
import type { Appointment, AppointmentStatus } from '../../datasources/domain/appointment.ts';
import type { ChangedAppointment } from '../../datasources/domain/appointment-writes.ts';
import type { Selection } from '../../datasources/domain/selection.ts';
import { isPmsId, type Practice } from '../../datasources/practice/practice.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import type { InputCheck } from '../check-input.ts';
import { readPmsId } from '../global-id.ts';
import { type Look, sendWish } from '../writes/outcome.ts';
import { readInTime } from '../writes/read-back.ts';
import { type AppointmentPayload, appointmentNow, appointmentPayload } from './appointment-payload.ts';

// Rests on assumption B27.

export interface AppointmentInput {
  readonly bpSiteId: string;
  readonly appointmentId: string;
}

/** The id that a mutation's input names. Throws NotFound for one that no appointment can have, and InvalidInput. */
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

/** Statuses in which an appointment has gone too far for a change (B27). */
export const refusedStatuses = {
  cancel: ['IN_CONSULTATION', 'FULFILLED'],
  arrive: ['IN_CONSULTATION', 'FULFILLED', 'NO_SHOW', 'CANCELLED'],
  move: ['IN_CONSULTATION', 'FULFILLED', 'NO_SHOW', 'CANCELLED'],
  update: ['CANCELLED'],
} as const satisfies Record<string, readonly AppointmentStatus[]>;

/** A change that came too late. Throws InvalidInput. */
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

interface WishedChange {
  readonly appointmentId: string;
  /** What the payload selects. */
  readonly fields: Selection;
  /** What `send` refuses. */
  readonly refused: readonly AppointmentStatus[];
  send(): Promise<ChangedAppointment>;
  /** Of each thing that is to change, whether the appointment has it as wished. */
  asWished(now: Appointment): readonly boolean[];
  /** Fields that `asWished` reads. */
  readonly compared?: Selection;
}

/**
 * Sends a change of an appointment and answers with it as it is afterwards. Where the response leaves the outcome open, the
 * appointment decides: the change is made when all is as wished, refused when the status refuses it, and not made when nothing is
 * as wished.
 */
export async function changeAppointment(
  context: GraphContext,
  practice: Practice,
  { appointmentId, fields, refused, send, asWished, compared = {} }: WishedChange,
): Promise<AppointmentPayload> {
  const look = async (): Promise<Look<ChangedAppointment>> => {
    const now = await readInTime(context, practice, (at) =>
      appointmentNow(at, appointmentId, { ...fields, ...compared }),
    );
    const wished = now ? asWished(now) : [];
    // However late the change arrives, it is refused.
    if (now && refused.includes(now.status)) {
      return { written: { refusedStatus: now.status, appointment: now } };
    }
    if (now && wished.every((is) => is)) return { written: { refusedStatus: null, appointment: now } };
    return wished.some((is) => is) ? 'UNCLEAR' : 'UNCHANGED';
  };
  const incomplete = (written: ChangedAppointment) => {
    if (written.refusedStatus === null)
      practice.connection.warnOfWrite('WRITE_INCOMPLETE', { appointmentId });
  };
  const { refusedStatus, appointment } = await sendWish(send, look, incomplete);
  if (refusedStatus !== null) throw tooLate(refusedStatus);
  return appointment
    ? { appointment: { kind: 'Appointment', practice, data: appointment } }
    : appointmentPayload(context, practice, appointmentId, fields);
}

import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import type { Maybe } from '../../lib/maybe.ts';
import { asInput, InputCheck } from '../check-input.ts';
import { practiceOfInput } from '../practice/practices.ts';
import { selectionOfChanged } from '../selection.ts';
import type { AppointmentPayload } from './appointment-payload.ts';
import { readTypeId } from './book-appointment.ts';
import {
  type AppointmentInput,
  appointmentIdOf,
  changeAppointment,
  refusedStatuses,
} from './existing-appointment.ts';

export interface UpdateAppointmentInput extends AppointmentInput {
  readonly typeId?: Maybe<string>;
  readonly durationMinutes?: Maybe<number>;
  readonly reason?: Maybe<string>;
}

/** `Mutation.updateAppointment`: fields that are omitted keep their current value at the practice. */
export async function updateAppointment(
  _root: unknown,
  { input }: { readonly input: UpdateAppointmentInput },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<AppointmentPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const typeId = readTypeId(check, input.typeId, practice);
  const { durationMinutes } = check.durationMinutes(input.durationMinutes, ['input', 'durationMinutes']);
  const reason = input.reason === undefined ? undefined : check.text(['input', 'reason'], input.reason);
  if (typeId === undefined && durationMinutes === undefined && reason === undefined) {
    check.reject(['input'], 'There is nothing to change. Choose a new type, length or reason.');
  }
  const appointmentId = appointmentIdOf(practice, input, check);
  const fields = selectionOfChanged(info, 'appointment');
  return changeAppointment(context, practice, {
    appointmentId,
    fields,
    refused: refusedStatuses.update,
    send: () =>
      asInput(
        practice.writes.updateAppointment({
          appointmentId,
          fields,
          refusedStatuses: refusedStatuses.update,
          ...(typeId === undefined ? {} : { typeId }),
          ...(durationMinutes === undefined ? {} : { durationSeconds: durationMinutes * 60 }),
          ...(reason === undefined ? {} : { reason }),
        }),
      ),
    asRequested: (now) => [
      ...(typeId === undefined ? [] : [now.type?.pmsId === typeId]),
      ...(durationMinutes === undefined ? [] : [now.durationMinutes === durationMinutes]),
      ...(reason === undefined ? [] : [now.reason === reason]),
    ],
    compared: { type: { pmsId: {} }, durationMinutes: {}, reason: {} },
  });
}

import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import { InputCheck } from '../check-input.ts';
import { practiceOfInput } from '../practice/practices.ts';
import { selectionOfChanged } from '../selection.ts';
import type { AppointmentPayload } from './appointment-payload.ts';
import {
  type AppointmentInput,
  appointmentIdOf,
  changeAppointment,
  refusedStatuses,
} from './existing-appointment.ts';

/** `Mutation.cancelAppointment`. Nothing is sent if the appointment is cancelled already. */
export async function cancelAppointment(
  _root: unknown,
  { input }: { readonly input: AppointmentInput },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<AppointmentPayload> {
  const practice = await practiceOfInput(input, context);
  const appointmentId = appointmentIdOf(practice, input, new InputCheck());
  const fields = selectionOfChanged(info, 'appointment');
  return changeAppointment(context, practice, {
    appointmentId,
    fields,
    refused: refusedStatuses.cancel,
    send: () =>
      practice.writes.cancelAppointment({ appointmentId, fields, refusedStatuses: refusedStatuses.cancel }),
    asRequested: ({ status }) => [status === 'CANCELLED'],
  });
}

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

export interface ArriveAppointmentInput extends AppointmentInput {
  readonly arrived: boolean;
}

/** `Mutation.arriveAppointment` records an arrival or undoes it. If the status is already right, nothing is sent. */
export async function arriveAppointment(
  _root: unknown,
  { input }: { readonly input: ArriveAppointmentInput },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<AppointmentPayload> {
  const practice = await practiceOfInput(input, context);
  const appointmentId = appointmentIdOf(practice, input, new InputCheck());
  const { arrived } = input;
  const fields = selectionOfChanged(info, 'appointment');
  return changeAppointment(context, practice, {
    appointmentId,
    fields,
    refused: refusedStatuses.arrive,
    send: () =>
      practice.writes.arriveAppointment({
        appointmentId,
        arrived,
        fields,
        refusedStatuses: refusedStatuses.arrive,
      }),
    asRequested: ({ status }) => [status === (arrived ? 'ARRIVED' : 'BOOKED')],
  });
}

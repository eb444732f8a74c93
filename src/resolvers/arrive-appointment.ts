import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../context.ts';
import { lookAt, sendWish } from '../writes/outcome.ts';
import { type AppointmentPayload, appointmentNow, appointmentPayload } from './appointment-payload.ts';
import { InputCheck } from './check-input.ts';
import { type AppointmentInput, appointmentOfInput, refuseStatus } from './existing-appointment.ts';
import { practiceOfInput } from './practices.ts';
import { readInTime } from './read-back.ts';
import { selectionOfChanged } from './selection.ts';

export interface ArriveAppointmentInput extends AppointmentInput {
  readonly arrived: boolean;
}

/** `Mutation.arriveAppointment`: an arrival noted, or taken back; nothing is sent where it is so already. */
export async function arriveAppointment(
  _root: unknown,
  { input }: { readonly input: ArriveAppointmentInput },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<AppointmentPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const current = await appointmentOfInput(practice, input, check);
  const { pmsId } = current;
  const { arrived } = input;
  const wished = arrived ? 'ARRIVED' : 'BOOKED';
  if (current.status !== wished) {
    refuseStatus(check, current, ['IN_CONSULTATION', 'FULFILLED', 'NO_SHOW', 'CANCELLED']);
    check.done();
    await sendWish(
      () => practice.writes.arriveAppointment({ appointmentId: pmsId, arrived }),
      () =>
        readInTime(context, practice, async (at) => {
          const status = (await appointmentNow(at, pmsId, {}))?.status;
          return lookAt(status === wished, status === current.status);
        }),
    );
  }
  return appointmentPayload(context, practice, pmsId, selectionOfChanged(info, 'appointment'));
}

import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../context.ts';
import { lookAt, sendWish } from '../writes/outcome.ts';
import { type AppointmentPayload, appointmentNow, appointmentPayload } from './appointment-payload.ts';
import { InputCheck } from './check-input.ts';
import { type AppointmentInput, appointmentOfInput, refuseStatus } from './existing-appointment.ts';
import { practiceOfInput } from './practices.ts';
import { readInTime } from './read-back.ts';
import { selectionOfChanged } from './selection.ts';

/** `Mutation.cancelAppointment`: one that is cancelled already stays so, and nothing is sent. */
export async function cancelAppointment(
  _root: unknown,
  { input }: { readonly input: AppointmentInput },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<AppointmentPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const { pmsId, ...current } = await appointmentOfInput(practice, input, check);
  if (current.status !== 'CANCELLED') {
    refuseStatus(check, { pmsId, ...current }, ['IN_CONSULTATION', 'FULFILLED']);
    check.done();
    await sendWish(
      () => practice.writes.cancelAppointment({ appointmentId: pmsId }),
      () =>
        readInTime(context, practice, async (at) => {
          const status = (await appointmentNow(at, pmsId, {}))?.status;
          return lookAt(status === 'CANCELLED', status === current.status);
        }),
    );
  }
  return appointmentPayload(context, practice, pmsId, selectionOfChanged(info, 'appointment'));
}

import { isDeepStrictEqual } from 'node:util';
import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../context.ts';
import type { Appointment } from '../datasources/practice-data.ts';
import { SlotTaken } from '../errors.ts';
import { epochMs } from '../time/local.ts';
import { lookAt, sendWish } from '../writes/outcome.ts';
import { type AppointmentPayload, appointmentNow, appointmentPayload } from './appointment-payload.ts';
import { InputCheck } from './check-input.ts';
import { type AppointmentInput, appointmentOfInput, refuseStatus } from './existing-appointment.ts';
import { findTime } from './free-time.ts';
import { readPmsId } from './global-id.ts';
import { practiceOfInput } from './practices.ts';
import { readInTime } from './read-back.ts';
import { selectionOfChanged } from './selection.ts';

type Maybe<T> = T | null | undefined;

export interface MoveAppointmentInput extends AppointmentInput {
  readonly start?: Maybe<string>;
  readonly userId?: Maybe<string>;
  readonly locationId?: Maybe<string>;
}

/** `Mutation.moveAppointment` */
export async function moveAppointment(
  _root: unknown,
  { input }: { readonly input: MoveAppointmentInput },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<AppointmentPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const start = check.instant(['input', 'start'], input.start);
  const idOf = (field: 'userId' | 'locationId', type: 'User' | 'Location') =>
    input[field] ? readPmsId(check, ['input', field], input[field], type, practice) : undefined;
  const asked = { userId: idOf('userId', 'User'), locationId: idOf('locationId', 'Location') };
  if (!input.start && asked.userId === undefined && asked.locationId === undefined) {
    check.reject(['input'], 'Nothing is to change: give `start`, `userId` or `locationId`.');
  }
  // The zone of its location tells where it is on the wall after it has moved.
  const current = await appointmentOfInput(practice, input, check, { location: {} });
  const payload = () =>
    appointmentPayload(context, practice, current.pmsId, selectionOfChanged(info, 'appointment'));
  const at = start ?? epochMs(current.start);
  const userId = asked.userId ?? current.userId ?? '';
  const isThere = (row: Appointment | null, locationId = asked.locationId) =>
    row !== null &&
    row.status !== 'CANCELLED' &&
    epochMs(row.start) === at &&
    row.userId === userId &&
    (locationId === undefined || row.locationId === locationId);
  if (isThere(current)) return payload();

  refuseStatus(check, current, ['IN_CONSULTATION', 'FULFILLED', 'NO_SHOW', 'CANCELLED']);
  const time = await findTime(practice, check, {
    at,
    userId,
    locationId: asked.locationId,
    durationMinutes: current.durationMinutes,
    moving: current,
  });
  check.done();
  if (time === 'taken' || time === null) throw new SlotTaken();
  const { date, seconds, locationId } = time;
  await sendWish(
    () =>
      practice.writes.moveAppointment({ appointmentId: current.pmsId, date, seconds, userId, locationId }),
    () =>
      readInTime(context, practice, async (there) => {
        const now = await appointmentNow(there, current.pmsId, {});
        return lookAt(isThere(now, locationId), isDeepStrictEqual(now, current));
      }),
  );
  return payload();
}

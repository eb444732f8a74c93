import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import type { Appointment } from '../../datasources/domain/appointment.ts';
import { SlotTaken } from '../../errors.ts';
import type { Maybe } from '../../lib/maybe.ts';
import { epochMs } from '../../time/local.ts';
import { InputCheck } from '../check-input.ts';
import { readPmsId } from '../global-id.ts';
import { practiceOfInput } from '../practice/practices.ts';
import { selectionOfChanged } from '../selection.ts';
import { type AppointmentPayload, appointmentPayload } from './appointment-payload.ts';
import { knownForBooking } from './booking-facts.ts';
import {
  type AppointmentInput,
  appointmentIdOf,
  changeAppointment,
  mustNotBeOver,
  noSuchAppointment,
  refusedStatuses,
} from './existing-appointment.ts';
import { checkIds, checkReach, datesAround, findTime } from './free-time.ts';

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
  const given = { userId: idOf('userId', 'User'), locationId: idOf('locationId', 'Location') };
  if (!input.start && given.userId === undefined && given.locationId === undefined) {
    check.reject(['input'], 'There is nothing to change. Choose a new time, user or location.');
  }
  if (start !== undefined) checkReach(practice, check, start);
  checkIds(check, given);
  const appointmentId = appointmentIdOf(practice, input, check);
  const fields = selectionOfChanged(info, 'appointment');
  const known = await knownForBooking(practice, {
    movingId: appointmentId,
    ...(start === undefined ? {} : { dates: datesAround(start) }),
    ...(given.userId === undefined ? {} : { userId: given.userId }),
    ...(given.locationId === undefined ? {} : { locationId: given.locationId }),
  });
  const current = await known.moving();
  if (!current) throw noSuchAppointment();
  const at = start ?? epochMs(current.start);
  const userId = given.userId ?? current.userId ?? '';
  const isThere = (row: Appointment, locationId = given.locationId) =>
    row.status !== 'CANCELLED' &&
    epochMs(row.start) === at &&
    row.userId === userId &&
    (locationId === undefined || row.locationId === locationId);
  if (isThere(current)) return appointmentPayload(context, practice, appointmentId, fields);

  mustNotBeOver(current.status, refusedStatuses.move);
  // If only the user or the location changes, the time can be in the past.
  checkReach(practice, check, at);
  check.done();
  const time = await findTime(known, check, {
    at,
    userId,
    locationId: given.locationId,
    durationMinutes: current.durationMinutes,
    moving: current,
  });
  check.done();
  if (time === 'taken' || time === null) throw new SlotTaken();
  const { date, seconds, locationId } = time;
  return changeAppointment(context, practice, {
    appointmentId,
    fields,
    refused: refusedStatuses.move,
    send: () =>
      practice.writes.moveAppointment({
        appointmentId,
        date,
        seconds,
        userId,
        locationId,
        fields,
        refusedStatuses: refusedStatuses.move,
      }),
    // All parts are compared together, because one part can be as requested without the move.
    asRequested: (now) => [isThere(now, locationId)],
  });
}

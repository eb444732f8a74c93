import { isDeepStrictEqual } from 'node:util';
import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../context.ts';
import type { Practice } from '../datasources/practice.ts';
import type { Appointment } from '../datasources/practice-data.ts';
import { SlotTaken } from '../errors.ts';
import { epochMs } from '../time/local.ts';
import { lookAt, sendWish } from '../writes/outcome.ts';
import { type AppointmentPayload, appointmentNow, appointmentPayload } from './appointment-payload.ts';
import { examineType, readTypeId } from './book-appointment.ts';
import { InputCheck } from './check-input.ts';
import { type AppointmentInput, appointmentOfInput, refuseStatus } from './existing-appointment.ts';
import { datesAround } from './free-time.ts';
import { practiceOfInput } from './practices.ts';
import { readInTime } from './read-back.ts';
import { selectionOfChanged } from './selection.ts';

type Maybe<T> = T | null | undefined;

export interface UpdateAppointmentInput extends AppointmentInput {
  readonly typeId?: Maybe<string>;
  readonly durationMinutes?: Maybe<number>;
  readonly reason?: Maybe<string>;
}

const fields = { type: { pmsId: {} }, durationMinutes: {}, reason: {} };

/** `Mutation.updateAppointment` */
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
    check.reject(['input'], 'Nothing is to change: give `typeId`, `durationMinutes` or `reason`.');
  }
  const current = await appointmentOfInput(practice, input, check, fields);
  refuseStatus(check, current, ['CANCELLED']);
  const [taken] = await Promise.all([
    durationMinutes === undefined || check.failed ? false : isTaken(practice, current, durationMinutes),
    examineType(practice, check, typeId),
  ]);
  check.done();
  if (taken) throw new SlotTaken();
  const wish = {
    typeId: typeId ?? current.type?.pmsId ?? null,
    durationMinutes: durationMinutes ?? current.durationMinutes,
    reason: reason === undefined ? current.reason : reason,
  };
  const isAsWished = (now: Appointment | null) =>
    now !== null &&
    (now.type?.pmsId ?? null) === wish.typeId &&
    now.durationMinutes === wish.durationMinutes &&
    now.reason === wish.reason;
  if (!isAsWished(current)) {
    await sendWish(
      () =>
        practice.writes.updateAppointment({
          appointmentId: current.pmsId,
          typeId: wish.typeId,
          durationSeconds: wish.durationMinutes * 60,
          reason: wish.reason,
        }),
      () =>
        readInTime(context, practice, async (at) => {
          const now = await appointmentNow(at, current.pmsId, fields);
          return lookAt(isAsWished(now), isDeepStrictEqual(now, current));
        }),
    );
  }
  return appointmentPayload(context, practice, current.pmsId, selectionOfChanged(info, 'appointment'));
}

/** Whether the time by which it grows is another appointment's: the PMS does not look. */
async function isTaken(practice: Practice, current: Appointment, durationMinutes: number): Promise<boolean> {
  if (durationMinutes <= current.durationMinutes || current.userId === null) return false;
  const start = epochMs(current.start);
  const end = start + durationMinutes * 60_000;
  const rows = await practice.data.appointments({
    ...datesAround(start),
    userIds: [current.userId],
    fields: {},
  });
  return rows.some(
    (row) =>
      row.pmsId !== current.pmsId && epochMs(row.start) < end && epochMs(row.end) > epochMs(current.end),
  );
}

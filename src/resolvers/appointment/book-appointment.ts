import type { GraphQLResolveInfo } from 'graphql';
import type { GraphContext } from '../../context.ts';
import type { Appointment } from '../../datasources/domain/appointment.ts';
import type { BookedAppointment } from '../../datasources/domain/appointment-writes.ts';
import type { Selection } from '../../datasources/domain/selection.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import { SlotTaken } from '../../errors.ts';
import type { Maybe } from '../../lib/maybe.ts';
import { epochMs } from '../../time/local.ts';
import { InputCheck } from '../check-input.ts';
import { readPmsId } from '../global-id.ts';
import { practiceOfInput } from '../practice/practices.ts';
import { selectionOfChanged } from '../selection.ts';
import { createOnce, keyOf } from '../writes/create-once.ts';
import { sendOnce } from '../writes/outcome.ts';
import { readInTime } from '../writes/read-back.ts';
import { type AppointmentPayload, appointmentPayload } from './appointment-payload.ts';
import { knownForBooking } from './booking-facts.ts';
import { checkIds, checkReach, datesAround, type FreeTime, findTime, noSuch } from './free-time.ts';

// Rests on assumption B25.

export interface BookAppointmentInput {
  readonly bpSiteId: string;
  readonly userId: string;
  readonly patientId: string;
  readonly start: string;
  readonly durationMinutes?: Maybe<number>;
  readonly typeId?: Maybe<string>;
  readonly locationId?: Maybe<string>;
  readonly reason?: Maybe<string>;
  readonly idempotencyKey?: Maybe<string>;
}

/** `Mutation.bookAppointment` */
export async function bookAppointment(
  _root: unknown,
  { input }: { readonly input: BookAppointmentInput },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<AppointmentPayload> {
  const practice = await practiceOfInput(input, context);
  const check = new InputCheck();
  const wanted = readBooking(check, input, practice);
  const idempotencyKey = keyOf(check, input);
  if (check.failed) rejectImpossible(practice, check, wanted);
  check.done();
  const fields = selectionOfChanged(info, 'appointment');
  let booked: Appointment | null = null;
  const id = await createOnce(context, practice, {
    mutation: 'bookAppointment',
    idempotencyKey,
    input: wanted,
    async make() {
      const made = await book(context, practice, wanted, fields);
      booked = made.appointment;
      return { id: made.appointmentId };
    },
    async find() {
      booked = await findBooked(context, practice, wanted, fields);
      return booked && { id: booked.pmsId };
    },
  });
  // Null if an earlier request with the same key has booked.
  const data = booked as Appointment | null;
  return data
    ? { appointment: { kind: 'Appointment', practice, data } }
    : appointmentPayload(context, practice, id, fields, idempotencyKey);
}

interface Booking {
  readonly patientId: string;
  readonly userId: string;
  /** Milliseconds since 1970. Undefined if the input is not an instant. */
  readonly at: number | undefined;
  readonly durationMinutes: number | undefined;
  readonly typeId: string | undefined;
  readonly locationId: string | undefined;
  readonly reason: string | null;
}

function readBooking(check: InputCheck, input: BookAppointmentInput, practice: Practice): Booking {
  return {
    patientId: readPmsId(check, ['input', 'patientId'], input.patientId, 'Patient', practice),
    userId: readPmsId(check, ['input', 'userId'], input.userId, 'User', practice),
    at: check.instant(['input', 'start'], input.start),
    durationMinutes: check.durationMinutes(input.durationMinutes, ['input', 'durationMinutes'])
      .durationMinutes,
    typeId: readTypeId(check, input.typeId, practice),
    locationId: input.locationId
      ? readPmsId(check, ['input', 'locationId'], input.locationId, 'Location', practice)
      : undefined,
    reason: check.text(['input', 'reason'], input.reason),
  };
}

async function book(
  context: GraphContext,
  practice: Practice,
  wanted: Booking,
  fields: Selection,
): Promise<BookedAppointment> {
  const check = new InputCheck();
  rejectImpossible(practice, check, wanted);
  check.done();
  const time = await examine(practice, check, wanted);
  check.done();
  if (time === 'taken' || time === null) throw new SlotTaken();
  const { patientId, userId, typeId = null, reason } = wanted;
  const { date, seconds, locationId, durationMinutes } = time;
  const durationSeconds = durationMinutes * 60;
  const appointment = {
    patientId,
    userId,
    locationId,
    date,
    seconds,
    durationSeconds,
    typeId,
    reason,
    fields,
  };
  return sendOnce(
    () => practice.writes.bookAppointment(appointment),
    async () => {
      const found = await findBooked(context, practice, wanted, fields);
      return found ? { written: { appointmentId: found.pmsId, appointment: found } } : 'UNCHANGED';
    },
    ({ appointmentId }) => practice.connection.warnOfWrite('WRITE_INCOMPLETE', { appointmentId }),
  );
}

/**
 * Reports input that is wrong for every practice, so that it is rejected without a call. A repeated idempotency key
 * skips this: its booking was made, even if the time has passed since.
 */
function rejectImpossible(practice: Practice, check: InputCheck, wanted: Booking): void {
  if (wanted.at !== undefined) checkReach(practice, check, wanted.at);
  checkIds(check, wanted);
}

/** Checks everything that only the practice knows. Null if the booking is not possible; the reasons are in `check`. */
async function examine(
  practice: Practice,
  check: InputCheck,
  wanted: Booking,
): Promise<FreeTime | 'taken' | null> {
  const { at = 0, userId, patientId, typeId, locationId, durationMinutes } = wanted;
  const known = await knownForBooking(practice, {
    dates: datesAround(at),
    userId,
    patientId,
    ...(typeId === undefined ? {} : { typeId }),
    ...(locationId === undefined ? {} : { locationId }),
  });
  const [patient, type] = await Promise.all([
    known.patient(),
    typeId === undefined ? undefined : known.type(),
  ]);
  const path = ['input', 'patientId'];
  if (!patient) check.reject(path, noSuch.patientId);
  else if (patient.status === 'INACTIVE') check.reject(path, 'This patient is inactive at the practice.');
  else if (patient.status === 'DECEASED') check.reject(path, 'This patient is recorded as deceased.');
  if (type === null) check.reject(['input', 'typeId'], noSuch.typeId);
  return findTime(known, check, {
    at,
    userId,
    locationId,
    durationMinutes: durationMinutes ?? type?.defaultDurationMinutes ?? undefined,
  });
}

/** The PMS id of a type that the input names by its PMS id or its global id. Undefined if it names none. */
export const readTypeId = (check: InputCheck, id: Maybe<string>, practice: Practice): string | undefined =>
  id === null || id === undefined
    ? undefined
    : readPmsId(check, ['input', 'typeId'], id, 'AppointmentType', practice);

/** Finds the appointment that the booking would have made: same patient, user and time. */
async function findBooked(
  context: GraphContext,
  practice: Practice,
  { at, patientId, userId }: Booking,
  fields: Selection,
): Promise<Appointment | null> {
  if (at === undefined) return null;
  const query = { ...datesAround(at), userIds: [userId], patientIds: [patientId], fields };
  const rows = await readInTime(context, practice, ({ data }) => data.appointments(query));
  return rows.findLast((row) => epochMs(row.start) === at) ?? null;
}

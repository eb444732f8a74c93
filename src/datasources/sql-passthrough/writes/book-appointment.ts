import { PmsError, SlotTaken } from '../../../errors.ts';
import type { BookedAppointment, NewAppointment } from '../../domain/appointment-writes.ts';
import { writeCertainty } from '../../domain/write-certainty.ts';
import type { PracticeConnection } from '../../halo-cloud/practice-connection.ts';
import { type Codes, codesOf } from '../codes.ts';
import { Parameters } from '../statement.ts';
import {
  answerRow,
  countOverlapping,
  lockOf,
  overlapping,
  refusals,
  type Stretch,
} from './appointment-text.ts';
import { type GuardedCall, guardedText } from './guarded-call.ts';
import { writeAndRead } from './procedure.ts';

// Rests on assumptions B22 and B41.

/** SQL Server's number for a procedure that does not exist. */
const noSuchProcedure = 2812;

const extended = 'BP_AddAppointmentEx';
const plain = 'BP_AddAppointment';
type AddProcedure = typeof extended | typeof plain;

/**
 * Calls `BP_AddAppointmentEx`, unless the same batch finds that the time is taken (assumption B20). Older versions of Bp
 * Premier have only `BP_AddAppointment`, which takes neither type nor reason. There, `BP_UpdateAppointment` adds both in the
 * same batch. The missing procedure is remembered, so that only the first booking of a site is two calls. The error of a
 * missing procedure proves that nothing was written only if it names the procedure that was called.
 */
export async function bookAppointment(
  connection: PracticeConnection,
  appointment: NewAppointment,
): Promise<BookedAppointment> {
  const { refusedObjects } = connection;
  const [procedure, otherwise] = refusedObjects.has(extended)
    ? ([plain, extended] as const)
    : ([extended, plain] as const);
  try {
    return await add(connection, appointment, procedure);
  } catch (error) {
    if (!(error instanceof PmsError && error.errorCode === noSuchProcedure)) throw error;
  }
  const booked = await add(connection, appointment, otherwise);
  if (otherwise === plain) refusedObjects.add(extended);
  return booked;
}

async function add(
  connection: PracticeConnection,
  appointment: NewAppointment,
  procedure: AddProcedure,
): Promise<BookedAppointment> {
  const parameters = new Parameters();
  const codes = codesOf(connection.codeOverrides);
  const { list, ...answer } = answerRow(appointment.fields ?? {}, codes);
  const call = addition(appointment, procedure, parameters, codes);
  const id = list.id('@id');
  const overlapping = list.number(countOverlapping(codes, call.stretch, 'COALESCE(@id, 0)'));
  const statement = parameters.call(
    guardedText({ ...call, maxLockWaitMs: connection.maxLockWaitMs, list }),
    procedure,
  );
  const { row, called, returned, appointmentId, overlaps } = await writeAndRead(
    connection,
    statement,
    {
      columns: list,
      read: (cells) => ({
        row: cells,
        called: answer.refused(cells) === 0,
        returned: answer.returned(cells),
        appointmentId: id(cells),
        overlaps: overlapping(cells),
      }),
    },
    'REFERENCE',
  );
  const certainty = writeCertainty({ kind: 'row', called, returned, found: appointmentId !== null });
  if (certainty === 'NOT_WRITTEN' || appointmentId === null) {
    // The time may have been booked after our check. Then the procedure refuses it.
    if (!called || overlaps > 0) throw new SlotTaken();
    throw new PmsError('mssql', null, {
      message: 'The practice did not book the appointment.',
      detail: `${procedure} returned ${returned ?? 'NULL'}, and the time is free`,
    });
  }
  if (overlaps > 0) connection.warnOfWrite('APPOINTMENTS_OVERLAP', { appointmentId });
  return { appointmentId, appointment: answer.appointment(row, connection) };
}

function addition(
  appointment: NewAppointment,
  procedure: AddProcedure,
  parameters: Parameters,
  codes: Codes,
): Omit<GuardedCall, 'list' | 'maxLockWaitMs'> & { readonly stretch: Stretch } {
  const { seconds, durationSeconds, typeId, reason } = appointment;
  const date = parameters.date('date', appointment.date);
  const time = parameters.int('time', seconds);
  const until = parameters.int('endsAt', seconds + durationSeconds);
  const length = parameters.int('length', durationSeconds);
  const user = parameters.int('user', appointment.userId);
  const patient = parameters.int('patient', appointment.patientId);
  const location = parameters.int('location', appointment.locationId);
  const type = parameters.int('type', typeId ?? codes.standardAppointmentType);
  // Public callers send an empty text where there is none (assumption B41).
  const text = parameters.text('reason', reason ?? '');
  const stretch = { user, date, from: time, until };
  const booked = `a.USERID = ${user} AND a.APPOINTMENTDATE = ${date} AND a.APPOINTMENTTIME = ${time} AND a.INTERNALID = ${patient} AND ${codes.liveCondition('a')}`;
  return {
    stretch,
    variables: ['@id INT'],
    lock: lockOf.known(parameters, appointment),
    refusals: [
      [refusals.taken, `EXISTS (SELECT 1 FROM dbo.APPOINTMENTS o WHERE ${overlapping(codes, stretch)})`],
    ],
    procedure,
    with: {
      aptdate: date,
      apttime: time,
      aptlen: length,
      practitionerid: user,
      patientid: patient,
      locationid: location,
      ...(procedure === extended ? { appointmenttype: type, reason: text } : {}),
    },
    after: [
      `SELECT @id = MAX(a.RECORDID) FROM dbo.APPOINTMENTS a WHERE @refused = 0 AND ${booked};`,
      'IF @id IS NULL AND @returned > 0 SET @id = @returned;',
      ...(procedure === extended
        ? []
        : [
            `IF @id IS NOT NULL EXEC dbo.BP_UpdateAppointment @aptid = @id, @apttype = ${type}, @aptlen = ${length}, @reason = ${text};`,
          ]),
    ],
    from: 'dbo.APPOINTMENTS a ON a.RECORDID = @id',
  };
}

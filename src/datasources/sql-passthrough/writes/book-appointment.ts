import type { Cells } from '../../../engine/row-decoder.ts';
import { PmsError, SlotTaken } from '../../../errors.ts';
import type { BookedAppointment, NewAppointment } from '../../domain/appointment-writes.ts';
import { writeCertainty } from '../../domain/write-certainty.ts';
import type { PracticeConnection } from '../../halo-cloud/practice-connection.ts';
import { bySelection } from '../by-selection.ts';
import { type Codes, codesOf } from '../codes.ts';
import { Parameters } from '../statement.ts';
import {
  answerRow,
  countOverlapping,
  lockOf,
  noFields,
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
  const codes = codesOf(connection.codeOverrides);
  const kind = `${procedure} ${connection.maxLockWaitMs}`;
  const { text, reading, readAppointment } = shapeOf(appointment.fields ?? noFields, codes, kind);
  const statement = parametersOf(appointment, codes).call(text, procedure);
  const { row, called, returned, appointmentId, overlaps } = await writeAndRead(
    connection,
    statement,
    reading,
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
  return { appointmentId, appointment: readAppointment(row, connection) };
}

/** The values of the parameters that the batch names. */
function parametersOf(appointment: NewAppointment, codes: Codes): Parameters {
  const { seconds, durationSeconds, typeId, reason } = appointment;
  const parameters = new Parameters();
  parameters.date('date', appointment.date);
  parameters.int('time', seconds);
  parameters.int('endsAt', seconds + durationSeconds);
  parameters.int('length', durationSeconds);
  parameters.int('user', appointment.userId);
  parameters.int('patient', appointment.patientId);
  parameters.int('location', appointment.locationId);
  parameters.int('type', typeId ?? codes.standardAppointmentType);
  // Public callers send an empty text where there is none (assumption B41).
  parameters.text('reason', reason ?? '');
  lockOf.known(parameters, appointment);
  return parameters;
}

/** The batch of a booking and the readers of its row. */
const shapeOf = bySelection((fields, codes, kind) => {
  const [procedure, maxLockWaitMs] = kind.split(' ');
  const { list, ...answer } = answerRow(fields, codes);
  const id = list.id('@id');
  const overlapping = list.number(countOverlapping(codes, stretch, 'COALESCE(@id, 0)'));
  return {
    text: guardedText({
      ...addition(procedure as AddProcedure, codes),
      maxLockWaitMs: Number(maxLockWaitMs),
      list,
    }),
    readAppointment: answer.appointment,
    reading: {
      columns: { cellsOf: list.cellsOf },
      read: (cells: Cells) => ({
        row: cells,
        called: answer.refused(cells) === 0,
        returned: answer.returned(cells),
        appointmentId: id(cells),
        overlaps: overlapping(cells),
      }),
    },
  };
});

const stretch: Stretch = { user: '@user', date: '@date', from: '@time', until: '@endsAt' };

function addition(procedure: AddProcedure, codes: Codes): Omit<GuardedCall, 'list' | 'maxLockWaitMs'> {
  const booked = `a.USERID = @user AND a.APPOINTMENTDATE = @date AND a.APPOINTMENTTIME = @time AND a.INTERNALID = @patient AND ${codes.liveCondition('a')}`;
  return {
    variables: ['@id INT'],
    lock: lockOf.parameter,
    refusals: [
      [refusals.taken, `EXISTS (SELECT 1 FROM dbo.APPOINTMENTS o WHERE ${overlapping(codes, stretch)})`],
    ],
    procedure,
    with: {
      aptdate: '@date',
      apttime: '@time',
      aptlen: '@length',
      practitionerid: '@user',
      patientid: '@patient',
      locationid: '@location',
      ...(procedure === extended ? { appointmenttype: '@type', reason: '@reason' } : {}),
    },
    after: [
      `SELECT @id = MAX(a.RECORDID) FROM dbo.APPOINTMENTS a WHERE @refused = 0 AND ${booked};`,
      'IF @id IS NULL AND @returned > 0 SET @id = @returned;',
      ...(procedure === extended
        ? []
        : [
            'IF @id IS NOT NULL EXEC dbo.BP_UpdateAppointment @aptid = @id, @apttype = @type, @aptlen = @length, @reason = @reason;',
          ]),
    ],
    from: 'dbo.APPOINTMENTS a ON a.RECORDID = @id',
  };
}

import { PmsError, SlotTaken } from '../../../errors.ts';
import type { NewAppointment } from '../../appointment-writes.ts';
import type { PracticeConnection } from '../../practice-connection.ts';
import { currentRecord, standardTypeId } from '../codes.ts';
import { Parameters } from '../statement.ts';
import { type ProcedureCall, runProcedure } from './procedure.ts';
import { updateAppointment } from './update-appointment.ts';

// Rests on assumptions B22 and B41.

/** SQL Server's number for a procedure that does not exist. */
const noSuchProcedure = 2812;

/**
 * `BP_AddAppointmentEx`, after a look in the same text whether the time is free (B20). Older versions have only
 * `BP_AddAppointment`, which knows neither type nor reason: these follow by `BP_UpdateAppointment`, and when that fails the
 * appointment stands without them, which is what reading it back shows.
 */
export async function bookAppointment(
  connection: PracticeConnection,
  appointment: NewAppointment,
): Promise<{ readonly appointmentId: string }> {
  try {
    return { appointmentId: await add(connection, appointment, 'BP_AddAppointmentEx') };
  } catch (error) {
    if (!(error instanceof PmsError && error.errorCode === noSuchProcedure)) throw error;
  }
  const appointmentId = await add(connection, appointment, 'BP_AddAppointment');
  const { typeId, durationSeconds, reason } = appointment;
  if (typeId !== null || reason !== null) {
    await updateAppointment(connection, { appointmentId, typeId, durationSeconds, reason }).catch(() => {});
  }
  return { appointmentId };
}

async function add(
  connection: PracticeConnection,
  appointment: NewAppointment,
  procedure: 'BP_AddAppointmentEx' | 'BP_AddAppointment',
): Promise<string> {
  const parameters = new Parameters();
  const id = await runProcedure(connection, addition(appointment, procedure, parameters), parameters);
  if (id === 0) throw new SlotTaken();
  if (id === null || id < 0) {
    throw new PmsError('mssql', null, { detail: `${procedure} returned ${id === null ? 'NULL' : id}` });
  }
  return String(id);
}

function addition(
  appointment: NewAppointment,
  procedure: 'BP_AddAppointmentEx' | 'BP_AddAppointment',
  parameters: Parameters,
): ProcedureCall {
  const { seconds, durationSeconds, typeId, reason } = appointment;
  const date = parameters.date('date', appointment.date);
  const time = parameters.int('time', seconds);
  const endsAt = parameters.int('endsAt', seconds + durationSeconds);
  const length = parameters.int('length', durationSeconds);
  const user = parameters.int('user', appointment.userId);
  const patient = parameters.int('patient', appointment.patientId);
  const location = parameters.int('location', appointment.locationId);
  const extended: Readonly<Record<string, string>> =
    procedure === 'BP_AddAppointmentEx'
      ? {
          appointmenttype: parameters.int('type', typeId ?? standardTypeId),
          reason: parameters.text('reason', reason),
        }
      : {};
  return {
    procedure,
    with: {
      aptdate: date,
      apttime: time,
      aptlen: length,
      practitionerid: user,
      patientid: patient,
      locationid: location,
      ...extended,
    },
    as: 'appointmentId',
    unless: {
      found: `SELECT 1 FROM dbo.APPOINTMENTS a WHERE a.USERID = ${user} AND a.APPOINTMENTDATE = ${date} AND a.RECORDSTATUS = ${currentRecord} AND a.APPOINTMENTTIME < ${endsAt} AND a.APPOINTMENTTIME + a.APPOINTMENTLENGTH > ${time}`,
      otherwise: 0,
    },
  };
}

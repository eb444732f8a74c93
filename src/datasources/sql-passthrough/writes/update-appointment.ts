import { SlotTaken } from '../../../errors.ts';
import type { AppointmentChange } from '../../appointment-writes.ts';
import type { PracticeConnection } from '../../practice-connection.ts';
import { currentRecord, standardTypeId } from '../codes.ts';
import { Parameters } from '../statement.ts';
import { runProcedure } from './procedure.ts';

const taken = -1;

/** `BP_UpdateAppointment`. Only time that the appointment gains has to be free: two that overlap already can be changed. */
export async function updateAppointment(
  connection: PracticeConnection,
  change: AppointmentChange,
): Promise<void> {
  const parameters = new Parameters();
  const appointment = parameters.int('aptid', change.appointmentId);
  const type = parameters.int('type', change.typeId ?? standardTypeId);
  const length = parameters.int('length', change.durationSeconds);
  const reason = parameters.text('reason', change.reason);
  const updated = await runProcedure(
    connection,
    {
      procedure: 'BP_UpdateAppointment',
      with: { aptid: appointment, apttype: type, aptlen: length, reason },
      as: 'updated',
      unless: {
        found: `SELECT 1 FROM dbo.APPOINTMENTS m INNER JOIN dbo.APPOINTMENTS a ON a.USERID = m.USERID AND a.APPOINTMENTDATE = m.APPOINTMENTDATE WHERE m.RECORDID = ${appointment} AND a.RECORDID <> ${appointment} AND a.RECORDSTATUS = ${currentRecord} AND a.APPOINTMENTTIME >= m.APPOINTMENTTIME + m.APPOINTMENTLENGTH AND a.APPOINTMENTTIME < m.APPOINTMENTTIME + ${length}`,
        otherwise: taken,
      },
    },
    parameters,
  );
  if (updated === taken) throw new SlotTaken();
}

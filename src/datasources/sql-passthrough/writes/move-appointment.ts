import { SlotTaken } from '../../../errors.ts';
import type { AppointmentMove } from '../../appointment-writes.ts';
import type { PracticeConnection } from '../../practice-connection.ts';
import { currentRecord } from '../codes.ts';
import { Parameters } from '../statement.ts';
import { runProcedure } from './procedure.ts';

const taken = -1;

/** `BP_MoveAppointment`, which keeps the length, after a look in the same text whether the new time is free (B20). */
export async function moveAppointment(connection: PracticeConnection, move: AppointmentMove): Promise<void> {
  const parameters = new Parameters();
  const appointment = parameters.int('aptid', move.appointmentId);
  const date = parameters.date('date', move.date);
  const time = parameters.int('time', move.seconds);
  const user = parameters.int('user', move.userId);
  const location = parameters.int('location', move.locationId);
  const moved = await runProcedure(
    connection,
    {
      procedure: 'BP_MoveAppointment',
      with: {
        aptid: appointment,
        aptdate: date,
        apttime: time,
        practitionerid: user,
        locationid: location,
      },
      as: 'moved',
      unless: {
        found: `SELECT 1 FROM dbo.APPOINTMENTS a INNER JOIN dbo.APPOINTMENTS m ON m.RECORDID = ${appointment} WHERE a.USERID = ${user} AND a.APPOINTMENTDATE = ${date} AND a.RECORDSTATUS = ${currentRecord} AND a.RECORDID <> ${appointment} AND a.APPOINTMENTTIME < ${time} + m.APPOINTMENTLENGTH AND a.APPOINTMENTTIME + a.APPOINTMENTLENGTH > ${time}`,
        otherwise: taken,
      },
    },
    parameters,
  );
  if (moved === taken) throw new SlotTaken();
}

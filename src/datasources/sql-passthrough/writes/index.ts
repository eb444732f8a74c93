import type { PracticeConnection } from '../../practice-connection.ts';
import type { PracticeWrites } from '../../practice-writes.ts';
import { Parameters } from '../statement.ts';
import { addPatient } from './add-patient.ts';
import { assumedWrites } from './assumed-statements.ts';
import { bookAppointment } from './book-appointment.ts';
import { moveAppointment } from './move-appointment.ts';
import { mustBePossible, runProcedure } from './procedure.ts';
import { updateAppointment } from './update-appointment.ts';
import { updatePatient } from './update-patient.ts';

// Rests on assumptions B20 and B23.

/** Every change is one text, one charged call: by Bp Premier's own procedures, where one is known. */
export function practiceWrites(connection: PracticeConnection): PracticeWrites {
  /** Procedures that take the appointment alone; what they return tells nothing. */
  const run = async (procedure: string, appointmentId: string): Promise<void> => {
    mustBePossible(appointmentId, 'appointment');
    const parameters = new Parameters();
    const aptid = parameters.int('aptid', appointmentId);
    await runProcedure(connection, { procedure, with: { aptid }, as: 'done' }, parameters);
  };
  return {
    bookAppointment: (appointment) => bookAppointment(connection, appointment),
    async updateAppointment(change) {
      mustBePossible(change.appointmentId, 'appointment');
      await updateAppointment(connection, change);
    },
    async moveAppointment(move) {
      mustBePossible(move.appointmentId, 'appointment');
      await moveAppointment(connection, move);
    },
    cancelAppointment: ({ appointmentId }) => run('BP_CancelAppointment', appointmentId),
    arriveAppointment: ({ appointmentId, arrived }) =>
      run(arrived ? 'BP_ArriveAppointment' : 'BP_UnarriveAppointment', appointmentId),
    addPatient: (details) => addPatient(connection, details),
    updatePatient: (change) => updatePatient(connection, change),
    ...assumedWrites(connection),
  };
}

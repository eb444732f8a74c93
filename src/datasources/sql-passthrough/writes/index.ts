import type { PracticeConnection } from '../../halo-cloud/practice-connection.ts';
import type { WriteBounds } from '../../practice/source-adapter.ts';
import type { PracticeWrites } from '../../practice/write-port.ts';
import { addPatient } from './add-patient.ts';
import { assumedWriteBounds, assumedWrites } from './assumed-statements.ts';
import { bookAppointment } from './book-appointment.ts';
import {
  arriveAppointment,
  cancelAppointment,
  moveAppointment,
  updateAppointment,
} from './change-appointment.ts';
import { updatePatient } from './update-patient.ts';

// Rests on assumptions B20 and B23.

export const writeBounds: WriteBounds = {
  // A practice without BP_AddAppointmentEx needs a second batch.
  bookAppointment: { calls: 2, readsBack: true },
  updateAppointment: { calls: 1, readsBack: true },
  moveAppointment: { calls: 1, readsBack: true },
  cancelAppointment: { calls: 1, readsBack: true },
  arriveAppointment: { calls: 1, readsBack: true },
  addPatient: { calls: 1, readsBack: true },
  updatePatient: { calls: 1, readsBack: true },
  ...assumedWriteBounds,
};

/** Each change is one batch and one charged call. It uses Bp Premier's own procedures where one is known. */
export function practiceWrites(connection: PracticeConnection): PracticeWrites {
  return {
    bookAppointment: (appointment) => bookAppointment(connection, appointment),
    updateAppointment: (change) => updateAppointment(connection, change),
    moveAppointment: (move) => moveAppointment(connection, move),
    cancelAppointment: (cancellation) => cancelAppointment(connection, cancellation),
    arriveAppointment: (arrival) => arriveAppointment(connection, arrival),
    addPatient: (details) => addPatient(connection, details),
    updatePatient: (change) => updatePatient(connection, change),
    ...assumedWrites(connection),
  };
}

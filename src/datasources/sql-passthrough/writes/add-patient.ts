import { PmsError } from '../../../errors.ts';
import type { PatientDetails } from '../../domain/patient-writes.ts';
import type { PracticeConnection } from '../../halo-cloud/practice-connection.ts';
import { mustBeHeldOfPatient } from './patient-parameters.ts';
import { runPatientProcedure } from './patient-procedure.ts';

/** `BP_AddPatient`, which returns the new INTERNALID. */
export async function addPatient(
  connection: PracticeConnection,
  details: PatientDetails,
): Promise<{ readonly patientId: string }> {
  mustBeHeldOfPatient(details);
  const id = await runPatientProcedure(connection, { procedure: 'BP_AddPatient', patientId: null, details });
  if (id !== null && id > 0) return { patientId: String(id) };
  throw new PmsError('mssql', null, {
    message: 'The practice did not add the patient.',
    detail: `BP_AddPatient returned ${id}`,
  });
}

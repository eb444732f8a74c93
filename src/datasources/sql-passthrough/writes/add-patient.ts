import { PmsError } from '../../../errors.ts';
import type { AddedPatient, NewPatient } from '../../domain/patient-writes.ts';
import { writeCertainty } from '../../domain/write-certainty.ts';
import type { PracticeConnection } from '../../halo-cloud/practice-connection.ts';
import { checkPatientFits } from './patient-parameters.ts';
import { runPatientProcedure } from './patient-procedure.ts';

/**
 * Calls `BP_AddPatient`, which returns the new INTERNALID. If it returns none, the new row with that name and birth date
 * counts.
 */
export async function addPatient(
  connection: PracticeConnection,
  { fields, ...details }: NewPatient,
): Promise<AddedPatient> {
  checkPatientFits(details);
  const { returned, patientId, patient } = await runPatientProcedure(connection, {
    procedure: 'BP_AddPatient',
    patientId: null,
    details,
    readBack: fields ?? {},
  });
  const certainty = writeCertainty({ kind: 'row', called: true, returned, found: patientId !== null });
  if (certainty === 'WRITTEN' && patientId !== null) return { patientId, patient };
  throw new PmsError('mssql', null, {
    message: 'The practice did not add the patient.',
    detail: `BP_AddPatient returned ${returned ?? 'NULL'}, and there is no such new patient`,
  });
}

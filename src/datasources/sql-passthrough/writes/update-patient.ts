import type { ChangedPatient, PatientChange, PatientDetails } from '../../domain/patient-writes.ts';
import type { PracticeConnection } from '../../halo-cloud/practice-connection.ts';
import { checkPatientFits } from './patient-parameters.ts';
import { runPatientProcedure } from './patient-procedure.ts';
import { mustBePossible } from './procedure.ts';

// Rests on assumption B29.

/**
 * Procedures that change some fields of a patient and no others. Whether the address procedure takes more than the home
 * address is not known.
 */
const narrow: readonly {
  readonly procedure: string;
  readonly fields: readonly (keyof PatientDetails)[];
}[] = [
  { procedure: 'BP_UpdatePatientAddress', fields: ['address'] },
  { procedure: 'BP_UpdatePatientContacts', fields: ['homePhone', 'workPhone', 'mobilePhone'] },
  { procedure: 'BP_UpdatePatientEmail', fields: ['email'] },
  { procedure: 'BP_UpdatePatientMedicare', fields: ['medicare'] },
  { procedure: 'BP_UpdatePatientDVA', fields: ['dva'] },
];

/**
 * Calls the narrowest procedure that covers the change, or `BP_UpdatePatient` with all its parameters. The RETURN values of
 * these procedures have no meaning. They raise an error if they fail (B29).
 */
export async function updatePatient(
  connection: PracticeConnection,
  { patientId, details, fields: readBack = {} }: PatientChange,
): Promise<ChangedPatient> {
  mustBePossible(patientId, 'patient');
  checkPatientFits(details);
  const fields = (Object.keys(details) as (keyof PatientDetails)[]).filter(
    (field) => details[field] !== undefined,
  );
  const covering = narrow.find((one) => fields.every((field) => one.fields.includes(field)));
  const { patient } = await runPatientProcedure(connection, {
    patientId,
    details,
    readBack,
    ...(covering ?? { procedure: 'BP_UpdatePatient' }),
  });
  return { patient };
}

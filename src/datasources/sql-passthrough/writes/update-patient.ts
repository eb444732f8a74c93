import type { ChangedPatient, PatientChange, PatientDetails } from '../../domain/patient-writes.ts';
import type { PracticeConnection } from '../../halo-cloud/practice-connection.ts';
import { mustBeHeldOfPatient } from './patient-parameters.ts';
import { runPatientProcedure } from './patient-procedure.ts';
import { mustBePossible } from './procedure.ts';

// Rests on assumption B29.

/**
 * Procedures that change some fields of a patient and leave the others alone. That the one for addresses takes more than the
 * home address is not known.
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
 * One procedure: the narrowest that covers the whole change, else `BP_UpdatePatient` with everything that it takes. What the
 * procedures return tells nothing; they raise an error when they cannot (B29).
 */
export async function updatePatient(
  connection: PracticeConnection,
  { patientId, details, fields: readBack = {} }: PatientChange,
): Promise<ChangedPatient> {
  mustBePossible(patientId, 'patient');
  mustBeHeldOfPatient(details);
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

import type { PatientDetails } from '../../domain/patient-writes.ts';
import { checkFits } from './held-values.ts';

// Rests on assumption B28.

/** A field of the port. Null for a parameter that the port does not have. */
type Field = keyof PatientDetails | null;

export interface PatientParameter {
  /** Without `@`. In upper case, it is the column of PATIENTS. E-mail has a table of its own. */
  readonly name: string;
  readonly field: Field;
  /** As a T-SQL type. */
  readonly type: string;
  /** The T-SQL constant for a new patient without this detail: what all public callers send. */
  readonly none: '0' | "''" | 'NULL';
}

interface PatientText extends PatientParameter {
  readonly width: number;
  /** Path in PatientDetails. */
  readonly path: readonly string[];
  read(details: Partial<PatientDetails>): string | null | undefined;
}

function text(
  name: string,
  width: number,
  path: readonly [keyof PatientDetails, ...string[]],
  read: PatientText['read'],
): PatientText {
  return { name, field: path[0], type: `VARCHAR(${width})`, none: "''", width, path, read };
}
const code = (name: string, field: Field): PatientParameter => ({ name, field, type: 'INT', none: '0' });
const date = (name: string, field: Field): PatientParameter => ({
  name,
  field,
  type: 'DATETIME',
  none: 'NULL',
});
const unknownText = (name: string, width: number): PatientParameter => ({
  name,
  field: null,
  type: `VARCHAR(${width})`,
  none: "''",
});

/**
 * Parameters of `BP_AddPatient` and `BP_UpdatePatient`, in order, with the widths of the columns. Parameters that some public
 * callers omit are left out (B28).
 */
export const patientParameters: readonly PatientParameter[] = [
  code('titlecode', 'title'),
  text('firstname', 40, ['firstName'], ({ firstName }) => firstName),
  text('middlename', 30, ['middleName'], ({ middleName }) => middleName),
  text('surname', 40, ['lastName'], ({ lastName }) => lastName),
  text('preferredname', 30, ['preferredName'], ({ preferredName }) => preferredName),
  text('address1', 40, ['address', 'line1'], ({ address }) => address?.line1),
  text('address2', 40, ['address', 'line2'], ({ address }) => address?.line2),
  text('city', 40, ['address', 'suburb'], ({ address }) => address?.suburb),
  text('postcode', 4, ['address', 'postcode'], ({ address }) => address?.postcode),
  text('postaladdress', 40, ['postalAddress', 'line1'], ({ postalAddress }) => postalAddress?.line1),
  text('postalcity', 40, ['postalAddress', 'suburb'], ({ postalAddress }) => postalAddress?.suburb),
  text('postalpostcode', 4, ['postalAddress', 'postcode'], ({ postalAddress }) => postalAddress?.postcode),
  date('dob', 'birthDate'),
  code('sexcode', 'sex'),
  text('homephone', 14, ['homePhone'], ({ homePhone }) => homePhone),
  text('workphone', 14, ['workPhone'], ({ workPhone }) => workPhone),
  text('mobilephone', 14, ['mobilePhone'], ({ mobilePhone }) => mobilePhone),
  text('medicareno', 13, ['medicare', 'number'], ({ medicare }) => medicare?.number),
  text(
    'medicarelineno',
    1,
    ['medicare', 'individualReferenceNumber'],
    ({ medicare }) => medicare?.individualReferenceNumber,
  ),
  text('medicareexpiry', 10, ['medicare', 'expiry'], ({ medicare }) => medicare?.expiry),
  code('pensioncode', null),
  unknownText('pensionno', 14),
  date('pensionexpiry', null),
  code('dvacode', 'dva'),
  text('dvano', 14, ['dva', 'number'], ({ dva }) => dva?.number),
  unknownText('recordno', 10),
  unknownText('externalid', 12),
  text('email', 250, ['email'], ({ email }) => email),
];

export function isPatientText(parameter: PatientParameter): parameter is PatientText {
  return 'read' in parameter;
}

/** Throws InvalidInput with all details that the columns of PATIENTS and EMAIL cannot hold. */
export function checkPatientFits(details: Partial<PatientDetails>): void {
  const texts = patientParameters.filter(isPatientText);
  checkFits(
    texts.map(({ path, width, read }) => ({ path, width, text: read(details) ?? null })),
    [{ path: ['birthDate'], date: details.birthDate ?? null }],
  );
}

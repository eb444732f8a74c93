/** A batch that looks up codes, reads the details that stay, calls a patient procedure, and selects the patient. */

import type { Cells } from '../../../engine/row-decoder.ts';
import type { Patient } from '../../domain/patient.ts';
import type { PatientDetails } from '../../domain/patient-writes.ts';
import type { Selection } from '../../domain/selection.ts';
import type { PracticeConnection, SqlStatement } from '../../halo-cloud/practice-connection.ts';
import { codesOf, currentRecord } from '../codes.ts';
import { SelectList } from '../columns.ts';
import { currentEmail, patientReader } from '../patient-columns.ts';
import type { Reader } from '../row.ts';
import { lines, Parameters } from '../statement.ts';
import { declarationOf, lookUp, lookUpsOf, refusalOf, refusals } from './patient-codes.ts';
import { isPatientText, type PatientParameter, patientParameters } from './patient-parameters.ts';
import { writeAndRead } from './procedure.ts';

interface PatientProcedure {
  readonly procedure: string;
  /** Null for a new patient. */
  readonly patientId: string | null;
  readonly details: Partial<PatientDetails>;
  /** The fields that the procedure takes. If absent, it takes all parameters, also those that the port does not have. */
  readonly fields?: readonly (keyof PatientDetails)[];
  readonly readBack: Selection;
}

interface PatientResult {
  /** The RETURN value of the procedure. */
  readonly returned: number | null;
  /** The changed or new patient. Null if no new patient was found. */
  readonly patientId: string | null;
  /** The patient after the change. Null if it is missing or cannot be read. */
  readonly patient: Patient | null;
}

/**
 * Details that are not given are passed as the database has them. Throws NotFound or InvalidInput if the batch finds no such
 * patient, title, sex or DVA card. The procedure is then not called.
 */
export async function runPatientProcedure(
  connection: PracticeConnection,
  call: PatientProcedure,
): Promise<PatientResult> {
  const list = new SelectList(codesOf(connection.codeOverrides));
  const refused = list.number('@refused');
  const returned = list.integer('@returned');
  const id = list.id('@id');
  const patient = patientReader(list, call.readBack);
  const { refusal, row, ...result } = await writeAndRead(connection, patientStatement(call, list), {
    columns: list,
    read: (cells) => ({
      row: cells,
      refusal: refusalOf(refused(cells)),
      returned: returned(cells),
      patientId: id(cells),
    }),
  });
  if (refusal) throw refusal;
  return { ...result, patient: readOrNull(patient, row) };
}

/** The change was made, even if the row cannot be read. */
function readOrNull(read: Reader<Patient | null>, row: Cells): Patient | null {
  try {
    return read(row);
  } catch {
    return null;
  }
}

function patientStatement(
  { procedure, patientId, details, fields }: PatientProcedure,
  list: SelectList,
): SqlStatement {
  const parameters = new Parameters();
  const id = patientId === null ? null : parameters.int('patientid', patientId);
  const codes = lookUpsOf(details, parameters, list.codes);
  const taken = patientParameters.filter(
    ({ field }) => fields === undefined || (field !== null && fields.includes(field)),
  );
  const isGiven = ({ field }: PatientParameter) => field !== null && details[field] !== undefined;
  const kept = id === null ? [] : taken.filter((parameter) => !isGiven(parameter));
  const argumentFor = (parameter: PatientParameter): string => {
    const { name, field, none } = parameter;
    if (!isGiven(parameter)) return id === null ? none : `@${name}`;
    if (isPatientText(parameter)) return parameters.text(name, parameter.read(details) ?? '');
    if (field === 'birthDate') return details.birthDate ? parameters.date(name, details.birthDate) : none;
    return `@${name}`;
  };
  const passed = taken.map((parameter) => `@${parameter.name} = ${argumentFor(parameter)}`);
  const declared = [...codes.map(declarationOf), ...kept.map(({ name, type }) => `@${name} ${type}`)];
  const own = ['@refused INT = 0', '@returned INT', `@id INT${id === null ? '' : ` = ${id}`}`];
  return parameters.call(
    lines(
      'SET NOCOUNT ON;',
      `DECLARE ${[...own, ...(id === null ? ['@before INT'] : []), ...declared].join(', ')};`,
      ...codes.map(lookUp),
      ...(id === null
        ? ['SELECT @before = COALESCE(MAX(p.INTERNALID), 0) FROM dbo.PATIENTS p;']
        : readKept(id, kept)),
      `IF @refused = 0 EXEC @returned = dbo.${procedure} ${[...(id === null ? [] : [`@patientid = ${id}`]), ...passed].join(', ')};`,
      ...(id === null ? findNewPatient(details) : []),
      `SELECT ${list.columns}`,
      'FROM (SELECT 1 AS one) x',
      `LEFT JOIN dbo.PATIENTS p ON p.INTERNALID = @id AND p.RECORDSTATUS = ${currentRecord}`,
      ...list.joins,
      ';',
    ),
    procedure,
  );
}

/**
 * Finds the patient that was added: the new row whose id the procedure returned, else the new row of that name and birth date,
 * else whatever id was returned.
 */
function findNewPatient({ birthDate }: Partial<PatientDetails>): readonly string[] {
  const isNew = 'FROM dbo.PATIENTS p WHERE @refused = 0 AND p.INTERNALID > @before';
  return [
    `SELECT @id = p.INTERNALID ${isNew} AND p.INTERNALID = @returned;`,
    `IF @id IS NULL SELECT @id = MAX(p.INTERNALID) ${isNew} AND p.SURNAME = @surname AND COALESCE(p.FIRSTNAME, '') = @firstname AND p.DOB ${birthDate ? '= @dob' : 'IS NULL'};`,
    'IF @id IS NULL AND @returned > 0 SET @id = @returned;',
  ];
}

/** Reads the details that stay into variables. Refuses if there is no such patient. */
function readKept(id: string, kept: readonly PatientParameter[]): readonly string[] {
  const patient = `FROM dbo.PATIENTS p WHERE p.INTERNALID = ${id} AND p.RECORDSTATUS = ${currentRecord}`;
  const columns = kept
    .filter(({ name }) => name !== 'email')
    .map(({ name }) => `@${name} = p.${name.toUpperCase()}`);
  return [
    `IF NOT EXISTS (SELECT 1 ${patient}) SET @refused = @refused + ${refusals.patient};`,
    ...(columns.length > 0 ? [`SELECT ${columns.join(', ')} ${patient};`] : []),
    ...(kept.some(({ name }) => name === 'email')
      ? [`SELECT @email = e.EMAIL FROM dbo.EMAIL e WHERE e.RECORDID = (${currentEmail(id)});`]
      : []),
  ];
}

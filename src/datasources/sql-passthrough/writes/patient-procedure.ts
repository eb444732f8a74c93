/** One text that calls a procedure of Bp Premier for a patient: looks up codes, reads what stays, calls, answers. */

import type { Cells } from '../../../engine/rows/cells.ts';
import type { PatientDetails } from '../../domain/patient-writes.ts';
import type { PracticeConnection, SqlStatement } from '../../halo-cloud/practice-connection.ts';
import { currentRecord } from '../codes.ts';
import { currentEmail } from '../patient-columns.ts';
import { Columns } from '../row.ts';
import { lines, Parameters } from '../statement.ts';
import { codesOf, declarationOf, lookUp, refusalOf, refusals } from './patient-codes.ts';
import { isPatientText, type PatientParameter, patientParameters } from './patient-parameters.ts';
import { writeAndRead } from './procedure.ts';

interface PatientProcedure {
  readonly procedure: string;
  /** Null: a new one. */
  readonly patientId: string | null;
  readonly details: Partial<PatientDetails>;
  /** The fields whose parameters the procedure takes; absent: all parameters, also those that the port does not know. */
  readonly fields?: readonly (keyof PatientDetails)[];
}

/**
 * What the procedure returned: of a new patient always a number. What the details do not tell is passed as the database has
 * it. Throws NotFound and InvalidInput where the text found no such patient, title, sex or DVA card: then nothing was called.
 */
export async function runPatientProcedure(
  connection: PracticeConnection,
  call: PatientProcedure,
): Promise<number | null> {
  const statement = patientStatement(call);
  const columns = new Columns();
  const refused = columns.number('refused');
  const newId = columns.number('returned');
  const anything = columns.integer('returned');
  const read = (row: Cells) => {
    const found = refusalOf(refused(row));
    const isNew = call.patientId === null && !found;
    return { refusal: found, returned: isNew ? newId(row) : anything(row) };
  };
  const { refusal, returned } = await writeAndRead(connection, statement, { columns, read });
  if (refusal) throw refusal;
  return returned;
}

function patientStatement({ procedure, patientId, details, fields }: PatientProcedure): SqlStatement {
  const parameters = new Parameters();
  const id = patientId === null ? null : parameters.int('patientid', patientId);
  const codes = codesOf(details, parameters);
  const taken = patientParameters.filter(
    ({ field }) => fields === undefined || (field !== null && fields.includes(field)),
  );
  const isTold = ({ field }: PatientParameter) => field !== null && details[field] !== undefined;
  const kept = id === null ? [] : taken.filter((parameter) => !isTold(parameter));
  const argumentFor = (parameter: PatientParameter): string => {
    const { name, field, none } = parameter;
    if (!isTold(parameter)) return id === null ? none : `@${name}`;
    if (isPatientText(parameter)) return parameters.text(name, parameter.read(details) ?? '');
    if (field === 'birthDate') return details.birthDate ? parameters.date(name, details.birthDate) : none;
    return `@${name}`;
  };
  const passed = taken.map((parameter) => `@${parameter.name} = ${argumentFor(parameter)}`);
  const declared = [...codes.map(declarationOf), ...kept.map(({ name, type }) => `@${name} ${type}`)];
  return parameters.call(
    lines(
      `DECLARE ${['@refused INT = 0', '@returned INT', ...declared].join(', ')};`,
      ...codes.map(lookUp),
      ...(id === null ? [] : readingOf(id, kept)),
      `IF @refused = 0 EXEC @returned = dbo.${procedure} ${[...(id === null ? [] : [`@patientid = ${id}`]), ...passed].join(', ')};`,
      'SELECT @refused AS refused, @returned AS returned;',
    ),
    procedure,
  );
}

/** Reads into variables what stays as it is, and refuses where there is no such patient. */
function readingOf(id: string, kept: readonly PatientParameter[]): readonly string[] {
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

import { isCurrent } from '../database/appointment-book.ts';
import { addPatientRecord, changePatientRecord } from '../database/patient-record.ts';
import type { PracticeDatabase } from '../database/practice-database.ts';
import type { Values } from '../database/write-row.ts';
import type { Arguments, Clock, Procedure, ProcedureParameter } from './procedure.ts';
import { mustNotBeNull, numberIn, parameter, parameterOf, raised, textIn } from './procedure-arguments.ts';
import { SqlServerError } from './sql-server-error.ts';

// Rests on assumptions S29 and S30.

const names = ['TITLECODE', 'FIRSTNAME', 'MIDDLENAME', 'SURNAME', 'PREFERREDNAME'] as const;
const home = ['ADDRESS1', 'ADDRESS2', 'CITY', 'POSTCODE'] as const;
const postal = ['POSTALADDRESS', 'POSTALCITY', 'POSTALPOSTCODE'] as const;
const contacts = ['HOMEPHONE', 'WORKPHONE', 'MOBILEPHONE'] as const;
const medicare = ['MEDICARENO', 'MEDICARELINENO', 'MEDICAREEXPIRY'] as const;
const pension = ['PENSIONCODE', 'PENSIONNO', 'PENSIONEXPIRY'] as const;
const dva = ['DVACODE', 'DVANO'] as const;
const optionalColumns = ['HEADOFFAMILYID', 'ETHNICCODE', 'CONSENTSMSREMINDER', 'NEXTOFKINID'] as const;

/** Codes whose tables the database holds PATIENTS to. */
const lookups: Readonly<Record<string, string>> = {
  TITLECODE: 'TITLES',
  SEXCODE: 'SEX',
  PENSIONCODE: 'PENSIONTYPE',
  DVACODE: 'DVATYPE',
};

const of = (columns: readonly string[], optional = false): ProcedureParameter[] =>
  columns.map((column) => parameterOf('PATIENTS', column, optional));
const email = parameterOf('EMAIL', 'EMAIL');
const patientid = parameter('@patientid');

const whole: readonly ProcedureParameter[] = [
  ...of([...names, ...home, ...postal, 'DOB', 'SEXCODE', ...contacts, ...medicare, ...pension, ...dva]),
  ...of(['RECORDNO', 'EXTERNALID']),
  email,
  ...of(optionalColumns, true),
  // Newer releases have these parameters. Their columns are not public, so they are ignored.
  parameter('@gendercode', 'int', true),
  parameter('@pronouncode', 'int', true),
];

/** The columns that the arguments name; what was left out is not among them. Throws 515 and 547. */
function columnsIn(args: Arguments, database: PracticeDatabase, action: 'INSERT' | 'UPDATE'): Values {
  const columns: Record<string, string | number | null> = {};
  for (const { name, kind } of whole) {
    const value = args[name];
    const column = name.slice(1).toUpperCase();
    if (value === undefined || name === '@email' || /^@(gender|pronoun)code$/.test(name)) continue;
    if (value === null && kind === 'int') throw mustNotBeNull(name);
    const table = lookups[column];
    if (
      table &&
      database.all(`SELECT 1 FROM ${table} WHERE ${column} = @code`, { '@code': value }).length === 0
    ) {
      throw new SqlServerError(
        547,
        `The ${action} statement conflicted with the FOREIGN KEY constraint. The conflict occurred in database "BPSPatients", table "dbo.${table}", column '${column}'.`,
      );
    }
    // All its texts are char(n), kept here without their blanks.
    columns[column] = typeof value === 'string' ? value.replace(/ +$/, '') : value;
  }
  return columns;
}

/** No address and an empty one are the same. */
function emailIn(args: Arguments): string | null {
  return textIn(args, '@email')?.trim() || null;
}

function change(args: Arguments, database: PracticeDatabase, now: Clock): { returned: number } {
  const id = numberIn(args, '@patientid');
  if (!isCurrent(database, 'PATIENTS', id))
    throw raised('The patient does not exist or is no longer current.');
  const address = args['@email'] === undefined ? undefined : emailIn(args);
  changePatientRecord(database, id, columnsIn(args, database, 'UPDATE'), address, { now: now(), by: 0 });
  return { returned: 1 };
}

function narrow(part: string, parameters: readonly ProcedureParameter[]): Procedure {
  return { name: `BP_UpdatePatient${part}`, parameters: [patientid, ...parameters], run: change };
}

/** The BP_* procedures that write patients. RETURN: the new INTERNALID, or 1 for what was changed. */
export const patientProcedures: readonly Procedure[] = [
  {
    name: 'BP_AddPatient',
    parameters: whole,
    run(args, database, now) {
      const columns = columnsIn(args, database, 'INSERT');
      return { returned: addPatientRecord(database, columns, emailIn(args), { now: now(), by: 0 }) };
    },
  },
  {
    name: 'BP_UpdatePatient',
    parameters: [patientid, ...whole, parameter('@emergencycontact', 'text', true)],
    run: change,
  },
  narrow('Medicare', of(medicare)),
  narrow('Pension', of(pension)),
  narrow('DVA', of(dva)),
  narrow('Contacts', of(contacts)),
  narrow('Address', [...of(home), ...of(postal, true)]),
  narrow('Email', [email]),
];

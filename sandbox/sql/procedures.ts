import { bookProcedures } from './book-procedures.ts';
import { freeAppointments } from './free-appointments.ts';
import { patientProcedures } from './patient-procedures.ts';
import type { Procedure } from './procedure.ts';
import type { ServerState } from './server-state.ts';
import { permissionDenied, SqlServerError } from './sql-server-error.ts';
import { troubled } from './troubled-procedure.ts';

// Rests on assumption S5.

const user = { name: '@userid', kind: 'int' } as const;
const date = { name: '@aptdate', kind: 'datetime' } as const;

const readProcedures: readonly Procedure[] = [
  {
    name: 'BP_GetFreeAppointments',
    parameters: [user, date],
    run: (args, database) => ({
      rows: freeAppointments(database, Number(args['@userid']), String(args['@aptdate']).slice(0, 10)),
    }),
  },
  {
    name: 'BP_GetAllUsers',
    parameters: [],
    run: () => ({
      select: `SELECT u.USERID AS UserID, u.SURNAME AS Surname, u.FIRSTNAME AS Firstname, g.GROUPNAME AS GroupName,
        u.APPOINTMENTS AS Appointments, u.LOCATIONID AS LocationID
        FROM USERS u JOIN USERGROUPS g ON g.GROUPCODE = u.GROUPCODE
        WHERE u.RECORDSTATUS = 1 AND u.USERSTATUS IN (1, 3) ORDER BY u.SURNAME, u.FIRSTNAME`,
    }),
  },
  {
    name: 'BP_GetPatientAppointments',
    parameters: [{ name: '@patientid', kind: 'int' }],
    // Patients who did not attend are missing from it, as client code found.
    run: () => ({
      select: `SELECT a.RECORDID AS RecordID, a.APPOINTMENTCODE AS AppointmentCode, a.APPOINTMENTDATE AS AppointmentDate,
        a.APPOINTMENTTIME AS AppointmentTime, a.APPOINTMENTTYPE AS AppointmentType, t.TITLE AS UserTitle, u.SURNAME AS UserSurname
        FROM APPOINTMENTS a JOIN USERS u ON u.USERID = a.USERID LEFT JOIN TITLES t ON t.TITLECODE = u.TITLECODE
        WHERE a.INTERNALID = @patientid AND a.RECORDSTATUS = 1 AND a.APPOINTMENTCODE <> 10
        ORDER BY a.APPOINTMENTDATE, a.APPOINTMENTTIME`,
    }),
  },
  {
    name: 'BP_IsAppointmentBooked',
    parameters: [user, date, { name: '@apttime', kind: 'int' }],
    run(args, database) {
      const found = database.all(
        `SELECT 1 FROM APPOINTMENTS WHERE USERID = :user AND APPOINTMENTDATE = :date AND APPOINTMENTTIME = :time
         AND RECORDSTATUS = 1 AND APPOINTMENTCODE = 1 LIMIT 1`,
        {
          ':user': args['@userid'] ?? null,
          ':date': `${String(args['@aptdate']).slice(0, 10)}T00:00:00`,
          ':time': args['@apttime'] ?? null,
        },
      );
      return { returned: found.length };
    },
  },
];

const writeProcedures = [...bookProcedures, ...patientProcedures];

/** All procedures that are spoken here. */
export const everyProcedure: readonly Procedure[] = [...readProcedures, ...writeProcedures];

const refused = /^(BP_(Add|Update|Set)\w*|sp_\w+|xp_\w+)$/i;

function isNamed(name: string): (procedure: Procedure) => boolean {
  return (procedure) => procedure.name.toLowerCase() === name.toLowerCase();
}

/** `BP_Nope` of `[dbo].[BP_Nope]`. */
export function bareName(name: string): string {
  return name.replace(/^.*\./, '').replaceAll(/[[\]]/g, '');
}

/** Whether this is one of the procedures that write. */
export function isWriteProcedure(name: string): boolean {
  return writeProcedures.some(isNamed(name));
}

/**
 * A procedure by its bare name, case aside. Throws 2812 for one that this server does not have, 229 for what
 * writes and is not spoken here.
 */
export function findProcedure(name: string, { missing = [], procedures }: ServerState): Procedure {
  const found = everyProcedure.find(isNamed(name));
  if (found && !missing.includes(found.name))
    return procedures && isWriteProcedure(name) ? troubled(found, procedures) : found;
  if (!found && refused.test(name)) throw permissionDenied('EXECUTE', name);
  throw new SqlServerError(2812, `Could not find stored procedure '${name}'.`);
}

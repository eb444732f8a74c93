import type { PracticeDatabase } from '../database/practice-database.ts';
import { freeAppointments } from './free-appointments.ts';
import { permissionDenied, SqlServerError } from './sql-server-error.ts';
import type { Kind, SqlValue } from './values.ts';

interface Outcome {
  readonly rows?: readonly Readonly<Record<string, string | number | null>>[];
  /** T-SQL whose result is the procedure's. */
  readonly select?: string;
  readonly returned?: number;
}

/** A BP_* procedure that reads. */
export interface Procedure {
  readonly name: string;
  /** Names in lower case with the at sign. */
  readonly parameters: readonly { readonly name: string; readonly kind: Kind }[];
  run(args: Readonly<Record<string, SqlValue>>, database: PracticeDatabase): Outcome;
}

const user = { name: '@userid', kind: 'int' } as const;
const date = { name: '@aptdate', kind: 'datetime' } as const;

const procedures: readonly Procedure[] = [
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

const writing = /^(BP_(Add|Update|Move|Cancel|Arrive|Unarrive|Confirm|Decline|Set)\w*|sp_\w+|xp_\w+)$/i;

/** A procedure by name, case aside. Throws 2812, or 229 for one that writes. */
export function findProcedure(name: string): Procedure {
  const found = procedures.find((procedure) => procedure.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  if (writing.test(name)) throw permissionDenied('EXECUTE', name);
  throw new SqlServerError(2812, `Could not find stored procedure '${name}'.`);
}

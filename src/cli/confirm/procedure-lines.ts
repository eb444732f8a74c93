import { patientParameters } from '../../datasources/sql-passthrough/writes/patient-parameters.ts';
import { cannotTell, fails, holds, type Line, toMaintainers } from './line.ts';
import type { Reading } from './reading.ts';

/** Only procedures that the login may see are listed. */
export const procedureReadings: readonly Reading[] = [
  {
    name: 'procedures',
    tables: [],
    sql: "SELECT o.name AS NAME, COUNT(p.name) AS N FROM sys.objects o LEFT JOIN sys.parameters p ON p.object_id = o.object_id WHERE o.type = 'P' AND o.name LIKE 'BP[_]%' GROUP BY o.name",
  },
  {
    name: 'parameters',
    tables: [],
    sql: "SELECT o.name + ' ' + p.name AS NAME, p.parameter_id AS N FROM sys.objects o JOIN sys.parameters p ON p.object_id = o.object_id WHERE o.type = 'P' AND o.name LIKE 'BP[_]%' AND p.parameter_id > 0",
  },
];

const patient = patientParameters.map(({ name }) => name);
const book = ['aptdate', 'apttime', 'aptlen', 'practitionerid', 'patientid', 'locationid'];

interface Called {
  readonly id: string;
  readonly about: string;
  readonly remedy: string;
  /** The parameters that are passed, by procedure. */
  readonly passed: Readonly<Record<string, readonly string[]>>;
}

const called: readonly Called[] = [
  {
    id: 'B20',
    about: 'BP_AddAppointment takes what is passed',
    remedy: `Bookings fail. ${toMaintainers}`,
    passed: { BP_AddAppointment: book },
  },
  {
    id: 'B22',
    about: 'BP_AddAppointmentEx takes what is passed',
    remedy:
      'Where it does not exist, BP_AddAppointment and BP_UpdateAppointment are called. Else bookings fail.',
    passed: { BP_AddAppointmentEx: [...book, 'appointmenttype', 'reason'] },
  },
  {
    id: 'B23',
    about: 'the procedures that change appointments take what is passed',
    remedy: `These changes fail. ${toMaintainers}`,
    passed: {
      BP_UpdateAppointment: ['aptid', 'apttype', 'aptlen', 'reason'],
      BP_MoveAppointment: ['aptid', 'aptdate', 'apttime', 'practitionerid', 'locationid'],
      BP_CancelAppointment: ['aptid'],
      BP_ArriveAppointment: ['aptid'],
      BP_UnarriveAppointment: ['aptid'],
    },
  },
  {
    id: 'B28',
    about: 'BP_AddPatient takes the 28 parameters',
    remedy: `New patients cannot be added by SQL Passthrough. ${toMaintainers}`,
    passed: { BP_AddPatient: patient },
  },
  {
    id: 'B29',
    about: 'the procedures that change patients take what is passed',
    remedy: `These changes fail. ${toMaintainers}`,
    passed: {
      BP_UpdatePatient: ['patientid', ...patient],
      BP_UpdatePatientAddress: ['patientid', 'address1', 'address2', 'city', 'postcode'],
      BP_UpdatePatientContacts: ['patientid', 'homephone', 'workphone', 'mobilephone'],
      BP_UpdatePatientEmail: ['patientid', 'email'],
      BP_UpdatePatientMedicare: ['patientid', 'medicareno', 'medicarelineno', 'medicareexpiry'],
      BP_UpdatePatientDVA: ['patientid', 'dvacode', 'dvano'],
    },
  },
];

export const procedureLines: readonly Line[] = called.map(({ id, about, remedy, passed }) => ({
  id,
  about,
  needs: ['procedures', 'parameters'],
  reads: `\`sys.parameters\` of ${Object.keys(passed)
    .map((name) => `\`${name}\``)
    .join(', ')}, where the login may see it`,
  remedy,
  verdict({ count }) {
    const procedures = new Set([...count('procedures').keys()].map((name) => name.toLowerCase()));
    if (procedures.size === 0) return cannotTell('The login sees no procedure of Bp Premier.');
    const parameters = new Set([...count('parameters').keys()].map((name) => name.toLowerCase()));
    const faults = Object.entries(passed).flatMap(([procedure, names]) => {
      if (!procedures.has(procedure.toLowerCase())) return [`${procedure} does not exist or is not granted`];
      const lacking = names.filter((name) => !parameters.has(`${procedure} @${name}`.toLowerCase()));
      return lacking.length === 0 ? [] : [`${procedure} has no @${lacking.join(', @')}`];
    });
    const more = Object.entries(passed).map(([procedure, names]) => {
      const own = [...parameters].filter((name) => name.startsWith(`${procedure.toLowerCase()} `)).length;
      return `${procedure} ${names.length} of ${own}`;
    });
    return faults.length === 0 ? holds(`Passed: ${more.join(', ')}.`) : fails(`${faults.join('; ')}.`);
  },
}));

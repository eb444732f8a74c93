/** Which answers of the port hold patients, and what of them goes on record. */
import type {
  Appointment,
  AppointmentQuery,
  Patient,
  PracticeData,
  Selection,
} from '../datasources/practice-data.ts';
import type { PatientAccess } from './patient-audit.ts';

/** Whether there can be a patient, or somebody's appointment, anywhere in a type. */
type CarriesPatients<T> = T extends readonly (infer Item)[]
  ? CarriesPatients<Item>
  : T extends Patient | Appointment
    ? true
    : T extends object
      ? true extends { [K in keyof T]-?: CarriesPatients<NonNullable<T[K]>> }[keyof T]
        ? true
        : false
      : false;

type Query<M extends keyof PracticeData> = Parameters<PracticeData[M]>[0];
type Answer<M extends keyof PracticeData> = Awaited<ReturnType<PracticeData[M]>>;

/** Null: nothing of a patient is in the answer. The compiler wants an entry for each method, and no null where that is not so. */
type AccessTable = {
  readonly [M in keyof PracticeData]: CarriesPatients<Answer<M>> extends true
    ? (query: Query<M>, answer: Answer<M>) => readonly PatientAccess[]
    : null;
};

export const patientAccesses: AccessTable = {
  appointments: (query, found) => appointmentsRead(query, found),
  appointmentTypes: null,
  availableSlots: null,
  patients: (query, found) => [
    {
      kind: 'PATIENTS',
      ids: found.map(({ pmsId }) => pmsId),
      patientIds: [],
      fields: pathsOf(query.fields),
      by: [...criteriaOf({ ...query, search: undefined }), ...criteriaOf(query.search ?? {})],
    },
  ],
  users: ({ appointments: query }, { appointments: found = [] }) =>
    query ? appointmentsRead(query, found) : [],
  providerNumbers: null,
  sessions: null,
  daysAway: null,
  locations: null,
  clinicHours: null,
  daysClosed: null,
};

/** Appointments, and the patients that came along with them. */
function appointmentsRead(
  query: Omit<AppointmentQuery, 'ids' | 'after'>,
  found: readonly Appointment[],
): readonly PatientAccess[] {
  const { patient: ofPatient, ...ofAppointment } = query.fields;
  const by = criteriaOf(query);
  const appointments: PatientAccess = {
    kind: 'APPOINTMENTS',
    ids: found.map(({ pmsId }) => pmsId),
    patientIds: found.flatMap(({ patientId }) => patientId ?? []),
    fields: pathsOf(ofAppointment),
    by,
  };
  const attached = found.flatMap(({ patient }) => patient?.pmsId ?? []);
  if (!ofPatient || attached.length === 0) return [appointments];
  const patients: PatientAccess = {
    kind: 'PATIENTS',
    ids: attached,
    patientIds: [],
    fields: pathsOf(ofPatient),
    by: ['appointments'],
  };
  return [appointments, patients];
}

/** What narrows a question down, by name. */
function criteriaOf(query: object): readonly string[] {
  const shape = new Set(['fields', 'limit', 'limitPer', 'after', 'afterId']);
  return Object.entries(query).flatMap(([name, value]) =>
    value === undefined || shape.has(name) ? [] : [name],
  );
}

/** The leaves of a selection: `['fullName', 'address.suburb']`. */
function pathsOf(fields: Selection, above = ''): readonly string[] {
  return Object.entries(fields).flatMap(([name, below]) =>
    Object.keys(below).length === 0 ? [above + name] : pathsOf(below, `${above}${name}.`),
  );
}

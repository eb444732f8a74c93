/** Which answers of the port hold patients, and what the audit records of them. */
import type { Appointment, AppointmentQuery } from '../../domain/appointment.ts';
import type { Patient } from '../../domain/patient.ts';
import type { Selection } from '../../domain/selection.ts';
import type { PracticeData } from '../port.ts';
import type { PatientAccess } from './patient-audit.ts';

/** Whether a type contains a patient or an appointment at any depth. */
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

/** Null: the answer holds no patient data. The compiler checks that each method has an entry, and that each null is right. */
type AccessTable = {
  readonly [M in keyof PracticeData]: CarriesPatients<Answer<M>> extends true
    ? (query: Query<M>, answer: Answer<M>) => readonly PatientAccess[]
    : null;
};

export const patientAccesses: AccessTable = {
  appointments: (query, found) => appointmentAccesses(query, found),
  appointmentTypes: null,
  availableSlots: null,
  factsForBooking: (_query, { patient, moving }) => [
    ...(patient ? [patientsRead([patient], { status: {} }, ['ids'])] : []),
    ...(moving ? appointmentAccesses({ fields: {} }, [moving]) : []),
  ],
  patients: (query, found) => [
    patientsRead(found, query.fields, criteriaOf(query.search ?? {}, criteriaOf(query))),
  ],
  users: ({ appointments: query }, { appointments: found = [] }) =>
    query ? appointmentAccesses(query, found) : [],
  providerNumbers: null,
  sessions: null,
  daysAway: null,
  locations: null,
  clinicHours: null,
  daysClosed: null,
};

function patientsRead(found: readonly Patient[], fields: Selection, by: readonly string[]): PatientAccess {
  return {
    kind: 'PATIENTS',
    ids: eachOnce(found, ({ pmsId }) => pmsId),
    patientIds: [],
    fields: pathsOf(fields),
    by,
  };
}

/** The record that a write read back in the same call. */
export function readBackAccesses(change: unknown, answer: unknown): readonly PatientAccess[] {
  const { fields } = change as { readonly fields?: Selection };
  const { appointment, patient } = (answer ?? {}) as {
    readonly appointment?: Appointment | null;
    readonly patient?: Patient | null;
  };
  if (!fields) return [];
  if (appointment) return appointmentAccesses({ fields }, [appointment]);
  return patient ? [patientsRead([patient], fields, ['ids'])] : [];
}

/** Appointments, and the patients that were loaded with them. */
export function appointmentAccesses(
  query: Omit<AppointmentQuery, 'ids' | 'after'>,
  found: readonly Appointment[],
): readonly PatientAccess[] {
  const { patient: ofPatient } = query.fields;
  const appointments: PatientAccess = {
    kind: 'APPOINTMENTS',
    // Each row of the book is another appointment.
    ids: found.map(({ pmsId }) => pmsId),
    patientIds: eachOnce(found, ({ patientId }) => patientId),
    fields: pathsOf(query.fields, 'patient'),
    by: criteriaOf(query),
  };
  if (!ofPatient || !found.some(({ patient }) => patient)) return [appointments];
  const patients: PatientAccess = {
    kind: 'PATIENTS',
    ids: areTheirOwn(found) ? appointments.patientIds : eachOnce(found, ({ patient }) => patient?.pmsId),
    patientIds: [],
    fields: pathsOf(ofPatient),
    by: ['appointments'],
  };
  return [appointments, patients];
}

/** Whether each loaded patient is the patient of its appointment. Then the ids need not be collected again. */
const areTheirOwn = (found: readonly Appointment[]): boolean =>
  found.every(({ patientId, patient }) => (patient?.pmsId ?? null) === patientId);

/** Each id once, in the order of its first row. */
function eachOnce<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string | null | undefined,
): readonly string[] {
  const ids = new Set<string>();
  for (const row of rows) {
    const id = idOf(row);
    if (id != null) ids.add(id);
  }
  return [...ids];
}

/** Parts of a query that are no criteria. The criteria in `search` are added separately. */
const shape: ReadonlySet<string> = new Set(['fields', 'limit', 'limitPer', 'after', 'afterId', 'search']);

/** Adds the names of a query's criteria to `criteria`. */
function criteriaOf(query: object, criteria: string[] = []): string[] {
  for (const name in query) {
    if (!shape.has(name) && (query as Record<string, unknown>)[name] !== undefined) criteria.push(name);
  }
  return criteria;
}

/** The paths of a selection's leaves, without one field: `['fullName', 'address.suburb']`. */
function pathsOf(fields: Selection, except?: string): readonly string[] {
  const paths: string[] = [];
  addPaths(fields, '', paths, except);
  return paths;
}

function addPaths(fields: Selection, above: string, paths: string[], except?: string): void {
  for (const name in fields) {
    if (name === except) continue;
    const below = fields[name];
    const before = paths.length;
    if (below) addPaths(below, `${above}${name}.`, paths);
    if (paths.length === before) paths.push(above + name);
  }
}

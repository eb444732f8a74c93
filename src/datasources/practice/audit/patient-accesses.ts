/** Which answers of the port hold patients, and what of them goes on record. */
import type { Appointment, AppointmentQuery } from '../../domain/appointment.ts';
import type { Patient } from '../../domain/patient.ts';
import type { Selection } from '../../domain/selection.ts';
import type { PracticeData } from '../port.ts';
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

/** What a write read back in the same call. */
export function readBackAccesses(told: unknown, answer: unknown): readonly PatientAccess[] {
  const { fields } = told as { readonly fields?: Selection };
  const { appointment, patient } = (answer ?? {}) as {
    readonly appointment?: Appointment | null;
    readonly patient?: Patient | null;
  };
  if (!fields) return [];
  if (appointment) return appointmentAccesses({ fields }, [appointment]);
  return patient ? [patientsRead([patient], fields, ['ids'])] : [];
}

/** Appointments, and the patients that came along with them. */
export function appointmentAccesses(
  query: Omit<AppointmentQuery, 'ids' | 'after'>,
  found: readonly Appointment[],
): readonly PatientAccess[] {
  const { patient: ofPatient } = query.fields;
  const appointments: PatientAccess = {
    kind: 'APPOINTMENTS',
    // Of a book's rows each is another appointment.
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

/** Whether the patients that came along are those whose appointments these are, so that they need not be collected again. */
const areTheirOwn = (found: readonly Appointment[]): boolean =>
  found.every(({ patientId, patient }) => (patient?.pmsId ?? null) === patientId);

/** In the order in which they came first. */
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

/** Says how an answer is made, not what is asked for; `search` has criteria of its own. */
const shape: ReadonlySet<string> = new Set(['fields', 'limit', 'limitPer', 'after', 'afterId', 'search']);

/** What narrows a question down, by name; added to those there are. */
function criteriaOf(query: object, criteria: string[] = []): string[] {
  for (const name in query) {
    if (!shape.has(name) && (query as Record<string, unknown>)[name] !== undefined) criteria.push(name);
  }
  return criteria;
}

/** The leaves of a selection, one field of it left out: `['fullName', 'address.suburb']`. */
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

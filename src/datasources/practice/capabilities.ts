/** What the sources of a practice support. */
import type { DataSource, PracticeOperation } from '../domain/pms.ts';
import type { ConnectedPractice } from '../halo-cloud/halo-session.ts';
import type { RefusalScope } from '../halo-cloud/sql/sql-refusals.ts';
import { writeOperations } from './port-methods.ts';
import type { Question } from './source-adapter.ts';
import { ifUnreadable, type Weighing, weighingOf, weighingOfWrite } from './weighing.ts';
import type { WriteQuestion } from './write-port.ts';

export interface Capability {
  readonly operation: PracticeOperation;
  /** Null: no source serves it at this site. */
  readonly source: DataSource | null;
  /** Why this source, or why there is none. */
  readonly reason: string | null;
}

export interface SiteCapabilities {
  readonly operations: readonly Capability[];
  /** Of the Bp Premier API's CapabilityStatement; null when it could not be read. */
  readonly fhirVersion: string | null;
  readonly serverVersion: string | null;
  /** Why another source is preferred to SQL Passthrough; absent while SQL Passthrough is not known to refuse. */
  readonly sqlRefused?: string;
}

/** The simplest question of each operation. `capabilities` states which source would get it. */
const simplestReads: Readonly<Partial<Record<PracticeOperation, Question>>> = {
  READ_APPOINTMENTS: { method: 'appointments', query: { from: '2026-01-01', to: '2026-01-01', fields: {} } },
  FIND_SLOTS: { method: 'availableSlots', query: { from: '2026-01-01', to: '2026-01-01' } },
  READ_PATIENTS: { method: 'patients', query: { fields: {} } },
  READ_USERS: { method: 'users', query: { fields: {} } },
  READ_CLINIC_HOURS: { method: 'clinicHours', query: undefined },
};

/** The simplest change of each operation. */
const simplestWrites: readonly WriteQuestion[] = [
  {
    method: 'bookAppointment',
    change: {
      patientId: '1',
      userId: '1',
      locationId: '1',
      date: '2026-01-01',
      seconds: 0,
      durationSeconds: 60,
      typeId: null,
      reason: null,
    },
  },
  { method: 'updatePatient', change: { patientId: '1', details: {} } },
  { method: 'updateUser', change: { userId: '1' } },
  { method: 'setClinicHours', change: { locationId: '1', week: [] } },
];

/** The source that would get a question or a change, and the reason. */
type SourceOf = (
  weighing: Weighing,
  scope: RefusalScope,
) => Promise<{ readonly source: DataSource | null; readonly reason: string }>;

/** @param connection null: no source is used */
export async function capabilitiesOf(
  connection: ConnectedPractice | null,
  sourceOf: SourceOf,
): Promise<Omit<SiteCapabilities, 'sqlRefused'>> {
  const fhir = connection && (await connection.capability().catch(ifUnreadable(null)));
  const reads = Object.entries(simplestReads) as [PracticeOperation, Question][];
  const operations = await Promise.all([
    ...reads.map(async ([operation, question]) => ({
      operation,
      ...(await sourceOf(weighingOf(question), question.method)),
    })),
    ...simplestWrites.map(async (write) => ({
      operation: writeOperations[write.method],
      ...(await sourceOf(weighingOfWrite(write), 'ALL')),
    })),
  ]);
  return {
    operations,
    fhirVersion: fhir?.fhirVersion ?? null,
    serverVersion: fhir?.serverVersion ?? null,
  };
}

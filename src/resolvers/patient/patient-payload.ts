import type { GraphContext } from '../../context.ts';
import type * as domain from '../../datasources/domain/index.ts';
import type { Practice } from '../../datasources/practice/practice.ts';
import type { Patient } from '../entities.ts';
import { type Readable, readBack } from '../writes/read-back.ts';

export interface PatientPayload {
  readonly patient: Patient;
}

/** The patient as recorded now. Null if there is none with this id. */
export async function patientNow(
  practice: Readable,
  id: string,
  fields: domain.Selection,
): Promise<domain.Patient | null> {
  const [found] = await practice.data.patients({ ids: [id], fields });
  return found ?? null;
}

/** The payload of a change: reads the patient after it. Throws as `readBack`. */
export async function patientPayload(
  context: GraphContext,
  practice: Practice,
  id: string,
  fields: domain.Selection,
  idempotencyKey: string | null = null,
): Promise<PatientPayload> {
  const data = await readBack(context, practice, (at) => patientNow(at, id, fields), idempotencyKey);
  return { patient: { kind: 'Patient', practice, data } };
}

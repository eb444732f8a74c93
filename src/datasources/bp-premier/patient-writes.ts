import type { PracticeConnection } from '../halo-cloud/practice-connection.ts';
import type { WriteBounds } from '../practice/source-adapter.ts';
import type { PracticeWrites } from '../practice/write-port.ts';
import { todayOf } from './current-entry.ts';
import { createResource, refusedNotTaken, updateResource } from './update-resource.ts';
import { newPatient, withDetails } from './write-patient.ts';

/** An update is two calls: a read and a write. */
export const patientWriteBounds = {
  addPatient: { calls: 1 },
  updatePatient: { calls: 2 },
} as const satisfies Partial<WriteBounds>;

/**
 * Creates and updates patients. Both are publicly documented. The practice's server refuses some fields "for business
 * reasons": PmsError.
 */
export function patientWrites(
  connection: PracticeConnection,
): Pick<PracticeWrites, 'addPatient' | 'updatePatient'> {
  return {
    async addPatient({ fields: _, ...details }) {
      return {
        patient: null,
        patientId: await refusedNotTaken(
          createResource(connection, newPatient(details, todayOf(connection))),
        ),
      };
    },
    async updatePatient({ patientId, details }) {
      await refusedNotTaken(
        updateResource(connection, 'Patient', patientId, 'The practice has no such patient.', (resource) =>
          withDetails(resource, details, todayOf(connection)),
        ),
      );
      return { patient: null };
    },
  };
}

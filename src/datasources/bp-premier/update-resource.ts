import { NotFound, PmsError, SlotTaken } from '../../errors.ts';
import type { FhirResource, PracticeConnection } from '../practice-connection.ts';
import { NoAnswer } from '../practice-writes.ts';
import { idChunks, idOf, unusable } from './references.ts';

/**
 * Reads a resource, changes it, and sends it back whole; nothing is sent where `change` gives null or the resource itself.
 * Throws NotFound with the words of `noSuch`.
 */
export async function updateResource(
  connection: PracticeConnection,
  resourceType: string,
  id: string,
  noSuch: string,
  change: (resource: FhirResource) => FhirResource | null,
): Promise<void> {
  const found = idChunks([id]).length === 0 ? null : await connection.fhirRead(resourceType, id);
  if (found === null) throw new NotFound({ message: noSuch });
  if (found.resourceType !== resourceType || idOf(found) !== id) throw unusable(found.resourceType, 'id');
  const wished = change(found);
  if (wished !== null && wished !== found) await connection.fhirUpdate(resourceType, id, wished);
}

/** Creates, and gives the new id. An answer that does not say it leaves only that open: it was created. */
export async function createResource(
  connection: PracticeConnection,
  resource: FhirResource,
): Promise<string> {
  const { resourceType } = resource;
  const sentAt = connection.now();
  const created = await connection.fhirCreate(resourceType, resource);
  try {
    if (created.resourceType !== resourceType) throw unusable(created.resourceType, 'resource type');
    return idOf(created);
  } catch (error) {
    throw new NoAnswer(sentAt, error);
  }
}

/** Where no time is asked for, a 409, which the connection throws as SlotTaken, has another reason. */
export async function refusedNotTaken<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    throw error instanceof SlotTaken ? new PmsError('http', 409, { cause: error }) : error;
  }
}

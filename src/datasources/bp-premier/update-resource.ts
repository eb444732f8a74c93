import { NotFound, PmsError, SlotTaken } from '../../errors.ts';
import type { FhirResource, FhirVersion, PracticeConnection } from '../halo-cloud/practice-connection.ts';
import { NoAnswer } from '../practice/write-port.ts';
import { idChunks, idOf, malformed } from './references.ts';

// Rests on assumption P6.

type Change = (resource: FhirResource) => FhirResource | null | Promise<FhirResource | null>;

/**
 * Reads a resource, changes it, and sends the whole resource back. Sends nothing when `change` returns null or the resource
 * itself. Changes of one resource run one after the other. Throws NotFound with the message `notFoundMessage`.
 */
export async function updateResource(
  connection: PracticeConnection,
  resourceType: string,
  id: string,
  notFoundMessage: string,
  change: Change,
): Promise<void> {
  if (idChunks([id]).length === 0) throw new NotFound({ message: notFoundMessage });
  const read = () => readForUpdate(connection, resourceType, id, notFoundMessage);
  await connection.inTurn(`${resourceType}/${id}`, async () => {
    try {
      await updateRead(connection, await read(), change, read);
    } catch (error) {
      // The resource was deleted after the read.
      throw error instanceof NotFound ? new NotFound({ message: notFoundMessage, cause: error }) : error;
    }
  });
}

/**
 * Changes a resource that was read in this turn. When another client has changed it since, it is read and changed once
 * more.
 */
export async function updateRead(
  connection: PracticeConnection,
  found: FhirVersion,
  change: Change,
  readAgain: () => Promise<FhirVersion>,
): Promise<void> {
  const send = async ({ resource, version }: FhirVersion) => {
    const changed = await change(resource);
    if (changed === null || changed === resource) return;
    await connection.fhirUpdate(resource.resourceType, idOf(resource), changed, version);
  };
  try {
    await send(found);
  } catch (error) {
    const isOutdated = error instanceof PmsError && error.errorType === 'http' && error.errorCode === 412;
    if (!isOutdated) throw error;
    await send(await readAgain());
  }
}

export async function readForUpdate(
  connection: PracticeConnection,
  resourceType: string,
  id: string,
  notFoundMessage: string,
): Promise<FhirVersion> {
  const found = await connection.fhirRead(resourceType, id);
  if (found === null) throw new NotFound({ message: notFoundMessage });
  const { resource } = found;
  if (resource.resourceType !== resourceType || idOf(resource) !== id) {
    throw malformed(resource.resourceType, 'id');
  }
  return found;
}

/** Creates a resource and returns its id. Throws NoAnswer when the answer has no id: the resource may exist. */
export async function createResource(
  connection: PracticeConnection,
  resource: FhirResource,
): Promise<string> {
  const { resourceType } = resource;
  const sentAt = connection.now();
  const created = await connection.fhirCreate(resourceType, resource);
  try {
    if (created.resourceType !== resourceType) throw malformed(created.resourceType, 'resource type');
    return idOf(created);
  } catch (error) {
    throw new NoAnswer(sentAt, error);
  }
}

/** For changes without a time. The connection throws SlotTaken for any 409, but here the 409 has another reason. */
export async function refusedNotTaken<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    throw error instanceof SlotTaken ? new PmsError('http', 409, { cause: error }) : error;
  }
}

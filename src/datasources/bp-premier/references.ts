import { UpstreamFailed } from '../../errors.ts';
import { type ReportsUnreadable, readRows } from '../domain/unreadable-rows.ts';
import type { PageBudget } from '../halo-cloud/page-budget.ts';
import type {
  FhirParameters,
  FhirResource,
  PracticeConnection,
  ReferenceKind,
} from '../halo-cloud/practice-connection.ts';
import { unreadableEntry } from '../halo-cloud/practice-connection.ts';
import { element, text } from './read-element.ts';

// Rests on assumptions F1, F3 and F7.

/** A FHIR id. Logical ids are the ids of the database (F1). Any other id exists nowhere and is not sent. */
const logicalId = /^[A-Za-z0-9.-]{1,64}$/;

/** The maximum number of ids in one request, and the requested page size (F3: a server may ignore `_count`). */
export const pageSize = 500;

/** A resource without a usable required field. */
export function malformed(resourceType: string, field: string): UpstreamFailed {
  return new UpstreamFailed(200, { detail: `FHIR ${resourceType} without a usable ${field}` });
}

/** The logical id. Throws UpstreamFailed when there is none. */
export function idOf(resource: Pick<FhirResource, 'resourceType' | 'id'>): string {
  const id = text(resource.id);
  if (id === null || !logicalId.test(id)) throw malformed(resource.resourceType, 'id');
  return id;
}

/** The id in a Reference to a resource of that type: relative, absolute or versioned; null for any other. */
export function referenceTo(resourceType: string, value: unknown): string | null {
  const path = text(element(value)?.reference)?.split('/_history/')[0]?.split('/') ?? [];
  const id = path.at(-1);
  return path.at(-2) === resourceType && id !== undefined && logicalId.test(id) ? id : null;
}

/** Each id once, in chunks of one request. */
export function idChunks(ids: readonly string[]): readonly (readonly string[])[] {
  const possible = [...new Set(ids)].filter((id) => logicalId.test(id));
  const chunks: string[][] = [];
  for (let from = 0; from < possible.length; from += pageSize)
    chunks.push(possible.slice(from, from + pageSize));
  return chunks;
}

/** The number of searches for a list of that length. One without a list. */
export const searchesFor = (ids: { readonly length: number } | undefined): number =>
  Math.max(1, Math.ceil((ids?.length ?? 1) / pageSize));

/** Reads every resource. Leaves out unreadable ones. Throws UpstreamFailed when they are more than half. */
export function readResources<T>(
  connection: ReportsUnreadable,
  resources: readonly FhirResource[],
  read: (resource: FhirResource) => T,
): T[] {
  return readRows(connection, resources, ({ resourceType, id }) => ({ table: resourceType, id }), read);
}

/** Ids as the value of a reference parameter, with the type, because servers may require it. */
export function referenceList(resourceType: string, ids: readonly string[]): string {
  return ids.map((id) => `${resourceType}/${id}`).join(',');
}

/**
 * All resources of that type in the answer, each with a usable id. Outcomes and other additions of the server are left out.
 * An entry that is not a resource counts as unreadable.
 */
export async function search(
  connection: PracticeConnection,
  resourceType: string,
  parameters: FhirParameters,
  what?: ReferenceKind | 'UNSHARED',
  budget?: PageBudget,
): Promise<readonly FhirResource[]> {
  const counted = parameters.some(([name]) => name === '_count');
  const found = await connection.fhirSearch(
    resourceType,
    counted ? parameters : [...parameters, ['_count', String(pageSize)]],
    what,
    budget,
  );
  const ofType = found.filter((resource) => {
    const found = element(resource)?.resourceType;
    return found === resourceType || found === unreadableEntry.resourceType;
  });
  return readResources(connection, ofType, (resource) => {
    idOf(resource);
    return resource;
  });
}

/** Resources by id. Resources with other ids are dropped. */
export async function searchByIds(
  connection: PracticeConnection,
  resourceType: string,
  ids: readonly string[],
  also: FhirParameters = [],
  what?: ReferenceKind,
): Promise<ReadonlyMap<string, FhirResource>> {
  const pages = await Promise.all(
    idChunks(ids).map((chunk) =>
      search(
        connection,
        resourceType,
        [['_id', chunk.join(',')], ...also, ['_count', String(chunk.length)]],
        what,
      ),
    ),
  );
  const wanted = new Set(ids);
  const found = pages.flat().map((resource) => [idOf(resource), resource] as const);
  return new Map(found.filter(([id]) => wanted.has(id)));
}

/** Whether this site's CapabilityStatement lists a search parameter. An unlisted one is never sent (F7). */
export async function listed(
  connection: PracticeConnection,
  resourceType: string,
  parameter: string,
): Promise<boolean> {
  return (await searchParametersOf(connection, resourceType))(parameter);
}

/** The same as a function, for several parameters. */
export async function searchParametersOf(
  connection: PracticeConnection,
  resourceType: string,
): Promise<(parameter: string) => boolean> {
  const offered = (await connection.capability()).resources.get(resourceType)?.searchParams;
  return (parameter) => offered?.has(parameter) ?? false;
}

/** Escapes a search value: comma, dollar, pipe and backslash have a meaning in FHIR searches. */
export function escaped(value: string): string {
  return value.replace(/[\\,$|]/g, '\\$&');
}

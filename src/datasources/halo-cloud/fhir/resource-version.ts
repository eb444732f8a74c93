import type { FhirResource } from '../practice-connection.ts';

/** The ETag that FHIR R4 gives the version of a resource; null where it names none. */
export function versionOf({ meta }: FhirResource): string | null {
  const { versionId } = (meta ?? {}) as { readonly versionId?: unknown };
  return typeof versionId === 'string' && /^[A-Za-z0-9.-]{1,64}$/.test(versionId) ? `W/"${versionId}"` : null;
}

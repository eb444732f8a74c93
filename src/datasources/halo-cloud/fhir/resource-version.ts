import type { FhirResource } from '../practice-connection.ts';

/** The ETag of a resource's `meta.versionId`, by the rule of FHIR R4; null without a version. */
export function versionOf({ meta }: FhirResource): string | null {
  const { versionId } = (meta ?? {}) as { readonly versionId?: unknown };
  return typeof versionId === 'string' && /^[A-Za-z0-9.-]{1,64}$/.test(versionId) ? `W/"${versionId}"` : null;
}

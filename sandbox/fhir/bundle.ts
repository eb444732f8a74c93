import type { PracticeSpec } from '../practices.ts';
import type { FhirResource } from './resource-kind.ts';

/** Links name another host than the sandbox's, as those of a server behind a gateway do. `.invalid` resolves nowhere. */
const publicHost = 'https://api.haloconnect.invalid';

interface Entry {
  readonly resource: FhirResource;
  readonly mode: 'match' | 'include';
}

interface Found {
  readonly type: string;
  readonly total: number;
  readonly entries: readonly Entry[];
  /** Token of the next page, if there is one. */
  readonly next?: string;
}

/** The base URL of the resources, as this server writes it. */
export function publicBase({ haloGuid }: PracticeSpec): string {
  return `${publicHost}/integrator/sites/${haloGuid}/fhir/R4/`;
}

/** A searchset. Its links carry no search values; a patient's details belong in no URL. */
export function searchset(practice: PracticeSpec, { type, total, entries, next }: Found): unknown {
  const base = publicBase(practice);
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total,
    link: [
      { relation: 'self', url: `${base}${type}` },
      ...(next ? [{ relation: 'next', url: `${base}${type}?ct=${next}` }] : []),
    ],
    ...(entries.length > 0 && {
      entry: entries.map(({ resource, mode }) => ({
        fullUrl: `${base}${resource.resourceType}/${resource.id}`,
        resource,
        search: { mode },
      })),
    }),
  };
}

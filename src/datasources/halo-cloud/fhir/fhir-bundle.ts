import { z } from 'zod';
import { type FhirResource, unreadableEntry } from '../practice-connection.ts';
import { shaped } from '../transport/malformed-response.ts';

export interface FhirPage {
  readonly resources: readonly FhirResource[];
  /** How many of them are matches. */
  readonly matches: number;
  /** The bundle's `next` link, unchanged. */
  readonly next: string | null;
  /** Matches on all pages together; null when the server does not say. */
  readonly total: number | null;
}

const text = z.string().nullish();
const resourceSchema = z.looseObject({
  resourceType: z.string(),
  id: text.transform((id) => id ?? undefined),
});
/** An entry that is not a resource does not make the bundle malformed. */
const unreadable = { ...unreadableEntry, id: undefined };
const bundleSchema = z.looseObject({
  resourceType: z.literal('Bundle'),
  total: z.unknown().optional(),
  entry: z
    .array(
      z
        .looseObject({
          resource: resourceSchema.nullish().catch(unreadable),
          search: z.looseObject({ mode: text }).nullish().catch(null),
        })
        .catch({ resource: unreadable, search: null }),
    )
    .nullish(),
  link: z.array(z.looseObject({ relation: text, url: text })).nullish(),
});

/** The matches of a search. Included resources (`search.mode`) are left out. */
export function readBundle(body: unknown): FhirPage {
  return pageOf(body, false);
}

function pageOf(body: unknown, withIncluded: boolean): FhirPage {
  const bundle = shaped(bundleSchema, body, 'a Bundle');
  const entries = (bundle.entry ?? []).filter(
    ({ resource, search }) =>
      resource && resource.resourceType !== 'OperationOutcome' && search?.mode !== 'outcome',
  );
  const matches = entries.filter(({ search }) => search?.mode !== 'include');
  return {
    resources: (withIncluded ? entries : matches).flatMap(({ resource }) => resource ?? []),
    matches: matches.length,
    next: bundle.link?.find(({ relation }) => relation === 'next')?.url ?? null,
    total: typeof bundle.total === 'number' ? bundle.total : null,
  };
}

/** Parses a response that is one resource. Throws MalformedResponse. */
export function readResource(body: unknown): FhirResource {
  return shaped(resourceSchema, body, 'a FHIR resource');
}

/** The result of an operation: all resources of a bundle, or one resource of any other type. */
export function readBundleOrResource(body: unknown): FhirPage {
  const resource = readResource(body);
  return resource.resourceType === 'Bundle'
    ? pageOf(body, true)
    : { resources: [resource], matches: 1, next: null, total: null };
}

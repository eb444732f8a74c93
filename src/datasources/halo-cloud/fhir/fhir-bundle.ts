import { z } from 'zod';
import { type FhirResource, unreadableEntry } from '../practice-connection.ts';
import { shaped } from '../transport/malformed-response.ts';

export interface FhirPage {
  readonly resources: readonly FhirResource[];
  /** How many of them are matches. */
  readonly matches: number;
  /** The bundle's `next` link as it stands there. */
  readonly next: string | null;
  /** Matches on all pages together, where the server says so. */
  readonly total: number | null;
}

const text = z.string().nullish();
const resourceSchema = z.looseObject({
  resourceType: z.string(),
  id: text.transform((id) => id ?? undefined),
});
/** One entry that is no resource does not cost the others. */
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

/** A search's answer: its matches. What the server includes besides (`search.mode`) was not searched for. */
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

/** An answer that is one resource. Throws MalformedResponse. */
export function readResource(body: unknown): FhirResource {
  return shaped(resourceSchema, body, 'a FHIR resource');
}

/** An operation's answer: a bundle with all that it includes, or one resource of any other type. */
export function readBundleOrResource(body: unknown): FhirPage {
  const resource = readResource(body);
  return resource.resourceType === 'Bundle'
    ? pageOf(body, true)
    : { resources: [resource], matches: 1, next: null, total: null };
}

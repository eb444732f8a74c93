import { z } from 'zod';
import { type FhirResource, unreadableEntry } from '../practice-connection.ts';
import { shaped } from './unusable.ts';

export interface FhirPage {
  readonly resources: readonly FhirResource[];
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

/** A search's answer: the bundle's resources but for those that only comment on the search. */
export function readBundle(body: unknown): FhirPage {
  const bundle = shaped(bundleSchema, body, 'a Bundle');
  const resources = (bundle.entry ?? [])
    .filter(({ search }) => search?.mode !== 'outcome')
    .flatMap(({ resource }) => (resource && resource.resourceType !== 'OperationOutcome' ? [resource] : []));
  return {
    resources,
    next: bundle.link?.find(({ relation }) => relation === 'next')?.url ?? null,
    total: typeof bundle.total === 'number' ? bundle.total : null,
  };
}

/** An answer that is one resource. Throws Unusable. */
export function readResource(body: unknown): FhirResource {
  return shaped(resourceSchema, body, 'a FHIR resource');
}

/** An operation's answer: a bundle, or one resource of any other type. */
export function readBundleOrResource(body: unknown): FhirPage {
  const resource = readResource(body);
  return resource.resourceType === 'Bundle'
    ? readBundle(body)
    : { resources: [resource], next: null, total: null };
}

import { UpstreamFailed } from '../../../errors.ts';
import { PageBudget } from '../page-budget.ts';
import type { FhirParameters, FhirResource } from '../practice-connection.ts';
import type { HaloCloud } from '../transport/client.ts';
import type { CallContext, UpstreamRead } from '../transport/upstream-call.ts';
import { type FhirPage, readBundle, readBundleOrResource } from './fhir-bundle.ts';

export const maxPages = 200;
/** The base path without the site, for the log. */
export const fhirTemplate = '/integrator/sites/{siteId}/fhir/R4';

export function fhirBase(haloGuid: string): string {
  return `/integrator/sites/${haloGuid}/fhir/R4`;
}

/** `POST {resource}/_search`: the parameters stay out of the URL. */
export function fhirSearchCall(
  haloGuid: string,
  resource: string,
  parameters: FhirParameters,
  unshared = false,
): UpstreamRead<FhirPage> {
  return {
    kind: 'fhir',
    unshared,
    method: 'POST',
    route: `${fhirTemplate}/${resource}/_search`,
    path: `${fhirBase(haloGuid)}/${resource}/_search`,
    haloGuid,
    statement: () => namesOf(parameters),
    body: { contentType: 'application/x-www-form-urlencoded', text: encoded(parameters) },
    read: readBundle,
  };
}

/** `GET {resource}/${operation}`: the parameters are in the URL. */
export function fhirOperationCall(
  haloGuid: string,
  resource: string,
  operation: string,
  parameters: FhirParameters,
): UpstreamRead<FhirPage> {
  const query = encoded(parameters);
  return {
    kind: 'fhir',
    method: 'GET',
    route: `${fhirTemplate}/${resource}/$${operation}`,
    path: `${fhirBase(haloGuid)}/${resource}/$${operation}${query && `?${query}`}`,
    haloGuid,
    statement: () => namesOf(parameters),
    read: readBundleOrResource,
  };
}

/**
 * Loads all pages, one call each. Throws ResultTooLarge when there are more pages than the budget. Throws UpstreamFailed for
 * a `next` link that repeats or leaves the FHIR API, and when the pages have fewer matches than the search counts.
 */
export async function allPages(
  halo: HaloCloud,
  first: UpstreamRead<FhirPage>,
  haloGuid: string,
  context: CallContext,
  budget = new PageBudget(maxPages),
): Promise<readonly FhirResource[]> {
  const resources: FhirResource[] = [];
  const followed = new Set<string>();
  let matches = 0;
  /** The lowest total of all pages, because the practice may change its data between pages. */
  let counted = Number.POSITIVE_INFINITY;
  let call = first;
  for (;;) {
    budget.take();
    const { resources: found, next, ...answer } = await halo.read(call, context);
    matches += answer.matches;
    counted = Math.min(counted, answer.total ?? counted);
    const refuse = (what: string): never => {
      context.log.warn(
        { requestId: context.requestId, route: call.route, haloGuid, what },
        'malformed response',
      );
      throw new UpstreamFailed(200, { detail: what, retryable: false });
    };
    for (const resource of found) resources.push(resource);
    if (next === null) {
      if (matches < counted && counted < Number.POSITIVE_INFINITY) {
        return refuse(`${matches} of ${counted} matches, and no next page`);
      }
      return resources;
    }
    const path = nextPath(next, haloGuid);
    if (path === undefined) return refuse('next link outside the FHIR API');
    if (followed.has(path)) return refuse('next link in a circle');
    followed.add(path);
    call = {
      kind: 'fhir',
      method: 'GET',
      route: `${fhirTemplate}/{fhirParameters}`,
      path,
      haloGuid,
      read: readBundle,
    };
  }
}

/**
 * Converts a `next` link to a path at the same site. It keeps only the path below `/fhir/R4` and the query. The host and
 * the path before `/fhir/R4` are ignored, because a server behind Halo Cloud may write its own address there (assumption
 * H8). Undefined for a path outside the FHIR API.
 */
export function nextPath(link: string, haloGuid: string): string | undefined {
  const base = fhirBase(haloGuid);
  if (!URL.canParse(link, `http://halo.invalid${base}/`)) return undefined;
  const { pathname, search } = new URL(link, `http://halo.invalid${base}/`);
  const below = /\/fhir\/R4(\/.*)?$/i.exec(pathname);
  return below ? `${base}${below[1] ?? ''}${search}` : undefined;
}

const namesOf = (parameters: FhirParameters): string => parameters.map(([name]) => name).join(', ');

function encoded(parameters: FhirParameters): string {
  return new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]))
    .toString()
    .replaceAll('+', '%20');
}

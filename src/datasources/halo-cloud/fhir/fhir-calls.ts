import { ResultTooLarge, UpstreamFailed } from '../../../errors.ts';
import type { FhirParameters, FhirResource } from '../practice-connection.ts';
import type { HaloCloud } from '../transport/client.ts';
import type { CallContext, UpstreamRead } from '../transport/upstream-call.ts';
import { type FhirPage, readBundle, readBundleOrResource } from './fhir-bundle.ts';

const maxPages = 200;
/** The path of the API with the site left out, for the log. */
export const fhirTemplate = '/integrator/sites/{siteId}/fhir/R4';

export function fhirBase(haloGuid: string): string {
  return `/integrator/sites/${haloGuid}/fhir/R4`;
}

/** `POST {resource}/_search`: what is searched for stays out of URLs. */
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
    body: { contentType: 'application/x-www-form-urlencoded', text: encoded(parameters) },
    read: readBundle,
  };
}

/** `GET {resource}/${operation}`: the parameters travel in the URL. */
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
    read: readBundleOrResource,
  };
}

/**
 * Every page from the first on, one call each. Throws ResultTooLarge above 200 pages, UpstreamFailed for a `next` link
 * that leads in a circle or out of the FHIR API, or for a search that counts more matches than its pages have.
 */
export async function allPages(
  halo: HaloCloud,
  first: UpstreamRead<FhirPage>,
  haloGuid: string,
  context: CallContext,
): Promise<readonly FhirResource[]> {
  const resources: FhirResource[] = [];
  const followed = new Set<string>();
  let matches = 0;
  /** Between pages the practice goes on working: the least that any page counts. */
  let counted = Number.POSITIVE_INFINITY;
  let call = first;
  for (let page = 1; page <= maxPages; page += 1) {
    const { resources: found, next, ...answer } = await halo.read(call, context);
    matches += answer.matches;
    counted = Math.min(counted, answer.total ?? counted);
    const refuse = (what: string): never => {
      context.log.warn(
        { requestId: context.requestId, route: call.route, haloGuid, what },
        'unusable answer',
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
  throw new ResultTooLarge({ detail: `more than ${maxPages} pages` });
}

/**
 * A `next` link as a path of ours: only its path and query count, below `/fhir/R4`, at the site that we are asking. The
 * host that it names is never asked, nor what stands before `/fhir/R4`: a server behind Halo Cloud may write its own
 * address there (assumption H8). Undefined for a path outside the FHIR API.
 */
export function nextPath(link: string, haloGuid: string): string | undefined {
  const base = fhirBase(haloGuid);
  if (!URL.canParse(link, `http://halo.invalid${base}/`)) return undefined;
  const { pathname, search } = new URL(link, `http://halo.invalid${base}/`);
  const below = /\/fhir\/R4(\/.*)?$/i.exec(pathname);
  return below ? `${base}${below[1] ?? ''}${search}` : undefined;
}

function encoded(parameters: FhirParameters): string {
  return new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]))
    .toString()
    .replaceAll('+', '%20');
}

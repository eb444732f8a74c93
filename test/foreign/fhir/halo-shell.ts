/**
 * A minimal Halo Cloud in front of an independent FHIR server: the look-up of a site and the paths of the FHIR API.
 * It adds what the memory repository lacks: validation, `next` links and ETags.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getStatus, normalizeOperationOutcome, validateResource } from '@medplum/core';
import { type FhirRequest, FhirRouter, MemoryRepository } from '@medplum/fhir-router';
import type { Bundle, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { type Capabilities, capabilityStatement, everything } from './capability-statement.ts';
import { indexR4 } from './r4.ts';

export const bpSiteId = '7001';
const haloGuid = '7f0e1d00-0000-4000-8000-000000007001';
const below = `/integrator/sites/${haloGuid}/fhir/R4/`;

export interface ShellOptions {
  readonly capabilities?: Capabilities;
  /** Refuses an update without `If-Match` with 428. */
  readonly demandsVersion?: boolean;
  /** Gives no ETag and no `meta.versionId`. */
  readonly withoutVersions?: boolean;
  /** The most resources on a page. @default as many as are requested */
  readonly maxCount?: number;
  /** Responds to every update with this status, and executes none. */
  readonly refusesUpdates?: number;
  /** Added to each page of a search as `include`. */
  readonly included?: readonly Resource[];
  /** Names no next page, however many matches there are. */
  readonly withoutNext?: boolean;
  /** Called before each request that reaches the FHIR server: `PUT Patient/1`. */
  readonly before?: (request: string, repository: MemoryRepository) => Promise<void> | void;
}

export interface HaloShell {
  readonly url: string;
  readonly repository: MemoryRepository;
  /** Requests that reached the FHIR server: `POST Patient/_search`. */
  readonly requests: readonly string[];
  /** The bodies of searches, decoded. */
  readonly searches: readonly URLSearchParams[];
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly etag?: string;
}

/** Starts the server and stores the resources as they are, with their ids. */
export async function startShell(
  resources: readonly Resource[],
  options: ShellOptions = {},
): Promise<HaloShell> {
  indexR4();
  const repository = new MemoryRepository();
  for (const resource of resources) {
    validateResource(resource);
    await repository.createResource(resource);
  }
  const requests: string[] = [];
  const searches: URLSearchParams[] = [];
  const fhir = new FhirRouter();

  async function answerFhir(method: string, path: string, headers: IncomingMessage['headers'], text: string) {
    const [pathname = '', query = ''] = path.split('?');
    const name = `${method} ${pathname}`;
    requests.push(name);
    await options.before?.(name, repository);
    const isSearch = pathname.endsWith('_search') || (method === 'GET' && query !== '');
    const form = new URLSearchParams(isSearch ? query || text : '');
    if (isSearch) searches.push(form);
    const body = isSearch ? fieldsOf(limited(form, options.maxCount)) : text ? JSON.parse(text) : undefined;
    if (method === 'PUT' && options.demandsVersion && !headers['if-match']) {
      return { status: 428, body: outcomeOf('If-Match is required') };
    }
    if (method === 'PUT' && options.refusesUpdates !== undefined) {
      return { status: options.refusesUpdates, body: outcomeOf('No updates here') };
    }
    try {
      if (!isSearch && body) validateResource(body as Resource);
    } catch (error) {
      return { status: 422, body: normalizeOperationOutcome(error) };
    }
    const request: FhirRequest = {
      method: (isSearch ? 'POST' : method) as FhirRequest['method'],
      url: isSearch && !pathname.endsWith('_search') ? `${pathname}/_search` : pathname,
      pathname: '',
      params: {},
      query: {},
      headers,
      body,
    };
    const [outcome, resource] = await fhir.handleRequest(request, repository);
    const status = getStatus(outcome);
    if (!resource) return { status, body: outcome };
    if (resource.resourceType === 'Bundle') {
      return { status, body: pageOf(resource, pathname, form, options) };
    }
    if (options.withoutVersions) return { status, body: withoutVersion(resource) };
    return { status, body: resource, etag: `W/"${resource.meta?.versionId}"` };
  }

  async function answer(request: IncomingMessage, text: string): Promise<Answer> {
    const { method = 'GET', url = '/', headers } = request;
    if (url.startsWith('/integrator/sites?')) {
      const wanted = new URL(url, 'http://shell').searchParams.get('practiceManagementSiteId');
      return { status: 200, body: { sites: wanted === bpSiteId ? [site()] : [] } };
    }
    if (url === `/integrator/sites/${haloGuid}`) return { status: 200, body: site() };
    if (url === `${below}metadata`) {
      return { status: 200, body: capabilityStatement(options.capabilities ?? everything) };
    }
    if (url.startsWith(below)) return answerFhir(method, url.slice(below.length), headers, text);
    const message = 'The server cannot find the requested resource.';
    return { status: 404, body: { error: { status: 404, statusText: 'Not Found', message } } };
  }

  const server = createServer((request, response) => {
    readText(request)
      .then((text) => answer(request, text))
      .then((given) => send(response, given))
      .catch((error: unknown) => send(response, { status: 500, body: normalizeOperationOutcome(error) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    repository,
    requests,
    searches,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function site() {
  return {
    id: haloGuid,
    pmsType: 'BestPractice',
    availability: 'online',
    status: 'active',
    haloLinkVersion: '26.713.10445',
    enrichedAt: '2026-01-01T00:00:00Z',
    catalogue: [{ name: 'BPSPatients', isDefault: true }],
    practiceMetadata: {
      pmsType: 'BestPractice',
      practiceName: 'Foreign Server Clinic',
      practiceManagementSiteId: bpSiteId,
      practiceManagementVersion: '1.0',
    },
    authoritative: true,
  };
}

function limited(form: URLSearchParams, maxCount: number | undefined): URLSearchParams {
  const count = Number(form.get('_count') ?? 20);
  const wanted = new URLSearchParams(form);
  wanted.set('_count', String(Math.min(count, maxCount ?? count)));
  return wanted;
}

function fieldsOf(form: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]));
}

/** The bundle with included resources, and a link to the next page. */
function pageOf(
  bundle: Bundle,
  pathname: string,
  form: URLSearchParams,
  { maxCount, included = [], withoutNext = false }: ShellOptions,
): Bundle {
  const offset = Number(form.get('_offset') ?? 0);
  const matches = bundle.entry ?? [];
  const page: Bundle = {
    ...bundle,
    entry: [...matches, ...included.map((resource) => ({ resource, search: { mode: 'include' as const } }))],
  };
  if (withoutNext || matches.length === 0 || offset + matches.length >= (bundle.total ?? 0)) return page;
  const next = limited(form, maxCount);
  next.set('_offset', String(offset + matches.length));
  const url = `https://practice.invalid/fhir/R4/${pathname.replace('/_search', '')}?${next}`;
  return { ...page, link: [{ relation: 'next', url }] };
}

function withoutVersion(resource: Resource): Resource {
  const { meta: _, ...rest } = resource;
  return rest as Resource;
}

function outcomeOf(text: string): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'conflict', details: { text } }],
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body, etag }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json', ...(etag && { etag }) });
  response.end(JSON.stringify(body));
}

import type { PracticeDatabase } from '../database/practice-database.ts';
import type { PracticeSpec } from '../practices.ts';
import { publicBase } from './bundle.ts';
import { capabilityStatement, kindAt, writesAt } from './capability.ts';
import { isSubset, pruned } from './elements.ts';
import { findFree } from './find-free.ts';
import {
  badResource,
  type FhirAnswer,
  FhirRefusal,
  malformedPath,
  methodNotAllowed,
  noSuchResource,
  notServed,
  outcomeOf,
} from './outcome.ts';
import type { Facade, FhirResource, ResourceKind } from './resource-kind.ts';
import { load, search } from './search.ts';
import { type Fields, isFields } from './sent-element.ts';

interface FhirRequest {
  readonly method: string;
  /** The path after `fhir/R4/`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The form of a POSTed `_search`. */
  readonly form: URLSearchParams;
  /** JSON of a resource that is to be written. */
  readonly body?: string;
}

/**
 * FHIR R4 over one practice's database: the documented part, and with `assumedFhir` the assumed part.
 * Errors of the caller are OperationOutcomes. Failures of the database are thrown.
 * `practice.haloGuid` is the GUID that links name; `now` is the wall time at a location (absent: midnight of `today`).
 */
export function handleFhir(
  request: FhirRequest,
  practice: PracticeSpec,
  database: PracticeDatabase,
  today: string,
  now: Facade['now'] = () => `${today}T00:00:00`,
): FhirAnswer {
  try {
    return answer(request, { practice, database, today, now });
  } catch (error) {
    if (error instanceof FhirRefusal) return outcomeOf(error);
    throw error;
  }
}

function answer({ method, path, query, form, body = '' }: FhirRequest, facade: Facade): FhirAnswer {
  const found = (resource: unknown): FhirAnswer => ({ status: 200, body: resource });
  const { type, rest } = parsePath(path);
  const get = method === 'GET';
  if (type === 'metadata') {
    if (rest !== undefined) throw malformedPath();
    if (!get) throw methodNotAllowed();
    return found(capabilityStatement(facade.practice, facade.today));
  }
  if (rest?.startsWith('$')) {
    if (!facade.practice.assumedFhir || type !== 'Slot' || rest !== '$find-free') {
      throw notServed('Operation is not supported');
    }
    if (!get) throw methodNotAllowed();
    return found(findFree(facade, query));
  }
  const kind = kindAt(facade.practice, type);
  if (!kind) throw notServed('Resource type is not supported');
  if (rest === undefined && get) return found(search(facade, kind, query));
  if (rest === '_search' && method === 'POST') {
    return found(search(facade, kind, new URLSearchParams([...query, ...form])));
  }
  if (method === 'POST' && rest === undefined) return create(facade, kind, body);
  if (method === 'PUT' && rest !== undefined && rest !== '_search') return update(facade, kind, rest, body);
  if (!get || rest === undefined || rest === '_search') throw methodNotAllowed();
  return found(read(facade, kind, rest, query));
}

function read(facade: Facade, kind: ResourceKind, id: string, query: URLSearchParams): unknown {
  const found = existing(facade, kind, id);
  const elements = facade.practice.assumedFhir ? (query.get('_elements')?.split(',') ?? []) : [];
  return pruned(found, elements);
}

function existing(facade: Facade, kind: ResourceKind, id: string): FhirResource {
  const [found] = load(facade, kind, [id]);
  if (!found) throw noSuchResource(kind.type);
  return found;
}

function create(facade: Facade, kind: ResourceKind, body: string): FhirAnswer {
  const id = writesAt(facade.practice, kind)?.create?.(parseResource(kind, body), facade);
  if (id === undefined) throw methodNotAllowed();
  const location = `${publicBase(facade.practice)}${kind.type}/${id}`;
  return { status: 201, headers: { location }, body: existing(facade, kind, id) };
}

/** An id that does not exist is not created. */
function update(facade: Facade, kind: ResourceKind, id: string, body: string): FhirAnswer {
  const writes = writesAt(facade.practice, kind);
  if (!writes) throw methodNotAllowed();
  const current = existing(facade, kind, id);
  const resource = parseResource(kind, body);
  if (resource.id !== id) throw badResource(`${kind.type}.id is not that of the URL`);
  if (isSubset(resource)) throw badResource('The resource is only a part of one (SUBSETTED)');
  writes.update(current, resource, facade);
  return { status: 200, body: existing(facade, kind, id) };
}

function parseResource({ type }: ResourceKind, body: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw badResource('The body is not JSON');
  }
  if (!isFields(parsed) || parsed.resourceType !== type) throw badResource(`The body is no ${type}`);
  return parsed;
}

/** `Type`, `Type/id`, `Type/_search`, `Type/$operation`, `metadata`; anything else cannot be parsed. */
function parsePath(path: string): { readonly type: string; readonly rest?: string | undefined } {
  const match = /^(metadata|[A-Z][A-Za-z]*)(?:\/(_search|\$[a-z-]+|[A-Za-z0-9.-]{1,64}))?$/.exec(
    decoded(path),
  );
  const [, type, rest] = match ?? [];
  if (type === undefined) throw malformedPath();
  return { type, rest };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw malformedPath();
  }
}

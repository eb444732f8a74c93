import type { PracticeDatabase } from '../database/practice-database.ts';
import type { PracticeSpec } from '../practices.ts';
import { capabilityStatement, kindAt } from './capability.ts';
import { pruned } from './elements.ts';
import { findFree } from './find-free.ts';
import {
  type FhirAnswer,
  FhirRefusal,
  malformedPath,
  methodNotAllowed,
  noSuchResource,
  notServed,
  outcomeOf,
} from './outcome.ts';
import type { Facade, ResourceKind } from './resource-kind.ts';
import { load, search } from './search.ts';

interface FhirRequest {
  readonly method: string;
  /** What follows `fhir/R4/`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Of a POSTed `_search`. */
  readonly form: URLSearchParams;
}

/**
 * FHIR R4 over one practice's database: what is documented publicly, and where `assumedFhir` is set what is assumed.
 * Everything that goes wrong on the caller's side is an OperationOutcome; failures of the database are thrown.
 * `practice.haloGuid` is the GUID that links name.
 */
export function handleFhir(
  request: FhirRequest,
  practice: PracticeSpec,
  database: PracticeDatabase,
  today: string,
): FhirAnswer {
  try {
    return { status: 200, body: answer(request, { practice, database, today }) };
  } catch (error) {
    if (error instanceof FhirRefusal) return outcomeOf(error);
    throw error;
  }
}

function answer({ method, path, query, form }: FhirRequest, facade: Facade): unknown {
  const { type, rest } = parsePath(path);
  const get = method === 'GET';
  if (type === 'metadata') {
    if (rest !== undefined) throw malformedPath();
    if (!get) throw methodNotAllowed();
    return capabilityStatement(facade.practice, facade.today);
  }
  if (rest?.startsWith('$')) {
    if (!facade.practice.assumedFhir || type !== 'Slot' || rest !== '$find-free') {
      throw notServed('Operation is not supported');
    }
    if (!get) throw methodNotAllowed();
    return findFree(facade, query);
  }
  const kind = kindAt(facade.practice, type);
  if (!kind) throw notServed('Resource type is not supported');
  if (rest === undefined && get) return search(facade, kind, query);
  if (rest === '_search' && method === 'POST') {
    return search(facade, kind, new URLSearchParams([...query, ...form]));
  }
  if (!get || rest === undefined || rest === '_search') throw methodNotAllowed();
  return read(facade, kind, rest, query);
}

function read(facade: Facade, kind: ResourceKind, id: string, query: URLSearchParams): unknown {
  const [found] = load(facade, kind, [id]);
  if (!found) throw noSuchResource(kind.type);
  const elements = facade.practice.assumedFhir ? (query.get('_elements')?.split(',') ?? []) : [];
  return pruned(found, elements);
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

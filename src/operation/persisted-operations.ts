/** Persisted operations of front ends, by the hash that graphql-codegen computes. */
import { OperationTypeNode, parse, validate } from 'graphql';
import { z } from 'zod';
import { schema } from '../schema/index.ts';
import type { Params } from './read-params.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The operations that a request can refer to by id instead of sending a document. */
export interface KnownOperations {
  /** Documents by their ids. */
  readonly byId: ReadonlyMap<string, string>;
  /** Ids of operations whose variables are allowed in the URL of a GET. @default none */
  readonly safeForGet?: ReadonlySet<string>;
  /** Whether all other operations are refused. */
  readonly only: boolean;
}

const text = z.string().min(1);
const fileSchema = z.record(
  text,
  z.union([text, z.strictObject({ document: text, safeForGet: z.boolean().optional() })]),
);

export interface PersistedOperations extends Required<Omit<KnownOperations, 'only'>> {
  /** One line for each faulty operation. Faulty operations are not in the map. */
  readonly faults: readonly string[];
}

/**
 * Parses `{ "<hash>": "<document>" }`, the format of the client preset's `persisted-documents.json`, or
 * `{ "<hash>": { "document": "<document>", "safeForGet": true } }`.
 */
export function parsePersistedOperations(text: string): PersistedOperations {
  const byId = new Map<string, string>();
  const safeForGet = new Set<string>();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { byId, safeForGet, faults: ['is not JSON.'] };
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success)
    return { byId, safeForGet, faults: ['must be an object of documents by their hashes.'] };
  const faults: string[] = [];
  for (const [id, entry] of Object.entries(parsed.data)) {
    const { document, safeForGet: safe = false } = typeof entry === 'string' ? { document: entry } : entry;
    const fault = faultOf(document, safe);
    if (fault !== undefined) faults.push(`${id}: ${fault}`);
    else {
      byId.set(bareId(id), document);
      if (safe) safeForGet.add(bareId(id));
    }
  }
  return { byId, safeForGet, faults };
}

/** The document that the request contains or refers to. */
export function sentDocument(params: Params, known: KnownOperations | undefined): string {
  if (params.query !== undefined) {
    if (!known?.only) return params.query;
    throw refuse(
      'PERSISTED_OPERATIONS_ONLY',
      'This server accepts only persisted operations: send a `documentId` instead of a `query`.',
    );
  }
  const id = idOf(params);
  if (id === undefined || (!known && params.documentId !== undefined)) throw nothingSent(known);
  const document = known?.byId.get(id);
  if (document !== undefined) return document;
  if (params.documentId === undefined) throw unknownHash(known);
  throw refuse(
    'PERSISTED_OPERATION_UNKNOWN',
    'This server does not know that operation. Was it deployed with the operations of this version?',
  );
}

/** The id in a request: `documentId` (GraphQL over HTTP), or the hash of Apollo's clients. */
export function idOf({ documentId, extensions }: Params): string | undefined {
  if (documentId !== undefined) return bareId(documentId);
  const { sha256Hash } = (extensions?.persistedQuery ?? {}) as { readonly sha256Hash?: unknown };
  return typeof sha256Hash === 'string' ? bareId(sha256Hash) : undefined;
}

/** Apollo's messages and codes. Apollo's clients then send the document itself. */
function unknownHash(known: KnownOperations | undefined): Refusal {
  return known
    ? refuse('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', { spec: true })
    : refuse('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', { spec: true });
}

const nothingSent = (known: KnownOperations | undefined): Refusal =>
  known
    ? refuse('BAD_REQUEST', 'Send a `query`, or the `documentId` of a persisted operation.', {
        status: 400,
      })
    : refuse('BAD_REQUEST', 'Must provide query string.', { spec: true });

/** GraphQL over HTTP writes `sha256:<hex>`, Apollo's clients only the hex. */
const bareId = (id: string): string => id.replace(/^sha256:/, '');

function faultOf(text: string, safeForGet: boolean): string | undefined {
  try {
    const document = parse(text);
    const writes = document.definitions.some(
      (each) => each.kind === 'OperationDefinition' && each.operation !== OperationTypeNode.QUERY,
    );
    if (safeForGet && writes) return 'only a query can be safe for GET.';
    return validate(schema, document)[0]?.message;
  } catch (error) {
    return (error as Error).message;
  }
}

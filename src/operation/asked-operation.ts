import { bareId } from '../persisted-operations.ts';
import type { KnownOperations } from './persisted-operations.ts';
import { isText } from './use-readable-requests.ts';

/** What the body of a request asks for. */
export interface AskedOperation {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const names: ReadonlySet<string> = new Set([
  'query',
  'documentId',
  'operationName',
  'variables',
  'extensions',
]);

/** Undefined for anything that is not plainly an operation: the whole pipeline says what is wrong with it. */
export function askedOperation(body: string, known: KnownOperations | undefined): AskedOperation | undefined {
  const asked = parsed(body);
  if (!isObject(asked) || !Object.keys(asked).every((name) => names.has(name))) return undefined;
  const { operationName, variables, extensions } = asked;
  if (!isAbsent(operationName) && typeof operationName !== 'string') return undefined;
  if (!isAbsent(variables) && !(isObject(variables) && isText(variables))) return undefined;
  if (!isAbsent(extensions) && !isObject(extensions)) return undefined;
  const text = textOf(asked, known);
  if (text === undefined) return undefined;
  return { text, operationName: operationName ?? undefined, variables: variables ?? undefined };
}

function textOf({ query, documentId }: Json, known: KnownOperations | undefined): string | undefined {
  if (isAbsent(query))
    return typeof documentId === 'string' ? known?.byId.get(bareId(documentId)) : undefined;
  if (typeof query !== 'string' || query === '' || known?.only) return undefined;
  return query;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

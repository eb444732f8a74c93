import { holdsMoreValues } from '../lib/json-values.ts';
import { type Refusal, refuse } from './refusal.ts';

type Json = Readonly<Record<string, unknown>>;

/** The validated parameters of a GraphQL request over HTTP. */
export interface Params {
  readonly query: string | undefined;
  readonly documentId: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Json | undefined;
  readonly extensions: Json | undefined;
}

const names: ReadonlySet<string> = new Set([
  'query',
  'documentId',
  'operationName',
  'variables',
  'extensions',
]);

/** More than any operation needs: a SQL statement with 2,100 parameters has 13,000 values. */
const maxValues = 25_000;

/** Whether a JSON text has more values than any operation needs. Parsed values take far more memory than their text. */
export const holdsTooManyValues = (json: string): boolean => holdsMoreValues(json, maxValues);

/** Parses a JSON body. The refusal does not quote the body. */
export function paramsInJson(body: string): unknown {
  if (holdsTooManyValues(body)) {
    throw refuse('REQUEST_ENTITY_TOO_LARGE', `The request body contains more than ${maxValues} values.`, {
      status: 413,
    });
  }
  try {
    return JSON.parse(body);
  } catch {
    throw bad('POST body sent invalid JSON.');
  }
}

/** Checks the parameters of a body or a URL. */
export function readParams(params: unknown): Params {
  if (Array.isArray(params)) throw bad('Batching is not supported.');
  if (!isObject(params)) {
    throw bad(`POST body is expected to be object but received ${typeName(params)}`);
  }
  for (const [name, value] of Object.entries(params)) {
    if (!isAbsent(value) && !names.has(name)) {
      throw bad(`Unexpected parameter "${name.slice(0, 100)}" in the request body.`);
    }
  }
  const { query, documentId, operationName, variables, extensions } = params;
  return {
    query: text('query', query),
    documentId: text('documentId', documentId),
    operationName: text('operationName', operationName),
    variables: object('variables', variables),
    extensions: object('extensions', extensions),
  };
}

function text(name: string, value: unknown): string | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value === 'string') return value;
  throw bad(`Expected "${name}" param to be a string, but given ${typeName(value)}.`);
}

function object(name: string, value: unknown): Json | undefined {
  if (isAbsent(value)) return undefined;
  if (!isObject(value)) {
    throw bad(`Expected "${name}" param to be empty or an object, but given ${typeName(value)}.`);
  }
  if (name === 'variables' && !isText(value))
    throw bad('The variables contain a lone surrogate, which is not valid Unicode.');
  return value;
}

/** JSON can contain a lone surrogate such as `"\ud800"`. It is not valid Unicode, and URLs and databases reject it. */
function isText(json: object): boolean {
  // Not recursive, because the values may be nested very deeply.
  const left = [json];
  for (let value = left.pop(); value; value = left.pop()) {
    const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    for (const part of parts) {
      if (typeof part === 'string' && !part.isWellFormed()) return false;
      if (typeof part === 'object' && part !== null) left.push(part);
    }
  }
  return true;
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typeName = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

const bad = (message: string): Refusal => refuse('BAD_REQUEST', message);

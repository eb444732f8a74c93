import { createGraphiQLFetcher, type Fetcher, type FetcherOpts, type FetcherParams } from '@graphiql/toolkit';
import { Kind, parse } from 'graphql';
import { createClient } from 'graphql-sse';
import type { HaloExtension } from '../../src/operation/halo-extension.ts';
import { createStore } from './external-store.ts';

/** The last response of an operation that the visitor ran. */
export interface LastResponse {
  readonly halo: HaloExtension;
  /** Milliseconds from the request to the response, as the browser sees them. */
  readonly ms: number;
}

export const lastResponse = createStore<LastResponse | null>(null);
/** Whether operations request an explanation. */
export const explains = createStore(false);
/** An API key or a token. It is kept in the memory of this page alone. */
export const credential = createStore('');
/** Whether the server refused the last request because of its credential. */
export const isRefused = createStore(false);

const url = window.location.pathname;

async function send(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const key = credential.get();
  if (key !== '' && !headers.has('authorization')) headers.set('authorization', `Bearer ${key}`);
  if (explains.get() && !headers.has('x-halo-explain')) headers.set('x-halo-explain', 'true');
  const response = await fetch(input, { ...init, headers });
  isRefused.set(response.status === 401);
  return response;
}

const byPost = createGraphiQLFetcher({ url, fetch: send, enableIncrementalDelivery: false });
const events = createClient({ url, fetchFn: send });

/** Sends what GraphiQL runs, and notes the cost of its response. */
export const fetcher: Fetcher = (given, options = {}) => {
  if (given.operationName === 'IntrospectionQuery') return byPost(given, options);
  const { name, type } = operationIn(given);
  const params = { ...given, operationName: name };
  return type === 'subscription'
    ? noted(events.iterate({ ...params, operationName: name ?? undefined }))
    : ran(params, options);
};

async function ran(params: FetcherParams, options: FetcherOpts) {
  const startedAt = performance.now();
  const result = await byPost(params, options);
  note(result, performance.now() - startedAt);
  return result;
}

async function* noted<T>(results: AsyncIterable<T>) {
  const startedAt = performance.now();
  for await (const result of results) {
    note(result, performance.now() - startedAt);
    yield result;
  }
}

function note(result: unknown, ms: number): void {
  const { extensions } = result as { readonly extensions?: { readonly halo?: HaloExtension } };
  if (extensions?.halo) lastResponse.set({ halo: extensions.halo, ms: Math.round(ms) });
}

interface NamedOperation {
  readonly name: FetcherParams['operationName'];
  readonly type: string | undefined;
}

/**
 * The operation to run, by the text that is sent. For a moment after a change to another tab, GraphiQL still names the
 * operation of the tab before, and has that tab's document. Then the only operation of this tab is meant, or its first query;
 * a mutation is never guessed.
 */
function operationIn({ query, operationName }: FetcherParams): NamedOperation {
  const operations = operationsIn(query);
  const only = operations.length === 1 ? operations[0] : undefined;
  const meant =
    operations.find(({ name }) => name !== undefined && name === operationName) ??
    (operationName ? (only ?? operations.find(({ type }) => type === 'query')) : only);
  return { name: meant?.name ?? operationName, type: meant?.type };
}

/** Empty for a document with a syntax error, which the server reports. */
function operationsIn(query: string): readonly NamedOperation[] {
  try {
    return parse(query).definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION ? [{ type: each.operation, name: each.name?.value }] : [],
    );
  } catch {
    return [];
  }
}

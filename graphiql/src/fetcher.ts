import { createGraphiQLFetcher, type Fetcher, type FetcherOpts, type FetcherParams } from '@graphiql/toolkit';
import { getOperationAST } from 'graphql';
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
export const fetcher: Fetcher = (params, options = {}) => {
  if (isSubscription(params, options))
    return noted(events.iterate({ ...params, operationName: params.operationName ?? undefined }));
  return params.operationName === 'IntrospectionQuery' ? byPost(params, options) : ran(params, options);
};

async function ran(params: FetcherParams, options: FetcherOpts) {
  const startedAt = performance.now();
  const result = await byPost({ ...params, operationName: operationIn(params) }, options);
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

/**
 * For a moment after a turn to another tab, GraphiQL still names the operation of the tab before. Then the only operation of
 * this tab is meant, or its first query; a change is never guessed.
 */
function operationIn({ query, operationName }: FetcherParams): FetcherParams['operationName'] {
  const operations = [...query.matchAll(/^\s*(query|mutation|subscription)\s+(\w+)/gm)];
  if (!operationName || operations.some(([, , name]) => name === operationName)) return operationName;
  const meant = operations.length === 1 ? operations[0] : operations.find(([, type]) => type === 'query');
  return meant?.[2] ?? operationName;
}

function isSubscription({ operationName }: FetcherParams, { documentAST }: FetcherOpts): boolean {
  return (
    documentAST !== undefined && getOperationAST(documentAST, operationName)?.operation === 'subscription'
  );
}

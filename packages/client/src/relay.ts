/** A fetch function for Relay. */
import type { FetchFunction, GraphQLResponse } from 'relay-runtime';
import { type GraphQLErrorEntry, haloErrors } from './errors.ts';

export interface FetchOptions {
  /** Such as `https://halo-graph.example/graphql`. */
  readonly url: string;
  /** Called before each request, so that the credential can be renewed. */
  readonly headers?: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /** @default the global one */
  readonly fetch?: typeof fetch;
}

/**
 * For `Network.create(haloFetch({ url }))`. A query with an error in its response is rejected with that error, and
 * the store is not changed: the screen keeps its data if a poll fails.
 */
export function haloFetch({ url, headers, fetch: send = fetch }: FetchOptions): FetchFunction {
  return async ({ text, operationKind }, variables): Promise<GraphQLResponse> => {
    const response = await send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...(await headers?.()) },
      body: JSON.stringify({ query: text, variables }),
    });
    const answer = (await response.json()) as GraphQLResponse & { errors?: GraphQLErrorEntry[] };
    if (operationKind === 'query' && answer.errors && answer.errors.length > 0) {
      throw haloErrors(answer)[0] ?? new Error(answer.errors[0]?.message);
    }
    return answer;
  };
}

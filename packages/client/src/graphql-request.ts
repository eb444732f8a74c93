/** Settings for graphql-request, alone or below TanStack Query. */
import type { GraphQLClient } from 'graphql-request';
import { haloErrors } from './errors.ts';
import { type RetryOptions, retryDelay } from './retry.ts';

/** For `new GraphQLClient(url, haloRequestConfig)`: POST always, and an answer with an error is thrown. */
export const haloRequestConfig: GraphQLClient['requestConfig'] = {
  method: 'POST',
  errorPolicy: 'none',
  responseMiddleware(response) {
    if (!(response instanceof Error)) return;
    const [error] = haloErrors(response);
    if (error) throw error;
  },
};

/**
 * For `new QueryClient({ defaultOptions: { queries: haloQueryDefaults() } })` of TanStack Query: retries errors that
 * are retryable.
 */
export function haloQueryDefaults(options: RetryOptions = {}) {
  return {
    retry: (failures: number, error: unknown) => retryDelay(error, failures + 1, options) !== undefined,
    retryDelay: (failures: number, error: unknown) => retryDelay(error, failures + 1, options) ?? 0,
  };
}

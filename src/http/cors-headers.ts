/** Headers that GraphQL clients and tracing libraries in browsers send, besides the CORS-safelisted ones. */
const usualHeaders = [
  ...['authorization', 'content-type', 'x-request-id', 'x-halo-price-only', 'x-halo-explain'],
  ...['apollographql-client-name', 'apollographql-client-version', 'apollo-require-preflight'],
  ...['traceparent', 'tracestate', 'x-graphql-event-stream-token'],
];

/** The request headers that a page of an allowed origin may send, in lower case. */
export function allowedHeaders(more: readonly string[]): string[] {
  return [...new Set([...usualHeaders, ...more])];
}

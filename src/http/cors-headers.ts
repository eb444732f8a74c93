/** What a browser's GraphQL clients and tracing libraries send, besides headers that need no permission. */
const usualHeaders = [
  ...['authorization', 'content-type', 'x-request-id', 'x-halo-price-only'],
  ...['apollographql-client-name', 'apollographql-client-version', 'apollo-require-preflight'],
  ...['traceparent', 'tracestate'],
];

/** The request headers that a page of an allowed origin may send, in lower case. */
export function allowedHeaders(more: readonly string[]): string[] {
  return [...new Set([...usualHeaders, ...more])];
}

/** Names of headers between commas, in lower case; a star is none, because it does not cover `authorization`. */
export function headerNamesIn(text: string, faults: string[]): readonly string[] {
  const names = text
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter(Boolean);
  for (const name of names) {
    if (name === '*' || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) {
      faults.push('CORS_HEADERS: names of headers are expected, between commas.');
    }
  }
  return names;
}

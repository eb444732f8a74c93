import type { Plugin } from 'graphql-yoga';

/** Answers hold patients: nothing keeps them, and nothing tells another site where they came from. */
export function useSecurityHeaders(): Plugin {
  return {
    onResponse({ response }) {
      response.headers.set('cache-control', 'no-store');
      response.headers.set('referrer-policy', 'no-referrer');
      response.headers.set('x-content-type-options', 'nosniff');
      response.headers.set('x-frame-options', 'DENY');
    },
  };
}

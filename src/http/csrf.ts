import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RefusalCode } from '../error-codes.ts';

/**
 * No page of another site, but those of the origins that the operator allows, can make a browser ask: what it may send without a preflight (which is never granted) is turned
 * away, a form by its content type and a plain GET by what the browser says of its origin. It could not read the answer,
 * but it could run up charged calls.
 */
export function useCsrfPrevention(allowedOrigins: readonly string[] = []): Plugin {
  const allowed = new Set(allowedOrigins);
  return {
    onRequestParse({ request }) {
      const invited = allowed.has(request.headers.get('origin') ?? '');
      if (request.headers.get('sec-fetch-site') === 'cross-site' && !invited) {
        throw refusal(403, 'FORBIDDEN', 'A page of another site may not ask here.');
      }
      const contentType = request.headers.get('content-type') ?? '';
      if (request.method === 'POST' && /^\s*application\/x-www-form-urlencoded\b/i.test(contentType)) {
        throw refusal(415, 'BAD_REQUEST', 'A POST needs the content type application/json.');
      }
    },
  };
}

function refusal(status: number, code: RefusalCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}

import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type RefusalCode, refusalStatus } from '../error-codes.ts';

/**
 * Stops pages of other sites from sending operations through a user's browser, except from the allowed origins. Such a page
 * could not read the response, but it could cause charged calls. Preflights from other origins are never granted. Requests
 * without a preflight are refused: a form by its content type, a plain GET by its Sec-Fetch-Site header.
 */
export function useCsrfPrevention(allowedOrigins: readonly string[] = []): Plugin {
  const allowed = new Set(allowedOrigins);
  return {
    onRequestParse({ request }) {
      const invited = allowed.has(request.headers.get('origin') ?? '');
      if (request.headers.get('sec-fetch-site') === 'cross-site' && !invited) {
        throw refusal(
          'FORBIDDEN',
          'Pages of other sites may not send requests to this server. Allow their origin with CORS_ORIGINS.',
        );
      }
      const contentType = request.headers.get('content-type') ?? '';
      if (request.method === 'POST' && /^\s*application\/x-www-form-urlencoded\b/i.test(contentType)) {
        throw refusal('BAD_REQUEST', 'A POST needs the content type application/json.', 415);
      }
    },
  };
}

function refusal(code: RefusalCode, message: string, status: number = refusalStatus[code]): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}

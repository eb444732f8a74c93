import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Authenticator } from '../auth/authenticator.ts';
import { CannotCheck } from '../auth/cannot-check.ts';
import { Unauthenticated } from '../auth/unauthenticated.ts';
import type { Log } from '../log.ts';
import { stateOf } from './request-state.ts';

/** Nobody is answered who is not known: before the body of the request is read. GraphiQL's page itself holds no data. */
export function useAuthentication(authenticate: Authenticator, log: Log): Plugin {
  return {
    async onRequestParse({ request }) {
      const state = stateOf(request);
      if (state.caller) return;
      try {
        state.caller = await authenticate(request);
      } catch (error) {
        const { requestId } = state;
        if (error instanceof Unauthenticated) {
          log.info({ requestId, detail: error.detail }, 'not authenticated');
          throw refusal(401, 'UNAUTHENTICATED', error.message, { 'www-authenticate': error.challenge });
        }
        if (error instanceof CannotCheck) {
          log.warn({ requestId, detail: error.detail }, 'credentials cannot be checked');
          const headers = { 'retry-after': String(error.retryAfterSeconds) };
          throw refusal(503, 'AUTHENTICATION_UNAVAILABLE', error.message, headers);
        }
        throw error;
      }
    },
  };
}

function refusal(status: number, code: string, message: string, headers: Record<string, string>) {
  return new GraphQLError(message, { extensions: { code, http: { status, headers } } });
}

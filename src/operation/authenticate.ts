import type { Authenticator } from '../auth/authenticator.ts';
import type { Caller } from '../auth/caller.ts';
import { CannotCheck } from '../auth/cannot-check.ts';
import { Unauthenticated } from '../auth/unauthenticated.ts';
import type { Log } from '../log.ts';
import type { Operation } from './operation.ts';
import { refuse } from './refusal.ts';

/** An operation is only read for callers who are known. */
export async function authenticate(
  operation: Operation,
  { authenticate, log }: { readonly authenticate: Authenticator; readonly log: Log },
): Promise<Caller> {
  try {
    const caller = await authenticate(operation.request);
    operation.caller = caller;
    return caller;
  } catch (error) {
    const { requestId } = operation;
    if (error instanceof Unauthenticated) {
      log.info({ requestId, detail: error.detail }, 'not authenticated');
      const headers = { 'www-authenticate': error.challenge };
      throw refuse('UNAUTHENTICATED', error.message, { status: 401, headers });
    }
    if (error instanceof CannotCheck) {
      log.warn({ requestId, detail: error.detail }, 'credentials cannot be checked');
      const headers = { 'retry-after': String(error.retryAfterSeconds) };
      throw refuse('AUTHENTICATION_UNAVAILABLE', error.message, { status: 503, headers });
    }
    throw error;
  }
}

import { CannotCheck } from '../auth/cannot-check.ts';
import { Unauthenticated } from '../auth/unauthenticated.ts';
import type { Log } from '../log.ts';
import type { Operation } from './operation.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The refusal of an unknown caller, or of a credential that cannot be checked now. Undefined for any other error. */
export function authenticationRefusal(
  error: unknown,
  { requestId }: Operation,
  log: Log,
): Refusal | undefined {
  if (error instanceof Unauthenticated) {
    log.info({ requestId, detail: error.detail }, 'not authenticated');
    const headers = { 'www-authenticate': error.challenge };
    return refuse('UNAUTHENTICATED', error.message, { headers });
  }
  if (error instanceof CannotCheck) {
    log.warn({ requestId, detail: error.detail }, 'credentials cannot be checked');
    const headers = { 'retry-after': String(error.retryAfterSeconds) };
    return refuse('AUTHENTICATION_UNAVAILABLE', error.message, { headers });
  }
  return undefined;
}

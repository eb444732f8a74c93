import type { RequestHeaders } from '../lib/request-headers.ts';
import type { ApiKeys } from './api-keys.ts';
import { bearerToken } from './bearer-token.ts';
import type { Caller } from './caller.ts';
import type { JwtCheck } from './jwt.ts';
import { Unauthenticated } from './unauthenticated.ts';

/**
 * Returns the caller of a request. Throws or rejects with Unauthenticated (HTTP 401), or with CannotCheck (HTTP 503) while
 * tokens cannot be checked. An API key is checked synchronously, because a promise would cost more than the check.
 */
export type Authenticator = (request: { readonly headers: RequestHeaders }) => Caller | Promise<Caller>;

export interface AuthenticatorOptions {
  readonly jwt?: Pick<JwtCheck, 'check'>;
  readonly apiKeys?: Pick<ApiKeys, 'find'>;
}

/** Reads only the `Authorization` header. A credential with two dots is a JWT, any other an API key. */
export function createAuthenticator({ jwt, apiKeys }: AuthenticatorOptions): Authenticator {
  return ({ headers }) => {
    const header = headers.get('authorization');
    if (header === null) throw Unauthenticated.missing();
    const token = bearerToken(header);
    const byKey = apiKeys?.find(token);
    if (byKey) return byKey;
    if (jwt && token.split('.').length === 3) return jwt.check(token);
    throw Unauthenticated.refused(apiKeys ? 'no API key is this one' : 'not a JWT');
  };
}

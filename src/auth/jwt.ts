import { createHash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Log } from '../log.ts';
import type { Caller } from './caller.ts';
import { CannotCheck } from './cannot-check.ts';
import { callerOf } from './claims.ts';
import { createKeySet } from './key-set.ts';
import { Unauthenticated } from './unauthenticated.ts';

/** Only asymmetric signatures. With HS* an attacker could use the public key as the shared secret. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
];
/** Allowed difference between the provider's clock and this one. */
const toleranceSeconds = 30;
/** Number of cached tokens. With at most 8 KB of claims each they need 8 MB. */
const maxRemembered = 1_000;
/** How long a verified token is accepted without a new check, at most until it expires. A withdrawn key stays valid as long. */
const rememberedMs = 5 * 60_000;

export interface JwtOptions {
  /** Where the identity provider publishes its public keys (RFC 7517). */
  readonly jwksUrl: URL;
  /** The exact value of `iss`. */
  readonly issuer: string;
  /** `aud` must be or contain this. */
  readonly audience: string;
  /** Used to fetch the keys. @default none */
  readonly proxy?: URL | null;
  readonly log: Log;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** Timeout for the provider in milliseconds. @default 5000 */
  readonly timeoutMs?: number;
}

export interface JwtCheck {
  /** Returns the caller of a token. Throws Unauthenticated, or CannotCheck while its key cannot be fetched. */
  check(token: string): Promise<Caller>;
  close(): void;
}

/**
 * Checks access tokens: signature, issuer, audience and expiry. Accepted tokens are cached by their SHA-256, because a
 * signature check takes longer than the rest of a small request. Refused tokens are not cached.
 */
export function createJwtCheck(options: JwtOptions): JwtCheck {
  const { jwksUrl, issuer, audience, log, proxy = null, clock = Date.now, timeoutMs = 5_000 } = options;
  const keys = createKeySet({ url: jwksUrl, proxy, log, clock, timeoutMs });
  const remembered = new LRUCache<string, { readonly caller: Caller; readonly until: number }>({
    max: maxRemembered,
  });

  async function verify(token: string): Promise<JWTPayload & { exp: number }> {
    try {
      const { payload } = await jwtVerify<{ exp: number }>(token, keys.key, {
        algorithms,
        issuer,
        audience,
        requiredClaims: ['exp'],
        clockTolerance: toleranceSeconds,
        currentDate: new Date(clock()),
      });
      return payload;
    } catch (error) {
      throw error instanceof CannotCheck ? error : refusalOf(error);
    }
  }

  return {
    async check(token) {
      const digest = createHash('sha256').update(token).digest('base64');
      const known = remembered.get(digest);
      if (known && clock() < known.until) return known.caller;
      const payload = await verify(token);
      const expiresAt = payload.exp * 1000;
      const caller = { ...callerOf(payload), expiresAt };
      const until = Math.min(expiresAt, clock() + rememberedMs);
      if (clock() < until) remembered.set(digest, { caller, until });
      return caller;
    },
    close: () => keys.close(),
  };
}

/** The error is not passed on as the cause, because it holds the claims. */
function refusalOf(error: unknown): Unauthenticated {
  if (error instanceof errors.JWTExpired) return Unauthenticated.expired();
  if (error instanceof errors.JWTClaimValidationFailed) {
    return Unauthenticated.refused(`JWT: claim ${error.claim} ${error.reason}`);
  }
  return Unauthenticated.refused(`JWT: ${error instanceof errors.JOSEError ? error.code : 'unusable key'}`);
}

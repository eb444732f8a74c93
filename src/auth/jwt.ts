import { createHash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Log } from '../log.ts';
import type { Caller } from './caller.ts';
import { CannotCheck } from './cannot-check.ts';
import { callerOf } from './claims.ts';
import { createKeySet } from './key-set.ts';
import { Unauthenticated } from './unauthenticated.ts';

/** Signatures by a private key only: with a shared secret (HS*) the public key would do to forge one. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
];
/** How far the provider's clock and ours may be apart. */
const toleranceSeconds = 30;
/** Front ends signed in at once, a token each; at 8 KB of claims at the very most, 8 MB. */
const maxRemembered = 1_000;
/** How long a checked token passes unchecked, its expiry aside: so long a withdrawn key still counts. */
const rememberedMs = 5 * 60_000;

export interface JwtOptions {
  /** Where the identity provider publishes its public keys (RFC 7517). */
  readonly jwksUrl: URL;
  /** What `iss` has to be, to the letter. */
  readonly issuer: string;
  /** What `aud` has to be, or to hold. */
  readonly audience: string;
  /** On the way to the keys. @default none */
  readonly proxy?: URL | null;
  readonly log: Log;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** Milliseconds that the provider may take to answer. @default 5000 */
  readonly timeoutMs?: number;
}

export interface JwtCheck {
  /** Whom the token is about. Throws Unauthenticated, and CannotCheck while its key cannot be had. */
  check(token: string): Promise<Caller>;
  close(): void;
}

/**
 * Checks access tokens: signed by a key of the provider, for us, and not expired. A token that passed is remembered by its
 * SHA-256, because checking a signature costs more than the rest of a small request; one that did not is checked again.
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
      const caller = callerOf(payload);
      const until = Math.min(payload.exp * 1000, clock() + rememberedMs);
      if (clock() < until) remembered.set(digest, { caller, until });
      return caller;
    },
    close: () => keys.close(),
  };
}

/** Without the error as its cause: that carries the claims. */
function refusalOf(error: unknown): Unauthenticated {
  if (error instanceof errors.JWTExpired) {
    return Unauthenticated.refused('JWT: expired', 'The token has expired. Sign in again.');
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return Unauthenticated.refused(`JWT: claim ${error.claim} ${error.reason}`);
  }
  return Unauthenticated.refused(`JWT: ${error instanceof errors.JOSEError ? error.code : 'unusable key'}`);
}

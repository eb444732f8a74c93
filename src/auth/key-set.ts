import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';
import { fetch, ProxyAgent } from 'undici';
import { proxyOptions } from '../lib/proxy.ts';
import type { Log } from '../log.ts';
import { CannotCheck } from './cannot-check.ts';

/** How often the keys are fetched. A withdrawn key stays valid for at most this long. */
const refreshEveryMs = 5 * 60_000;
/** Minimum time between fetches for tokens with unknown keys, because anybody can send such tokens. */
const pauseMs = 10_000;
/** How long keys stay valid while the provider is unreachable. After that they may have been withdrawn. */
const believedMs = 24 * 3_600_000;

export interface KeySetOptions {
  readonly url: URL;
  /** Null: none. */
  readonly proxy: URL | null;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Timeout of a fetch in milliseconds. */
  readonly timeoutMs: number;
}

export interface KeySet {
  /** Returns the key that a token names. Throws CannotCheck, or JOSEError if the provider has no such key. */
  readonly key: JWTVerifyGetKey;
  close(): void;
}

/**
 * The public keys of the identity provider (JWKS). They are fetched at the start, every five minutes, and when a token names an
 * unknown key. While the provider is unreachable, the known keys are used; tokens with other keys cannot be checked.
 */
export function createKeySet({ url, proxy, log, clock, timeoutMs }: KeySetOptions): KeySet {
  // This module decides when to fetch. By itself, jose fetches for each unknown key while the provider is unreachable, and
  // drops the known keys.
  const agent = proxy && new ProxyAgent(proxyOptions(proxy));
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: timeoutMs,
    cooldownDuration: Number.POSITIVE_INFINITY,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    ...(agent && { [customFetch]: (target, init) => fetchBy(agent, target, init) }),
  });
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let away: string | undefined;
  let fetching: Promise<void> | undefined;

  async function fetchKeys(): Promise<void> {
    try {
      await remote.reload();
      fetchedAt = clock();
      if (away) log.info({ host: url.host }, 'The keys of the identity provider can be fetched again');
      away = undefined;
    } catch (error) {
      if (!away) {
        log.warn(
          { host: url.host, reason: reasonOf(error) },
          'The keys of the identity provider cannot be fetched: tokens with known keys are accepted, others cannot be checked. See AUTH_JWKS_URL.',
        );
      }
      away = reasonOf(error);
    }
    triedAt = clock();
    fetching = undefined;
  }

  function fetchNow(): Promise<void> {
    fetching ??= fetchKeys();
    return fetching;
  }

  async function fetchUnlessJustDone(): Promise<void> {
    if (fetching || clock() >= triedAt + pauseMs) await fetchNow();
  }

  const believed = (): boolean => clock() < fetchedAt + believedMs;
  const cannotCheck = (): CannotCheck =>
    new CannotCheck(
      Math.max(1, Math.ceil((triedAt + pauseMs - clock()) / 1000)),
      `JWKS: ${away ?? 'not fetched yet'}`,
    );

  void fetchNow();
  const timer = setInterval(() => void fetchNow(), refreshEveryMs).unref();

  return {
    async key(header, token) {
      if (!believed()) await fetchUnlessJustDone();
      if (!believed()) throw cannotCheck();
      try {
        return await remote(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      }
      await fetchUnlessJustDone();
      try {
        return await remote(header, token);
      } catch (error) {
        throw away && error instanceof errors.JWKSNoMatchingKey ? cannotCheck() : error;
      }
    },
    close() {
      clearInterval(timer);
      void agent?.close();
    },
  };
}

/** Uses undici's fetch, because Node's fetch accepts no agent of another undici version. */
async function fetchBy(dispatcher: ProxyAgent, ...[url, init]: Parameters<FetchImplementation>) {
  const headers = Object.fromEntries(init.headers);
  const answer = await fetch(url, { ...init, headers, dispatcher });
  return new Response(await answer.text(), { status: answer.status });
}

/** Names the kind of failure, without text of the provider. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  if (typeof cause?.code === 'string') return cause.code;
  return error instanceof errors.JOSEError ? error.message : (error as Error).name;
}

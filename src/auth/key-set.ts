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

/** How often the keys are fetched unasked: a key that the provider withdraws is believed at most so much longer. */
const refreshEveryMs = 5 * 60_000;
/** Between two fetches that tokens with unknown keys cause: anybody can send those. */
const pauseMs = 10_000;
/** How long keys are believed while the provider is away; beyond that nobody knows whether they were withdrawn. */
const believedMs = 24 * 3_600_000;

export interface KeySetOptions {
  readonly url: URL;
  /** Null: none. */
  readonly proxy: URL | null;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** How long the provider may take to answer. */
  readonly timeoutMs: number;
}

export interface KeySet {
  /** The provider's key that a token names. Throws CannotCheck, and JOSEError where the provider has no such key. */
  readonly key: JWTVerifyGetKey;
  close(): void;
}

/**
 * The public keys of the identity provider (JWKS), fetched now and every five minutes, and when a token names an unknown
 * one. While the provider is away the known keys are used; a token that names another cannot be checked.
 */
export function createKeySet({ url, proxy, log, clock, timeoutMs }: KeySetOptions): KeySet {
  // When to fetch is decided here: left to itself it fetches for each unknown key while the provider is away, and forgets
  // the known ones.
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
          'The keys of the identity provider cannot be fetched: known keys are used, others cannot be checked. See AUTH_JWKS_URL.',
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

/** By undici's own fetch: Node's takes no agent of another version. */
async function fetchBy(dispatcher: ProxyAgent, ...[url, init]: Parameters<FetchImplementation>) {
  const headers = Object.fromEntries(init.headers);
  const answer = await fetch(url, { ...init, headers, dispatcher });
  return new Response(await answer.text(), { status: answer.status });
}

/** The kind of failure, without what the provider wrote. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  if (typeof cause?.code === 'string') return cause.code;
  return error instanceof errors.JOSEError ? error.message : (error as Error).name;
}

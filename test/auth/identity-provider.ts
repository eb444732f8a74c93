/** An identity provider of the test's own: it publishes keys over HTTP and signs tokens with them. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { createJwtCheck, type JwtCheck } from '../../src/auth/jwt.ts';
import { createLog } from '../../src/log.ts';

export const issuer = 'https://id.sandbox.example/';
export const audience = 'halo-graph-test';
/** The time of all tests, in seconds since 1970: noon of a day in UTC. */
export const noon = Date.parse('2026-11-23T12:00:00Z') / 1000;

interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

type CryptoKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

export async function makeKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** Claims of an ordinary token: valid from a minute before noon to an hour after it. */
export const ordinary: JWTPayload = {
  iss: issuer,
  aud: audience,
  sub: 'service-account-7',
  client_id: 'reception-app',
  scope: 'appointments:read patients:read',
  practices: ['1001', '1002'],
  nbf: noon - 60,
  exp: noon + 3600,
};

export const sign = (key: SigningKey, claims: JWTPayload = ordinary): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: key.alg, kid: key.kid }).sign(key.privateKey);

interface Provider {
  readonly url: URL;
  /** The published key set. */
  keys: readonly JWK[];
  /** How it answers instead; back to normal with undefined. */
  answer: { status: number; body: string } | 'hang up' | 'never' | undefined;
  /** Number of requests it has received. */
  requested: number;
  close(): Promise<void>;
}

async function startProvider(...keys: readonly SigningKey[]): Promise<Provider> {
  const server = createServer((_request, response) => {
    provider.requested += 1;
    const { answer = { status: 200, body: JSON.stringify({ keys: provider.keys }) } } = provider;
    if (answer === 'never') return;
    if (answer === 'hang up') response.destroy();
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const provider: Provider = {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`),
    keys: keys.map(({ jwk }) => jwk),
    answer: undefined,
    requested: 0,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return provider;
}

interface Bench {
  readonly provider: Provider;
  readonly jwt: JwtCheck;
  /** Seconds since 1970, as the check sees it; to be set. */
  now: number;
  /** All that was logged so far. */
  log(): string;
}

interface BenchOptions {
  /** How the provider answers at the start. */
  readonly answer?: Provider['answer'];
  readonly timeoutMs?: number;
}

/** A provider that publishes these keys, and a check that believes it. */
export async function withProvider(
  use: (bench: Bench) => Promise<void>,
  keys: readonly SigningKey[],
  { answer, timeoutMs = 5_000 }: BenchOptions = {},
): Promise<void> {
  const provider = await startProvider(...keys);
  provider.answer = answer;
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => lines.push(line) });
  const clock = () => bench.now * 1000;
  const jwt = createJwtCheck({ jwksUrl: provider.url, issuer, audience, log, clock, timeoutMs });
  const bench: Bench = { provider, jwt, now: noon, log: () => lines.join('') };
  try {
    await use(bench);
  } finally {
    jwt.close();
    await provider.close();
  }
}

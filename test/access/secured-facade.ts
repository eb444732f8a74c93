/** The facade with real authentication: tokens of an identity provider and API keys. Each request has a credential. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKeys } from '../../src/auth/api-keys.ts';
import { createAuthenticator } from '../../src/auth/authenticator.ts';
import { createLog } from '../../src/log.ts';
import { everyScope } from '../../src/scopes.ts';
import { makeKey, noon, ordinary, sign, withProvider } from '../auth/identity-provider.ts';
import { type Facade, type FacadeOptions, openFacade } from '../open-facade.ts';

export interface Grant {
  /** @default 'tester' */
  readonly name?: string;
  /** @default every one */
  readonly scopes?: readonly string[];
  /** @default all */
  readonly practices?: readonly string[];
}

export interface SecuredFacade {
  readonly facade: Facade;
  /** The header of a token that grants this; with other claims where they are given. */
  bearer(grant: Grant, claims?: object): Promise<Record<string, string>>;
  /** The header of the API key that grants the same. */
  readonly apiKey: Readonly<Record<string, string>>;
  /** Upstream calls so far. */
  calls(): number;
  close(): Promise<void>;
}

const plainKey = 'api-key-of-a-test';
/** The grant of the API key. */
export const keyGrant = {
  name: 'key-holder',
  scopes: ['appointments:read', 'users:read'],
  practices: ['1001'],
};

export async function openSecuredFacade(options: FacadeOptions = {}): Promise<SecuredFacade> {
  const signer = await makeKey('secured');
  const folder = mkdtempSync(join(tmpdir(), 'halo-graph-keys-'));
  const path = join(folder, 'keys.json');
  const sha256 = createHash('sha256').update(plainKey).digest('hex');
  writeFileSync(path, JSON.stringify([{ ...keyGrant, sha256 }]));
  const apiKeys = createApiKeys({ path, log: createLog('silent', { write: () => {} }) });
  let release = () => {};
  const over = new Promise<void>((resolve) => {
    release = resolve;
  });
  let provider: Promise<void> = Promise.resolve();
  const jwt = await new Promise<Parameters<typeof createAuthenticator>[0]['jwt']>((resolve) => {
    provider = withProvider(
      async (bench) => {
        resolve(bench.jwt);
        await over;
      },
      [signer],
      // A busy machine can be busy for longer than a provider may take.
      { timeoutMs: 60_000 },
    );
  });
  const facade = openFacade({
    ...options,
    authenticate: createAuthenticator({ ...(jwt && { jwt }), apiKeys }),
  });
  const headers = new Map<string, Promise<Record<string, string>>>();
  const signed = async (claims: object) => ({
    authorization: `Bearer ${await sign(signer, { ...ordinary, ...claims })}`,
  });
  return {
    facade,
    bearer({ name = 'tester', scopes = everyScope, practices = ['*'] }, claims = {}) {
      const all = { client_id: name, scope: scopes.join(' '), practices, ...claims };
      const known = headers.get(JSON.stringify(all)) ?? signed(all);
      headers.set(JSON.stringify(all), known);
      return known;
    },
    apiKey: { authorization: `Bearer ${plainKey}` },
    calls: () => facade.log.filter((line) => line.includes('"msg":"Halo Cloud"')).length,
    async close() {
      release();
      apiKeys.close();
      rmSync(folder, { recursive: true });
      await Promise.all([provider, facade.close()]);
    },
  };
}

/** Credentials that are refused: a name and its header. */
export async function worthless(
  secured: SecuredFacade,
): Promise<readonly (readonly [string, Record<string, string>])[]> {
  return [
    ['no credential', {}],
    ['an expired token', await secured.bearer({}, { exp: noon - 3600 })],
    ['a token for another audience', await secured.bearer({}, { aud: 'another-api' })],
    ['a token that is not valid yet', await secured.bearer({}, { nbf: noon + 3600 })],
    ['an unknown API key', { authorization: 'Bearer another-key' }],
    ['another scheme', { authorization: 'Basic YXBpLWtleS1vZi1hLXRlc3Q6' }],
  ];
}

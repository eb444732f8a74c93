/** From the header to the caller. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AuthenticatorOptions, createAuthenticator } from '../../src/auth/authenticator.ts';
import type { Caller } from '../../src/auth/caller.ts';
import { CannotCheck } from '../../src/auth/cannot-check.ts';
import { mayAccess } from '../../src/auth/practice-access.ts';
import { Unauthenticated } from '../../src/auth/unauthenticated.ts';
import { makeKey, ordinary, sign, withProvider } from './identity-provider.ts';

const holder: Caller = { name: 'holder', scopes: ['sites:read'], practices: [] };
const apiKeys = {
  find: (token: string) => (token === 'plain-key' || token === 'key.with.dots' ? holder : null),
};
const noJwt = { check: () => Promise.reject(Unauthenticated.refused('JWT: not believed')) };
const subject: Caller = { name: 'subject', scopes: [], practices: [] };
const anyJwt = { check: () => Promise.resolve(subject) };

const authenticate = async (options: AuthenticatorOptions, authorization?: string): Promise<Caller> =>
  createAuthenticator(options)(
    new Request('http://localhost/graphql', {
      headers: authorization === undefined ? {} : { authorization },
    }),
  );

describe('without a credential', () => {
  test('every credential is refused', async () => {
    await expect(authenticate({ apiKeys, jwt: anyJwt })).rejects.toMatchObject({
      name: 'Unauthenticated',
      challenge: 'Bearer',
    });
  });

  test('a token in the URL is ignored', async () => {
    const request = new Request('http://localhost/graphql?access_token=plain-key&authorization=plain-key');
    expect(() => createAuthenticator({ apiKeys })(request)).toThrow(Unauthenticated);
  });
});

describe('a credential', () => {
  test.each(['Bearer plain-key', 'bearer plain-key', 'BEARER   plain-key'])(
    '"%s" is an API key',
    async (header) => {
      expect(await authenticate({ apiKeys, jwt: noJwt }, header)).toBe(holder);
    },
  );

  test('with two dots is a JWT, or else an API key', async () => {
    expect(await authenticate({ apiKeys, jwt: anyJwt }, 'Bearer a.b.c')).toBe(subject);
    expect(await authenticate({ apiKeys, jwt: noJwt }, 'Bearer key.with.dots')).toBe(holder);
    expect(await authenticate({ apiKeys }, 'Bearer key.with.dots')).toBe(holder);
  });

  test.each([
    ['an unknown key', 'Bearer another-key'],
    ['a JWT that is not believed', 'Bearer a.b.c'],
    ['another scheme', 'Basic cGxhaW4ta2V5'],
    ['no scheme', 'plain-key'],
    ['no token', 'Bearer'],
    ['nothing at all', ''],
    ['two tokens', 'Bearer plain-key plain-key'],
    ['two credentials', 'Bearer plain-key, Bearer plain-key'],
    ['a parameter', 'Bearer token="plain-key"'],
    ['a tab for the blank', 'Bearer\tplain-key'],
    ['characters of no token', 'Bearer plain-key€'.replace('€', '\u00e9')],
    ['more than 8 KB', `Bearer ${'x'.repeat(8_193)}`],
  ])('that is wrong is refused and never ignored: %s', async (_which, header) => {
    await expect(authenticate({ apiKeys, jwt: noJwt }, header)).rejects.toMatchObject({
      name: 'Unauthenticated',
      challenge: 'Bearer error="invalid_token"',
    });
  });

  test('is refused when nothing is configured to check it', async () => {
    await expect(authenticate({}, 'Bearer plain-key')).rejects.toBeInstanceOf(Unauthenticated);
  });

  test('of 8 KB is checked, a longer one is not', async () => {
    const looked: number[] = [];
    const jwt = { check: noJwt.check };
    const find = (token: string) => {
      looked.push(token.length);
      return null;
    };
    for (const length of [8_192, 8_193, 15_000]) {
      await authenticate({ apiKeys: { find }, jwt }, `Bearer ${'x'.repeat(length)}`).catch(() => {});
    }
    expect(looked).toEqual([8_192]);
  });

  test('that cannot be checked is neither accepted nor refused; API keys still work', async () => {
    const jwt = { check: () => Promise.reject(new CannotCheck(7, 'JWKS: away')) };
    await expect(authenticate({ apiKeys, jwt }, 'Bearer a.b.c')).rejects.toMatchObject({
      retryAfterSeconds: 7,
    });
    expect(await authenticate({ apiKeys, jwt }, 'Bearer key.with.dots')).toBe(holder);
  });
});

describe('whatever the header holds', () => {
  test('the result is a caller or Unauthenticated, and the token is neither returned nor logged', async () => {
    const key = await makeKey('known');
    const genuine = await sign(key);
    const [head = '', claims = '', signature = ''] = genuine.split('.');
    const part = fc.oneof(
      fc.constantFrom(head, claims, signature, ''),
      fc.base64String().map((text) => text.replaceAll('=', '')),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
      fc
        .record({
          alg: fc.constantFrom('ES256', 'none', 'HS256', 'RS256', 'es256', 'EdDSA', 'toString', 1, null),
          kid: fc.oneof(fc.constant('known'), fc.string(), fc.jsonValue()),
          crit: fc.option(fc.jsonValue(), { nil: undefined }),
          b64: fc.option(fc.boolean(), { nil: undefined }),
          zip: fc.option(fc.constant('DEF'), { nil: undefined }),
        })
        .map((header) => Buffer.from(JSON.stringify(header)).toString('base64url')),
    );
    const token = fc.oneof(
      fc.tuple(part, part, part).map((parts) => parts.join('.')),
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join('.')),
      fc.string({ maxLength: 200, unit: 'binary-ascii' }),
    );
    const scheme = fc.oneof(
      fc.constantFrom('Bearer ', 'bearer  ', 'Basic ', ''),
      fc.string({ maxLength: 8 }),
    );
    const header = fc
      .tuple(scheme, token)
      .map((parts) => parts.join('').trim())
      .filter((text) => /^[\x20-\x7e\x80-\xff]*$/.test(text));

    await withProvider(
      async ({ jwt, log }) => {
        await jwt.check(genuine);
        await fc.assert(
          fc.asyncProperty(header, async (text) => {
            try {
              const { name } = await authenticate({ jwt, apiKeys }, text);
              expect(name).toBe(text.endsWith(genuine) ? `jwt:${ordinary.client_id}` : holder.name);
            } catch (error) {
              if (!(error instanceof Unauthenticated)) throw error;
              const { message, detail, challenge, cause } = error;
              expect(cause).toBeUndefined();
              for (const piece of text.split(/[ .]/).filter(({ length }) => length > 12)) {
                expect([message, detail, challenge, error.stack].join('\n')).not.toContain(piece);
              }
            }
          }),
          { numRuns: 2_000 },
        );
        expect(log()).toBe('');
      },
      [key],
    );
  });

  test('the claims of a refused token are not used', async () => {
    const key = await makeKey('known');
    await withProvider(
      async ({ jwt, log }) => {
        for (const wrong of [{ aud: 'x' }, { exp: 1 }, { scope: 7 }, { practices: 'secret-word' }]) {
          const token = await sign(key, { ...ordinary, note: 'secret-word', ...wrong } as typeof ordinary);
          const error = await authenticate({ jwt }, `Bearer ${token}`).then(
            () => null,
            (reason: unknown) => reason,
          );
          expect(error).toBeInstanceOf(Unauthenticated);
          expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(
            /secret-word|reception-app/,
          );
        }
        expect(log()).not.toMatch(/secret-word|reception-app/);
      },
      [key],
    );
  });
});

describe('practices that a caller may access', () => {
  test.each([
    ['all', '1001', true],
    [['1001'], '1001', true],
    [['1001'], '1002', false],
    [['1001'], '100', false],
    [['1001'], ' 1001', false],
    [[], '1001', false],
    [[], '', false],
    [['1001'], '*', false],
  ] as const)('with %j: %s', (practices, bpSiteId, may) => {
    expect(mayAccess({ practices }, bpSiteId)).toBe(may);
  });
});

/** Which tokens are accepted, and which caller they name. */
import { exportSPKI, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { audience, issuer, makeKey, noon, ordinary, sign, withProvider } from './identity-provider.ts';

const es = await makeKey('es-1');
const rsa = await makeKey('rsa-1', 'RS256');
const ed = await makeKey('ed-1', 'EdDSA');
const pss = await makeKey('ps-1', 'PS512');
/** A foreign key with the id of ours. */
const stranger = await makeKey('es-1');

const without = (...claims: readonly string[]): JWTPayload =>
  Object.fromEntries(Object.entries(ordinary).filter(([claim]) => !claims.includes(claim)));

const refused = (detail: string) => ({ name: 'Unauthenticated', detail });

describe('a token of the provider', () => {
  test.each([
    ['ES256', es],
    ['RS256', rsa],
    ['EdDSA', ed],
    ['PS512', pss],
  ])('signed with %s names the caller, its scopes and its practices', (_alg, key) =>
    withProvider(
      async ({ jwt }) => {
        expect(await jwt.check(await sign(key))).toEqual({
          name: 'jwt:reception-app',
          subject: 'service-account-7',
          scopes: ['appointments:read', 'patients:read'],
          practices: ['1001', '1002'],
          expiresAt: (noon + 3600) * 1000,
        });
      },
      [key],
    ),
  );

  test('may have other audiences too', () =>
    withProvider(
      async ({ jwt }) => {
        await expect(
          jwt.check(await sign(es, { ...ordinary, aud: ['another', audience] })),
        ).resolves.toBeDefined();
      },
      [es],
    ));

  test.each<[string, JWTPayload, number]>([
    ['expired 29 seconds ago', { ...ordinary, exp: noon - 29 }, noon],
    ['valid in 29 seconds', { ...ordinary, nbf: noon + 29 }, noon],
    ['without nbf', without('nbf'), noon],
  ])('%s is believed: clocks differ', (_which, claims) =>
    withProvider(
      async ({ jwt }) => {
        await expect(jwt.check(await sign(es, claims))).resolves.toBeDefined();
      },
      [es],
    ),
  );
});

describe('a token is refused', () => {
  test.each<[string, JWTPayload, string]>([
    ['that is expired', { ...ordinary, exp: noon - 31 }, 'JWT: expired'],
    ['that is not yet valid', { ...ordinary, nbf: noon + 31 }, 'JWT: claim nbf check_failed'],
    ['without an expiry', without('exp'), 'JWT: claim exp missing'],
    ['of another issuer', { ...ordinary, iss: `${issuer}x` }, 'JWT: claim iss check_failed'],
    ['without an issuer', without('iss'), 'JWT: claim iss missing'],
    ['for another audience', { ...ordinary, aud: ['another'] }, 'JWT: claim aud check_failed'],
    ['without an audience', without('aud'), 'JWT: claim aud missing'],
    ['with an expiry in words', { ...ordinary, exp: 'tomorrow' as never }, 'JWT: claim exp invalid'],
    [
      'without a subject',
      without('client_id', 'sub'),
      'JWT: none of client_id, azp and sub names the caller',
    ],
    ['with practices as a number', { ...ordinary, practices: 1001 }, 'JWT: claim of another form: practices'],
    [
      'with a star among practices',
      { ...ordinary, practices: ['1001', '*'] },
      'JWT: claim of another form: practices',
    ],
    ['with a list as scope', { ...ordinary, scope: ['sql:run'] }, 'JWT: claim of another form: scope'],
  ])('%s', (_which, claims, detail) =>
    withProvider(
      async ({ jwt }) => {
        await expect(jwt.check(await sign(es, claims))).rejects.toMatchObject(refused(detail));
      },
      [es],
    ),
  );

  test('without a signature (alg none)', () =>
    withProvider(
      async ({ jwt }) => {
        const token = new UnsecuredJWT(ordinary).encode();
        await expect(jwt.check(token)).rejects.toMatchObject(refused('JWT: ERR_JOSE_ALG_NOT_ALLOWED'));
        await expect(jwt.check(`${token}AAAA`)).rejects.toMatchObject(
          refused('JWT: ERR_JOSE_ALG_NOT_ALLOWED'),
        );
      },
      [es],
    ));

  test.each(['HS256', 'HS512'])('that is signed by %s with the public key as its secret', (alg) =>
    withProvider(
      async ({ jwt }) => {
        const secrets = [await exportSPKI(rsa.publicKey), JSON.stringify(rsa.jwk), rsa.jwk.n ?? ''];
        for (const secret of secrets) {
          const token = await new SignJWT(ordinary)
            .setProtectedHeader({ alg, kid: rsa.kid })
            .sign(Buffer.from(secret));
          await expect(jwt.check(token)).rejects.toMatchObject(refused('JWT: ERR_JOSE_ALG_NOT_ALLOWED'));
        }
      },
      [rsa],
    ),
  );

  test('that is signed with a secret which the provider publishes by mistake', () =>
    withProvider(async ({ jwt, provider }) => {
      const secret = Buffer.alloc(32, 7);
      provider.keys = [{ kty: 'oct', kid: 'oct-1', alg: 'HS256', k: secret.toString('base64url') }];
      const token = await new SignJWT(ordinary)
        .setProtectedHeader({ alg: 'HS256', kid: 'oct-1' })
        .sign(secret);
      await expect(jwt.check(token)).rejects.toMatchObject(refused('JWT: ERR_JOSE_ALG_NOT_ALLOWED'));
    }, []));

  test('signed by another key under the same key id', () =>
    withProvider(
      async ({ jwt }) => {
        await expect(jwt.check(await sign(stranger))).rejects.toMatchObject(
          refused('JWT: ERR_JWS_SIGNATURE_VERIFICATION_FAILED'),
        );
      },
      [es],
    ));

  test('that contains its own key', () =>
    withProvider(
      async ({ jwt, provider }) => {
        const token = await new SignJWT(ordinary)
          .setProtectedHeader({
            alg: 'ES256',
            kid: 'mine',
            jwk: stranger.jwk,
            jku: new URL('/mine', provider.url).href,
          })
          .sign(stranger.privateKey);
        await expect(jwt.check(token)).rejects.toMatchObject(refused('JWT: ERR_JWKS_NO_MATCHING_KEY'));
      },
      [es],
    ));

  test('whose claims were changed', () =>
    withProvider(
      async ({ jwt }) => {
        const [header, , signature] = (await sign(es)).split('.');
        const claims = Buffer.from(JSON.stringify({ ...ordinary, practices: '*' })).toString('base64url');
        await expect(jwt.check(`${header}.${claims}.${signature}`)).rejects.toMatchObject(
          refused('JWT: ERR_JWS_SIGNATURE_VERIFICATION_FAILED'),
        );
      },
      [es],
    ));

  test('naming the expiry, so that an app requests another', () =>
    withProvider(
      async ({ jwt }) => {
        await expect(jwt.check(await sign(es, { ...ordinary, exp: noon - 31 }))).rejects.toThrow(
          'The token has expired',
        );
      },
      [es],
    ));
});

describe('what a token grants', () => {
  test.each<[string, JWTPayload, object]>([
    ['no scope without the claim', without('scope'), { scopes: [] }],
    ['no practice without the claim', without('practices'), { practices: [] }],
    ['all practices by a star', { ...ordinary, practices: '*' }, { practices: 'all' }],
    ['all practices by a list of a star', { ...ordinary, practices: ['*'] }, { practices: 'all' }],
    [
      'of its scopes those that are ours',
      { ...ordinary, scope: 'openid  sql:run profile' },
      { scopes: ['sql:run'] },
    ],
    ['its azp as the name', { ...without('client_id'), azp: 'booking-site' }, { name: 'jwt:booking-site' }],
    ['its sub as the name, at last', without('client_id'), { name: 'jwt-sub:service-account-7' }],
    [
      'I6: the person besides the app',
      { ...ordinary, sub: 'nurse 7' },
      { name: 'jwt:reception-app', subject: expect.stringMatching(/^nurse_7~/) },
    ],
    ['no person without sub', without('sub'), { name: 'jwt:reception-app' }],
    [
      'a name that a log line can carry',
      { ...ordinary, client_id: 'a\n"b" é' },
      { name: expect.stringMatching(/^jwt:a__b___~[0-9a-f]{16}$/) },
    ],
    [
      'a name of bounded length',
      { ...ordinary, client_id: 'x'.repeat(3000) },
      { name: expect.stringMatching(/^jwt:x{64}~[0-9a-f]{16}$/) },
    ],
  ])('%s', (_which, claims, caller) =>
    withProvider(
      async ({ jwt }) => {
        expect(await jwt.check(await sign(es, claims))).toMatchObject(caller);
      },
      [es],
    ),
  );

  test('names that differ stay different', () =>
    withProvider(
      async ({ jwt }) => {
        const names = ['a b', 'a_b', 'a\tb', `${'y'.repeat(64)}1`, `${'y'.repeat(64)}2`];
        const callers = await Promise.all(
          names.map(async (client_id) => jwt.check(await sign(es, { ...ordinary, client_id }))),
        );
        expect(new Set(callers.map(({ name }) => name)).size).toBe(names.length);
      },
      [es],
    ));
});

describe('a token that was accepted', () => {
  test('is not accepted after its expiry', () =>
    withProvider(
      async (bench) => {
        const token = await sign(es, { ...ordinary, exp: noon + 60 });
        await bench.jwt.check(token);
        bench.now = noon + 91;
        await expect(bench.jwt.check(token)).rejects.toMatchObject(refused('JWT: expired'));
      },
      [es],
    ));

  test('is accepted without another check for five minutes, though its key was withdrawn', () =>
    withProvider(
      async (bench) => {
        const token = await sign(es);
        await bench.jwt.check(token);
        bench.provider.keys = [rsa.jwk];
        bench.now = noon + 20;
        // Another token makes the new keys known.
        await bench.jwt.check(await sign(rsa));
        await expect(bench.jwt.check(token)).resolves.toBeDefined();
        bench.now = noon + 301;
        await expect(bench.jwt.check(token)).rejects.toMatchObject(refused('JWT: ERR_JWKS_NO_MATCHING_KEY'));
      },
      [es],
    ));
});

/** Keys that change while the server runs, and a provider that cannot be reached. */
import { describe, expect, test, vi } from 'vitest';
import { makeKey, noon, ordinary, sign, withProvider } from './identity-provider.ts';

const first = await makeKey('first');
const second = await makeKey('second');
const third = await makeKey('third');

const unknownKey = { name: 'Unauthenticated', detail: 'JWT: ERR_JWKS_NO_MATCHING_KEY' };
const cannotCheck = { name: 'CannotCheck', retryAfterSeconds: 10 };
const times = (text: string, words: string): number => text.split(words).length - 1;

describe('a key that is new', () => {
  test('is fetched when a token names it', () =>
    withProvider(
      async (bench) => {
        await bench.jwt.check(await sign(first));
        bench.provider.keys = [first.jwk, second.jwk];
        bench.now = noon + 10;
        await expect(bench.jwt.check(await sign(second))).resolves.toBeDefined();
        expect(bench.provider.requested).toBe(2);
      },
      [first],
    ));

  test('is fetched at most every ten seconds, for any tokens', () =>
    withProvider(
      async (bench) => {
        await bench.jwt.check(await sign(first));
        const strange = await sign(third);
        for (let at = 0; at < 30; at += 1) {
          bench.now = noon + at;
          await expect(bench.jwt.check(strange)).rejects.toMatchObject(unknownKey);
        }
        expect(bench.provider.requested).toBe(3);
      },
      [first],
    ));

  test('is fetched once for all waiting requests', () =>
    withProvider(
      async (bench) => {
        const tokens = await Promise.all(
          Array.from({ length: 20 }, (_, at) => sign(first, { ...ordinary, jti: String(at) })),
        );
        await Promise.all(tokens.map((token) => bench.jwt.check(token)));
        expect(bench.provider.requested).toBe(1);
      },
      [first],
    ));

  test('replaces the old one, which is refused', () =>
    withProvider(
      async (bench) => {
        await bench.jwt.check(await sign(first));
        bench.provider.keys = [second.jwk];
        bench.now = noon + 10;
        await bench.jwt.check(await sign(second));
        await expect(
          bench.jwt.check(await sign(first, { ...ordinary, jti: 'unseen' })),
        ).rejects.toMatchObject(unknownKey);
      },
      [first],
    ));
});

describe('keys are fetched in the background', () => {
  test('every five minutes, so that a withdrawn key ends without new tokens', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      await withProvider(
        async (bench) => {
          await bench.jwt.check(await sign(first));
          bench.provider.keys = [second.jwk];
          vi.advanceTimersByTime(5 * 60_000);
          await vi.waitFor(() => expect(bench.provider.requested).toBe(2));
          await vi.waitFor(async () =>
            expect(
              await bench.jwt.check(await sign(first, { ...ordinary, jti: 'unseen' })).catch((e) => e),
            ).toMatchObject(unknownKey),
          );
        },
        [first],
      );
    } finally {
      vi.useRealTimers();
    }
  });
});

describe.each([
  ['that never answers', 'never' as const, 1_000],
  ['that hangs up', 'hang up' as const],
  ['that answers 500', { status: 500, body: '{"keys":[]}' }],
  ['that sends a page', { status: 200, body: '<html>private words</html>' }],
  ['that sends no key set', { status: 200, body: '{"private":"words"}' }],
  ['that sends elsewhere', { status: 302, body: '' }],
])('a provider %s', { concurrent: true }, (_how, answer, timeoutMs?: number) => {
  const options = timeoutMs === undefined ? {} : { timeoutMs };

  test('at the start: tokens cannot be checked, until it is back', () =>
    withProvider(
      async (bench) => {
        const token = await sign(first);
        await expect(bench.jwt.check(token)).rejects.toMatchObject(cannotCheck);
        bench.provider.answer = undefined;
        bench.now = noon + 10;
        await expect(bench.jwt.check(token)).resolves.toBeDefined();
      },
      [first],
      { ...options, answer },
    ));

  test('later: known keys are accepted, others cannot be checked, which is logged once', () =>
    withProvider(
      async (bench) => {
        const { provider, jwt } = bench;
        await jwt.check(await sign(first));
        provider.answer = answer;
        bench.now = noon + 10;
        const strange = await sign(second);
        await expect(jwt.check(strange)).rejects.toMatchObject(cannotCheck);
        await expect(jwt.check(strange)).rejects.toMatchObject(cannotCheck);
        expect(provider.requested).toBe(2);
        await expect(jwt.check(await sign(first, { ...ordinary, jti: 'unseen' }))).resolves.toBeDefined();
        bench.now = noon + 20;
        await expect(jwt.check(strange)).rejects.toMatchObject(cannotCheck);
        provider.answer = undefined;
        bench.now = noon + 30;
        await expect(jwt.check(strange)).rejects.toMatchObject(unknownKey);
        expect(times(bench.log(), 'cannot be fetched')).toBe(1);
        expect(times(bench.log(), 'can be fetched again')).toBe(1);
        expect(bench.log()).not.toMatch(/private|words/);
      },
      [first],
      options,
    ));
});

describe('a provider that is away', () => {
  test('for a day: even known keys are no longer accepted', () =>
    withProvider(
      async (bench) => {
        const token = await sign(first, { ...ordinary, exp: noon + 7 * 86_400 });
        await bench.jwt.check(token);
        bench.provider.answer = 'hang up';
        bench.now = noon + 86_399;
        await expect(bench.jwt.check(token)).resolves.toBeDefined();
        bench.now = noon + 86_400 + 301;
        await expect(bench.jwt.check(token)).rejects.toMatchObject({ name: 'CannotCheck' });
      },
      [first],
    ));

  test('does not keep expired or forged tokens from being refused', () =>
    withProvider(
      async (bench) => {
        await bench.jwt.check(await sign(first));
        bench.provider.answer = 'hang up';
        bench.now = noon + 4000;
        await expect(bench.jwt.check(await sign(first))).rejects.toMatchObject({ detail: 'JWT: expired' });
      },
      [first],
    ));
});

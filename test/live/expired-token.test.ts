/** Real tokens of an identity provider, on streams that stay open until they expire. */
import { afterEach, expect, it, vi } from 'vitest';
import { createAuthenticator } from '../../src/auth/authenticator.ts';
import { makeKey, ordinary, sign, withProvider } from '../auth/identity-provider.ts';
import { openFacade } from '../open-facade.ts';
import { sandboxNow, sandboxToday } from '../sandbox-today.ts';
import { ManualTimers, settled } from './manual-timers.ts';
import { type OpenStream, subscribe } from './subscribe.ts';

const book = `subscription {
  appointmentBook(bpSiteId: "1001", from: "${sandboxToday}") { __typename }
}`;

afterEach(() => void vi.useRealTimers());

it('a token that expires ends its streams within five seconds with a typed error, and no others', async () => {
  const key = await makeKey('live');
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  await withProvider(
    async (bench) => {
      const seconds = () => Math.floor(Date.now() / 1000);
      Object.defineProperty(bench, 'now', { get: seconds });
      const facade = openFacade({
        authenticate: createAuthenticator({ jwt: bench.jwt }),
        live: { timers: new ManualTimers(sandboxNow) },
      });
      const streams: OpenStream[] = [];
      const open = async (forSeconds: number) => {
        const token = await sign(key, { ...ordinary, nbf: seconds() - 60, exp: seconds() + forSeconds });
        const stream = await subscribe(facade.yoga, book, {}, { authorization: `Bearer ${token}` });
        streams.push(stream);
        const { data } = await stream.next();
        expect(data.appointmentBook.__typename).toBe('AppointmentBookSnapshot');
        return stream;
      };
      try {
        const [stream] = [await open(60), await open(600)];
        const next = stream.next();
        await vi.advanceTimersByTimeAsync(58_000);
        await settled();
        expect(facade.yoga.live.counts().subscriptions).toBe(2);
        // Two seconds to the expiry, and five.
        await vi.advanceTimersByTimeAsync(7_000);
        expect(await next).toMatchObject({
          errors: [{ message: expect.stringContaining('expired'), extensions: { code: 'UNAUTHENTICATED' } }],
        });
        expect(await stream.next()).toBeUndefined();
        expect(facade.yoga.live.counts().subscriptions).toBe(1);
      } finally {
        await Promise.all(streams.map((each) => each.close()));
        await facade.yoga.live.close();
        await facade.close();
      }
    },
    [key],
    { timeoutMs: 60_000 },
  );
});

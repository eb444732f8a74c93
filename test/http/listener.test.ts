/** The fast path on a socket. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { createConcurrencyLimit } from '../../src/limits/concurrency-limit.ts';
import { createMemoryBuckets } from '../../src/limits/memory-buckets.ts';
import { createRateLimit } from '../../src/limits/rate-limit.ts';
import { fakeHalo, practiceData } from '../resolvers/fake-halo.ts';

const limits = {
  rate: createRateLimit({ perMinute: 1_000, burst: 1_000, store: createMemoryBuckets() }),
  concurrency: createConcurrencyLimit({ perCaller: 1 }),
};
const never = new Promise<never>(() => {});
const halo = fakeHalo({
  practices: { '1001': { data: { ...practiceData(), appointmentTypes: () => never } } },
  server: { fastPath: 'any', callerLimits: limits },
});
const server = createServer(halo.yoga).listen(0, '127.0.0.1');
afterAll(() => server.close());

const viewer = JSON.stringify({ query: '{ viewer { name } }' });
const endless = JSON.stringify({
  query: '{ practice(bpSiteId: "1001") { ... on Practice { appointmentTypes { __typename } } } }',
});

const post = (headers: Record<string, string | number>) =>
  request({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  });

async function answer(pending: ReturnType<typeof post>, body: string) {
  pending.end(body);
  const [response] = (await once(pending, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: JSON.parse(await text(response)) };
}

describe('a body', () => {
  test('with a Content-Length gets a response with one', async () => {
    const { status, headers, body } = await answer(post({ 'content-length': viewer.length }), viewer);
    expect(status).toBe(200);
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
    expect(headers['x-request-id']).toBe(body.extensions.halo.requestId);
    expect(body.data).toEqual({ viewer: { name: 'tester' } });
  });

  test('in chunks is answered too', async () => {
    const { status, body } = await answer(post({ 'transfer-encoding': 'chunked' }), viewer);
    expect([status, body.data]).toEqual([200, { viewer: { name: 'tester' } }]);
  });

  test('outside the fast path gets the validation error', async () => {
    const wrong = JSON.stringify({ query: '{ nobody }' });
    const { status, body } = await answer(post({ 'content-length': wrong.length }), wrong);
    expect(status).toBe(200);
    expect(body.errors[0].message).toContain('nobody');
  });

  test('of more than a megabyte is refused', async () => {
    const long = JSON.stringify({ query: '{ viewer { name } }', variables: { a: 'a'.repeat(1_000_000) } });
    expect((await answer(post({ 'content-length': long.length }), long)).status).toBe(413);
  });

  test.each([1, 20])(
    'is answered in chunks that make one text, and logged in one line: %i',
    async (times) => {
      const ids = Array.from({ length: times }, () => ['1001', '9999', '1001']).flat();
      const query = `{ viewer { name } practices(bpSiteIds: ${JSON.stringify(ids)}) { __typename } }`;
      const body = JSON.stringify({ query });
      const practices = ids.map((id) => ({ __typename: id === '1001' ? 'Practice' : 'NotFound' }));
      for (let time = 0; time < 5; time += 1) {
        const answered = await answer(post({ 'content-length': body.length }), body);
        expect(answered.body.data).toEqual({ viewer: { name: 'tester' }, practices });
        expect(Number(answered.headers['content-length'])).toBe(
          Buffer.byteLength(JSON.stringify(answered.body)),
        );
        const { requestId } = answered.body.extensions.halo;
        const lines = halo.logged.filter(
          ({ message, fields }) => message === 'operation' && fields.requestId === requestId,
        );
        expect(lines).toHaveLength(1);
      }
    },
  );

  test('with letters of several bytes arrives whole', async () => {
    const query = '{ practice(bpSiteId: "Jörg–☂") { __typename ... on NotFound { message } } }';
    const body = JSON.stringify({ query });
    const answered = await answer(post({ 'content-length': Buffer.byteLength(body) }), body);
    expect(answered.body.data.practice.__typename).toBe('NotFound');
    expect(halo.opened.length).toBeGreaterThan(0);
  });
});

describe('a caller who disconnects', () => {
  const isTaken = () => {
    const leave = limits.concurrency.enter('tester');
    leave?.();
    return leave === null;
  };

  test('in the middle of the body releases the slot', async () => {
    const pending = post({ 'content-length': 1_000 });
    pending.on('error', () => {});
    pending.write('{"query"');
    await vi.waitFor(() => expect(isTaken()).toBe(true));
    pending.destroy();
    await vi.waitFor(() => expect(isTaken()).toBe(false));
  });

  test('before the response stops its operation', async () => {
    const before = halo.opened.length;
    const pending = post({ 'content-length': endless.length });
    pending.on('error', () => {});
    pending.end(endless);
    await vi.waitFor(() => expect(halo.opened.length).toBe(before + 1));
    expect(halo.opened.at(-1)?.signal.aborted).toBe(false);
    pending.destroy();
    await vi.waitFor(() => expect(halo.opened.at(-1)?.signal.aborted).toBe(true));
  });
});

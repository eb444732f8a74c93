/** The single connection mode of GraphQL over SSE. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';
import { type TickingOptions, type TickingServer, tickingServer } from './ticking-server.ts';

const wait = { timeout: 20_000, interval: 10 };
const opened: TickingServer[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});
async function serve(options?: TickingOptions): Promise<TickingServer> {
  const server = await tickingServer(options);
  opened.push(server);
  return server;
}

const header = 'x-graphql-event-stream-token';
const reserve = async ({ url }: TickingServer) => (await fetch(url, { method: 'PUT' })).text();
const start = (
  { url }: TickingServer,
  token: string,
  operationId?: string,
  query = 'subscription { ticks }',
) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [header]: token },
    body: JSON.stringify({ query, extensions: { operationId } }),
  }).then(({ status }) => status);
const stop = ({ url }: TickingServer, token: string, id: string) =>
  fetch(`${url}?operationId=${id}`, { method: 'DELETE', headers: { [header]: token } }).then(
    ({ status }) => status,
  );

async function open({ url }: TickingServer, token: string) {
  const pending = request(url, { headers: { accept: 'text/event-stream', [header]: token } });
  pending.on('error', () => {});
  pending.end();
  const [response] = (await once(pending, 'response')) as [IncomingMessage];
  let text = '';
  response.setEncoding('utf8').on('data', (piece) => {
    text += piece;
  });
  response.on('error', () => {});
  const events = () =>
    [...text.matchAll(/^event: (\w+)\ndata: (.*)$/gm)].map(
      ([, event, data = '']) => [event, JSON.parse(data)] as const,
    );
  return { response, events, cut: () => pending.destroy() };
}

it('operations share one stream, each by its id, and end one by one', async () => {
  const server = await serve();
  const token = await reserve(server);
  expect(token).toMatch(/^[\da-f-]{36}$/);
  const { response, events } = await open(server, token);
  expect(response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  });
  expect(await start(server, token, 'q', '{ a }')).toBe(202);
  await vi.waitFor(
    () =>
      expect(events().map(([event, { id }]) => [event, id])).toEqual([
        ['next', 'q'],
        ['complete', 'q'],
      ]),
    wait,
  );
  expect(await start(server, token, 's')).toBe(202);
  await vi.waitFor(() => expect(server.held()).toBe(1), wait);
  expect(await start(server, token, 's')).toBe(409);
  server.push('one');
  await vi.waitFor(
    () => expect(events().at(-1)).toMatchObject(['next', { id: 's', payload: { data: { ticks: 'one' } } }]),
    wait,
  );
  expect(await stop(server, token, 's')).toBe(200);
  await vi.waitFor(() => expect([server.held(), server.source.ended]).toEqual([0, 1]), wait);
});

it('a stream that its client leaves ends all its operations', async () => {
  const server = await serve();
  const token = await reserve(server);
  const { cut } = await open(server, token);
  await start(server, token, 'a');
  await start(server, token, 'b');
  await vi.waitFor(() => expect(server.held()).toBe(2), wait);
  cut();
  await vi.waitFor(() => expect([server.held(), server.heartbeats.size]).toEqual([0, 0]), wait);
  expect(await start(server, token, 'c')).toBe(404);
});

it('a stream is for one client, and has to be reserved', async () => {
  const server = await serve();
  const token = await reserve(server);
  await open(server, token);
  expect((await open(server, token)).response.statusCode).toBe(409);
  expect((await open(server, crypto.randomUUID())).response.statusCode).toBe(404);
  expect(await start(server, crypto.randomUUID(), 'a')).toBe(404);
  expect(await start(server, token)).toBe(400);
  expect(await stop(server, crypto.randomUUID(), 'a')).toBe(404);
});

it('is reserved for known callers, and not for pages of other sites', async () => {
  const server = await serve({ allowedOrigins: ['https://app.example'] });
  const put = (headers: Record<string, string>) =>
    fetch(server.url, { method: 'PUT', headers }).then(({ status }) => status);
  expect(await put({ authorization: 'Bearer wrong' })).toBe(401);
  expect(await put({ origin: 'https://evil.example' })).toBe(418);
  expect(await put({ origin: 'https://app.example' })).toBe(201);
});

it('is for the pages of this server too, whatever other origins are allowed', async () => {
  const server = await serve({ allowedOrigins: ['https://app.example'] });
  const own = { origin: server.url.replace('/graphql', ''), 'sec-fetch-site': 'same-origin' };
  const sentRequest = request(server.url, { method: 'PUT', headers: own });
  sentRequest.end();
  const [{ statusCode }] = (await once(sentRequest, 'response')) as [IncomingMessage];
  expect(statusCode).toBe(201);
});

it('a client that stops reading takes no more results than its buffers hold', async () => {
  const server = await serve({ endless: true, size: 100_000 });
  const token = await reserve(server);
  const { response, cut } = await open(server, token);
  response.pause();
  await start(server, token, 'a');
  let before = -1;
  await vi.waitFor(
    () => {
      const now = server.source.pulled;
      const still = now === before && now > 0;
      before = now;
      expect(still).toBe(true);
    },
    { timeout: 20_000, interval: 300 },
  );
  expect(server.source.pulled * 100_000).toBeLessThan(30_000_000);
  cut();
  await vi.waitFor(() => expect(server.held()).toBe(0), wait);
});

it('an operation whose stream closes while its body is still sent is not started', async () => {
  const server = await serve();
  const token = await reserve(server);
  const { cut } = await open(server, token);
  const body = JSON.stringify({ query: 'subscription { ticks }', extensions: { operationId: 'a' } });
  const pending = request(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': body.length, [header]: token },
  });
  const answered = once(pending, 'response') as Promise<[IncomingMessage]>;
  pending.write(body.slice(0, 10));
  // The server has seen its head when it has answered this.
  await reserve(server);
  cut();
  await vi.waitFor(() => expect(server.heartbeats.size).toBe(0), wait);
  pending.end(body.slice(10));
  const [{ statusCode }] = await answered;
  expect([statusCode, server.held(), server.source.pulled]).toEqual([404, 0, 0]);
});

it('one caller cannot reserve the streams of all', async () => {
  const server = await serve();
  const put = async (authorization: string) => {
    const response = await fetch(server.url, { method: 'PUT', headers: { authorization } });
    await response.text();
    return response.status;
  };
  const statuses: number[] = [];
  for (let count = 0; count < 110; count += 1) statuses.push(await put('Bearer one'));
  expect(statuses.filter((status) => status === 201)).toHaveLength(100);
  expect(statuses.at(-1)).toBe(503);
  expect(await put('Bearer two')).toBe(201);
});

it('a reservation that was used is free for another', async () => {
  const server = await serve();
  for (let count = 0; count < 110; count += 1) {
    const { cut, response } = await open(server, await reserve(server));
    expect(response.statusCode).toBe(200);
    cut();
  }
});

it('in a drain ends when its last operation has ended, and no other is opened', async () => {
  const server = await serve();
  const reserved = await reserve(server);
  const idle = await open(server, await reserve(server));
  const token = await reserve(server);
  const busy = await open(server, token);
  await start(server, token, 'a', '{ slow }');
  await vi.waitFor(() => expect(server.slow.size).toBe(1), wait);
  const idleEnd = once(idle.response, 'end');
  const busyEnd = once(busy.response, 'end');
  server.drain();
  await idleEnd;
  expect((await fetch(server.url, { method: 'PUT' })).status).toBe(503);
  expect((await open(server, reserved)).response.statusCode).toBe(503);
  expect(await start(server, token, 'b')).toBe(503);
  for (const resolve of server.slow) resolve('done');
  await busyEnd;
  expect(busy.events()).toMatchObject([
    ['next', { id: 'a', payload: { data: { slow: 'done' } } }],
    ['complete', { id: 'a' }],
  ]);
});

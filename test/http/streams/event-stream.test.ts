/** Event streams and multipart over a real connection. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { acceptedStream, eventStream, multipart } from '../../../src/http/streams/stream-format.ts';
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

const apollo = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json';

interface Sent {
  readonly query?: string;
  readonly accept?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function open(server: TickingServer, sent: Sent = {}) {
  const { query = 'subscription { ticks }', accept = 'text/event-stream', method = 'POST' } = sent;
  const body = JSON.stringify({ query });
  const target = method === 'GET' ? `${server.url}?query=${encodeURIComponent(query)}` : server.url;
  const pending = request(target, {
    method,
    headers: {
      accept,
      ...(method === 'POST' && { 'content-type': 'application/json', 'content-length': body.length }),
      ...sent.headers,
    },
  });
  pending.on('error', () => {});
  pending.end(method === 'POST' ? body : undefined);
  const [response] = (await once(pending, 'response')) as [IncomingMessage];
  let text = '';
  response.setEncoding('utf8').on('data', (piece) => {
    text += piece;
  });
  response.on('error', () => {});
  const ended = new Promise<void>((resolve) => response.once('close', resolve));
  return { response, text: () => text, ended, cut: () => pending.destroy() };
}

const events = (text: string) =>
  text
    .split('\n\n')
    .map((event) => /^event: (\w+)\ndata:(.*)$/.exec(event))
    .flatMap((match) => (match ? [[match[1], match[2] ? JSON.parse(match[2]) : null] as const] : []));
const parts = (text: string) =>
  text
    .split('--graphql')
    .slice(1, -1)
    .map((part) => JSON.parse(part.split('\r\n\r\n')[1] ?? 'null'));

describe('an event stream', () => {
  it('begins at once, has an event for each result, and says when it is complete', async () => {
    const server = await serve();
    const { response, text, ended } = await open(server);
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    });
    await vi.waitFor(() => expect(text()).toMatch(/^retry: [1-4]\d{3}\n\n$/), wait);
    server.push('one');
    await vi.waitFor(() => expect(events(text())).toHaveLength(1), wait);
    server.push('two');
    await vi.waitFor(() => expect(events(text())).toHaveLength(2), wait);
    server.finish();
    await ended;
    expect(events(text()).map(([event, result]) => [event, result?.data?.ticks])).toEqual([
      ['next', 'one'],
      ['next', 'two'],
      ['complete', undefined],
    ]);
    expect(server.held()).toBe(0);
  });

  it('is what an EventSource gets by GET', async () => {
    const server = await serve();
    const { text } = await open(server, { method: 'GET' });
    server.push('one');
    await vi.waitFor(() => expect(events(text())[0]?.[1].data).toEqual({ ticks: 'one' }), wait);
  });

  it('is not for a page of another site', async () => {
    const server = await serve({ allowedOrigins: ['https://app.example'] });
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign) {
      const { response } = await open(server, { method: 'GET', headers });
      expect(response.statusCode).toBe(418);
    }
    expect(server.source.pulled).toBe(0);
    const { response } = await open(server, { headers: { origin: 'https://app.example' } });
    expect(response.headers['access-control-allow-origin']).toBe('https://app.example');
  });

  it.each([
    ['a query', { query: '{ a }' }, { data: { a: null } }],
    [
      'an invalid document',
      { query: '{ b }' },
      { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
    ],
    [
      'an unknown credential',
      { headers: { authorization: 'Bearer wrong' } },
      { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ],
  ])('of %s has one result', async (_, sent, expected) => {
    const { text, ended } = await open(await serve(), sent);
    await ended;
    expect(events(text())).toEqual([
      ['next', expect.objectContaining({ extensions: expect.anything() })],
      ['complete', null],
    ]);
    expect(events(text())[0]?.[1]).toMatchObject(expected);
    expect(text()).not.toContain('"http"');
  });

  it('has a heartbeat while nothing happens', async () => {
    const server = await serve({ heartbeatMs: 20 });
    const { text, cut } = await open(server);
    await vi.waitFor(() => expect(text().match(/^:$/gm)?.length).toBeGreaterThan(2), wait);
    expect(server.heartbeats.size).toBe(1);
    cut();
    await vi.waitFor(() => expect(server.heartbeats.size).toBe(0), wait);
  });

  it('that its client leaves while nothing happens releases everything at once', async () => {
    const server = await serve();
    const { cut } = await open(server);
    await vi.waitFor(() => expect(server.source.pulled).toBe(1), wait);
    expect(server.held()).toBe(1);
    cut();
    await vi.waitFor(
      () => expect([server.source.ended, server.held(), server.heartbeats.size]).toEqual([1, 0, 0]),
      wait,
    );
  });

  it('of a client that stops reading takes no more results than its buffers hold', async () => {
    const server = await serve({ endless: true, size: 100_000 });
    const { response, cut } = await open(server);
    response.pause();
    let before = -1;
    await vi.waitFor(
      () => {
        const now = server.source.pulled;
        const still = now === before;
        before = now;
        expect(still).toBe(true);
      },
      { timeout: 20_000, interval: 300 },
    );
    // The kernel's buffers of both ends hold some megabytes.
    expect(server.source.pulled * 100_000).toBeLessThan(30_000_000);
    cut();
    await vi.waitFor(() => expect(server.held()).toBe(0), wait);
  });

  it('is not the answer to a client that takes JSON alone', async () => {
    const server = await serve();
    const { response, text, ended } = await open(server, { accept: 'application/json' });
    await ended;
    expect(response.statusCode).toBe(406);
    expect(JSON.parse(text()).errors[0].extensions.code).toBe('NOT_ACCEPTABLE');
    await vi.waitFor(() => expect(server.held()).toBe(0), wait);
  });

  it('is the answer to a client that would rather have JSON, but takes it', async () => {
    const server = await serve();
    const { text } = await open(server, { accept: 'application/json, text/event-stream' });
    server.push('one');
    await vi.waitFor(() => expect(events(text())).toHaveLength(1), wait);
    const { response } = await open(server, {
      accept: 'application/json, text/event-stream',
      query: '{ a }',
    });
    expect(response.headers['content-type']).toMatch('application/json');
  });

  it('comes through the listener in memory', async () => {
    const server = await serve();
    const body = JSON.stringify({ query: 'subscription { ticks }' });
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    const response = await server.fetch('http://x/graphql', { method: 'POST', headers, body });
    server.push('one');
    server.finish();
    expect(events(await response.text()).map(([event]) => event)).toEqual(['next', 'complete']);
    const left = await server.fetch('http://x/graphql', { method: 'POST', headers, body });
    await left.body?.cancel();
    expect(server.held()).toBe(0);
  });
});

describe('multipart', () => {
  it('has a part for each result, as Apollo Client reads it', async () => {
    const server = await serve({ heartbeatMs: 50 });
    const { response, text, ended } = await open(server, { accept: apollo });
    expect(response.headers['content-type']).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0');
    server.push('one');
    await vi.waitFor(
      () => expect(parts(text()).some((part) => Object.keys(part).length === 0)).toBe(true),
      wait,
    );
    server.push('two');
    server.finish();
    await ended;
    const results = parts(text()).filter((part) => 'payload' in part);
    expect(results.map(({ payload }) => payload.data)).toEqual([{ ticks: 'one' }, { ticks: 'two' }]);
    expect(text().endsWith('\r\n--graphql--\r\n')).toBe(true);
    expect(text()).not.toMatch(/[^\r]\n/);
  });

  it('says that an operation was refused without a payload', async () => {
    const { text, ended } = await open(await serve(), { accept: apollo, query: 'subscription { tocks }' });
    await ended;
    expect(parts(text())).toEqual([
      {
        payload: null,
        errors: [expect.objectContaining({ message: expect.any(String) })],
        extensions: expect.anything(),
      },
    ]);
  });
});

it.each([
  ['text/event-stream', eventStream, true],
  ['TEXT/EVENT-STREAM', eventStream, true],
  ['text/event-stream, multipart/mixed', eventStream, true],
  [apollo, multipart, true],
  ['multipart/mixed;subscriptionSpec=1.0', multipart, true],
  ['multipart/mixed; subscriptionSpec="1.0", application/graphql-response+json', multipart, true],
  [
    'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json',
    multipart,
    true,
  ],
  ['application/json, multipart/mixed;subscriptionSpec=1.0', multipart, false],
  [
    'application/graphql-response+json, application/json, text/event-stream, multipart/mixed',
    eventStream,
    false,
  ],
  ['multipart/mixed;deferSpec=20220824, application/json', undefined, false],
  ['multipart/mixed', undefined, false],
  ['application/json', undefined, false],
  [null, undefined, false],
])('accept: %s', (accept, format, first) => {
  expect(acceptedStream(accept)).toEqual(format && { format, first });
});

it.each([
  ['text/event-stream', /^text\/event-stream/],
  ['multipart/mixed;subscriptionSpec=1.0, application/json', /^multipart\/mixed;boundary="graphql"/],
])('a request body without a length, as .NET sends it, gets the same stream: %s', async (accept, type) => {
  const server = await serve();
  const pending = request(server.url, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
  });
  pending.end(JSON.stringify({ query: 'subscription { ticks }' }));
  const [response] = (await once(pending, 'response')) as [IncomingMessage];
  expect(response.headers['content-type']).toMatch(type);
  expect(response.headers['cache-control']).toContain('no-store');
  pending.destroy();
  await vi.waitFor(() => expect(server.held()).toBe(0), { timeout: 20_000, interval: 10 });
});

it('a request body without a length that is too large is refused', async () => {
  const server = await serve();
  const pending = request(server.url, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
  });
  pending.on('error', () => {});
  pending.write('{"query":"');
  pending.end(`${'x'.repeat(1_000_001)}"}`);
  const [response] = (await once(pending, 'response')) as [IncomingMessage];
  expect(await text(response)).toContain('REQUEST_ENTITY_TOO_LARGE');
});

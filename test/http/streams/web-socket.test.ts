/** GraphQL over WebSocket with the client of graphql-ws. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Client, createClient } from 'graphql-ws';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type TickingOptions, type TickingServer, tickingServer } from './ticking-server.ts';

const wait = { timeout: 20_000, interval: 10 };
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
async function serve(options?: TickingOptions): Promise<TickingServer> {
  const server = await tickingServer(options);
  closing.push(() => server.close());
  return server;
}
function client(server: TickingServer, connectionParams?: Record<string, unknown>): Client {
  const made = createClient({
    url: server.socketUrl,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(connectionParams && { connectionParams }),
  });
  closing.unshift(() => made.dispose());
  return made;
}
const ticks = 'subscription { ticks }';

function collect(from: Client, query = ticks) {
  const results: { data?: unknown; errors?: unknown }[] = [];
  const state = { completed: false, error: undefined as unknown };
  const dispose = from.subscribe(
    { query },
    {
      next: (result) => void results.push(result as never),
      error: (error) => {
        state.error = error;
      },
      complete: () => {
        state.completed = true;
      },
    },
  );
  return { results, state, dispose };
}

/** The code that a connection is closed with; `open` if the server answers a ping of the protocol; or the status of a refusal. */
async function closed(
  url: string,
  protocols: string[],
  headers: Record<string, string> = {},
): Promise<string> {
  const socket = new WebSocket(url, protocols, { headers });
  closing.unshift(() => socket.terminate());
  return new Promise((resolve) => {
    socket.once('unexpected-response', (_, response) => resolve(String(response.statusCode)));
    socket.once('close', (code) => resolve(String(code)));
    socket.once('error', () => {});
    socket.once('message', () => resolve('open'));
    socket.once('open', () => socket.send('{"type":"ping"}'));
  });
}

async function raw(url: string) {
  const socket = new WebSocket(url, ['graphql-transport-ws']);
  closing.unshift(() => socket.terminate());
  const messages: { type: string }[] = [];
  socket.on('error', () => {});
  socket.on('message', (message) => messages.push(JSON.parse(String(message))));
  await once(socket, 'open');
  return {
    socket,
    messages,
    async start(query: string) {
      socket.send(JSON.stringify({ type: 'connection_init' }));
      await vi.waitFor(() => expect(messages).toHaveLength(1), wait);
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
    },
  };
}

describe('a WebSocket', () => {
  it('carries each result of a subscription, and says when it is complete', async () => {
    const server = await serve();
    const { results, state } = collect(client(server));
    server.push('one', 'two');
    await vi.waitFor(
      () => expect(results.map(({ data }) => data)).toEqual([{ ticks: 'one' }, { ticks: 'two' }]),
      wait,
    );
    server.finish();
    await vi.waitFor(() => expect(state.completed).toBe(true), wait);
    await vi.waitFor(() => expect(server.held()).toBe(0), wait);
    expect(server.errors).toEqual([]);
  });

  it('carries queries and refusals too, without what is for the server alone', async () => {
    const connection = client(await serve());
    const query = collect(connection, '{ a }');
    await vi.waitFor(() => expect(query.results).toMatchObject([{ data: { a: null } }]), wait);
    const refused = collect(connection, '{ b }');
    await vi.waitFor(() => expect(refused.state.completed).toBe(true), wait);
    expect(refused.results).toMatchObject([
      { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
    ]);
    expect(JSON.stringify(refused.results)).not.toContain('"http"');
  });

  it('ends a subscription that its client leaves while nothing happens, and keeps the others', async () => {
    const server = await serve();
    const connection = client(server);
    const left = collect(connection);
    const kept = collect(connection);
    await vi.waitFor(() => expect(server.held()).toBe(2), wait);
    left.dispose();
    await vi.waitFor(() => expect([server.held(), server.source.ended]).toEqual([1, 1]), wait);
    server.push('one');
    await vi.waitFor(() => expect(kept.results).toHaveLength(1), wait);
  });

  it('that closes releases everything', async () => {
    const server = await serve();
    const connection = client(server);
    collect(connection);
    collect(connection);
    await vi.waitFor(() => expect(server.held()).toBe(2), wait);
    connection.terminate();
    await vi.waitFor(
      () => expect([server.held(), server.source.ended, server.heartbeats.size]).toEqual([0, 2, 0]),
      wait,
    );
  });

  it('takes the credential from connection_init, and closes for a wrong one', async () => {
    const server = await serve();
    const right = collect(client(server, { Authorization: 'Bearer right' }));
    server.push('one');
    await vi.waitFor(() => expect(right.results).toHaveLength(1), wait);
    for (const params of [
      { authorization: 'Bearer wrong' },
      { headers: { authorization: 'Bearer wrong' } },
    ]) {
      const wrong = collect(client(server, params));
      await vi.waitFor(() => expect(wrong.state.error).toMatchObject({ code: 4403 }), wait);
    }
  });

  it('is for the path of the API, its own pages and those of allowed origins', async () => {
    const server = await serve({ allowedOrigins: ['https://app.example'] });
    const protocol = ['graphql-transport-ws'];
    const { socketUrl } = server;
    expect(await closed(socketUrl.replace('/graphql', '/other'), protocol)).toBe('404');
    expect(await closed(socketUrl, protocol)).toBe('open');
    expect(await closed(socketUrl, protocol, { origin: 'https://app.example' })).toBe('open');
    expect(await closed(socketUrl, protocol, { origin: server.url.replace('/graphql', '') })).toBe('open');
    for (const origin of ['https://evil.example', 'null', 'https://app.example.evil.example'])
      expect(await closed(socketUrl, protocol, { origin })).toBe('403');
  });

  it('of the older protocol is closed', async () => {
    expect(await closed((await serve()).socketUrl, ['graphql-ws'])).not.toBe('open');
  });

  it('of a client that no longer answers is cut', async () => {
    const server = await serve({ heartbeatMs: 50 });
    const socket = new WebSocket(server.socketUrl, ['graphql-transport-ws'], { autoPong: false });
    closing.unshift(() => socket.terminate());
    await new Promise((resolve) => socket.once('open', resolve));
    await new Promise((resolve) => socket.once('close', resolve));
    await vi.waitFor(() => expect(server.heartbeats.size).toBe(0), wait);
  });

  it('of a client that stops reading takes no more results than its buffers hold', async () => {
    const server = await serve({ endless: true, size: 100_000 });
    const socket = new WebSocket(server.socketUrl, ['graphql-transport-ws']);
    closing.unshift(() => socket.terminate());
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: ticks } }));
    socket.pause();
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
    socket.terminate();
    await vi.waitFor(() => expect(server.held()).toBe(0), wait);
  });

  it('in a drain is closed when its last operation has ended, and no other is opened', async () => {
    const server = await serve();
    const idle = new WebSocket(server.socketUrl, ['graphql-transport-ws']);
    closing.unshift(() => idle.terminate());
    await new Promise((resolve) => idle.once('open', resolve));
    const busy = collect(client(server));
    await vi.waitFor(() => expect(server.held()).toBe(1), wait);
    const idleClosed = new Promise((resolve) => idle.once('close', resolve));
    server.sockets.drain();
    expect(await idleClosed).toBe(1001);
    expect(await closed(server.socketUrl, ['graphql-transport-ws'])).toBe('503');
    server.push('last');
    await vi.waitFor(() => expect(busy.results).toHaveLength(1), wait);
    server.finish();
    await vi.waitFor(() => expect(busy.state.completed || busy.state.error).toBeTruthy(), wait);
    await vi.waitFor(() => expect(server.heartbeats.size).toBe(0), wait);
  });

  it('of a message that is too large or no message is closed', async () => {
    const { socketUrl } = await serve();
    for (const [message, code] of [
      ['x'.repeat(1_000_001), 1009],
      ['{', 4400],
    ] as const) {
      const socket = new WebSocket(socketUrl, ['graphql-transport-ws']);
      closing.unshift(() => socket.terminate());
      socket.on('error', () => {});
      await new Promise((resolve) => socket.once('open', resolve));
      socket.send(message);
      expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(code);
    }
  });

  it('of a message with more values than any operation takes is closed before it is parsed', async () => {
    const { socketUrl } = await serve();
    const values = `[${'0,'.repeat(400_000)}0]`;
    for (const message of [
      `{"type":"connection_init","payload":{"a":${values}}}`,
      `{"type":"ping","payload":{"a":${values}}}`,
    ]) {
      const { socket } = await raw(socketUrl);
      socket.send(message);
      expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(1009);
    }
  });

  it.each([
    [
      'pings of the protocol, each of which is answered with what it holds',
      (socket: WebSocket) => {
        const ping = JSON.stringify({ type: 'ping', payload: { x: 'x'.repeat(500_000) } });
        for (let sent = 0; sent < 100; sent += 1) socket.send(ping);
      },
    ],
    [
      'pings of WebSocket',
      (socket: WebSocket) => {
        for (let sent = 0; sent < 200_000; sent += 1) socket.ping('x'.repeat(120));
      },
    ],
  ])(
    'of a client that does not read is not read either: %s',
    async (_, flood) => {
      const server = await serve();
      const { socket } = await raw(server.socketUrl);
      socket.pause();
      flood(socket);
      let before = -1;
      await vi.waitFor(
        () => {
          const now = server.bytesRead();
          const still = now === before;
          before = now;
          expect([still, server.bytesWaiting() > 1_000_000]).toEqual([true, true]);
        },
        { timeout: 60_000, interval: 500 },
      );
      // A megabyte, and what one read of the socket adds. Of all pings it would be many.
      expect(server.bytesWaiting()).toBeLessThan(3_000_000);
    },
    90_000,
  );

  it('of a client that is slow with a large result is kept', async () => {
    const server = await serve({ size: 20_000_000 });
    const { socket, messages, start } = await raw(server.socketUrl);
    await start('{ big }');
    socket.pause();
    await vi.waitFor(() => expect(server.bytesWaiting()).toBeGreaterThan(1_000_000), wait);
    // No pong can come between them.
    for (let beat = 0; beat < 8; beat += 1) server.heartbeats.beat();
    socket.resume();
    await vi.waitFor(
      () => expect(messages.map(({ type }) => type)).toEqual(['connection_ack', 'next', 'complete']),
      wait,
    );
  });

  it('in a drain sends the result that is awaited, and that it is complete, before it closes', async () => {
    const server = await serve();
    const { socket, messages, start } = await raw(server.socketUrl);
    await start('{ slow }');
    await vi.waitFor(() => expect(server.slow.size).toBe(1), wait);
    const code = new Promise((resolve) => socket.once('close', resolve));
    server.drain();
    for (const resolve of server.slow) resolve('done');
    expect(await code).toBe(1001);
    expect(messages).toMatchObject([
      { type: 'connection_ack' },
      { type: 'next', payload: { data: { slow: 'done' } } },
      { type: 'complete' },
    ]);
  });
});

it('a request that offers another protocol is answered in HTTP/1.1', async () => {
  const server = await serve();
  const body = JSON.stringify({ query: '{ a }' });
  const pending = request(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': body.length,
      connection: 'Upgrade, HTTP2-Settings',
      upgrade: 'h2c',
      'http2-settings': 'AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
    },
  });
  pending.write(body.slice(0, 5));
  setImmediate(() => pending.end(body.slice(5)));
  const [response] = (await once(pending, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  expect(JSON.parse(await text(response))).toMatchObject({ data: { a: null } });
});

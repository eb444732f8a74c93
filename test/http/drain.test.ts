import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDrain } from '../../src/http/drain.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(handle: RequestListener) {
  const drain = createDrain();
  const server = createServer(drain.listener(handle)).listen(0, '127.0.0.1');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return { drain, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('/ready', () => {
  it.each([
    ['GET', '/ready', 200],
    ['HEAD', '/ready?probe=1', 200],
    ['POST', '/ready', 405],
    ['GET', '/readyness', 204],
  ])('%s %s answers %i', async (method, path, status) => {
    const { url } = await serve((_, response) => response.writeHead(204).end());
    const answer = await fetch(url + path, { method });
    expect(answer.status).toBe(status);
    if (status !== 204) expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('a drain', () => {
  it('waits for what runs', async () => {
    let finish = () => {};
    const { drain, server, url } = await serve((_, response) => {
      finish = () => response.end('done');
    });
    const pending = fetch(url);
    await new Promise((resolve) => server.once('request', resolve));
    const ended = drain.begin(server, { noticeMs: 0, graceMs: 60_000 });
    finish();
    expect(await (await pending).text()).toBe('done');
    expect(await ended).toBe(true);
  });

  it('does not wait for connections on which no request has arrived, such as those that clients open ahead', async () => {
    const { drain, server, url } = await serve((_, response) => response.end('served'));
    const ahead = connect(Number(new URL(url).port), '127.0.0.1');
    await once(ahead, 'connect');
    await (await fetch(url)).text();
    const closed = once(ahead, 'close');
    expect(await drain.begin(server, { noticeMs: 0, graceMs: 60_000 })).toBe(true);
    await closed;
  });

  it('closes the listening socket within seconds, although a busy server has a request in each turn', async () => {
    const { drain, server } = await serve((_, response) => response.end('served'));
    const [serving] = server.listeners('request');
    let [now, isOver] = [0, false];
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    const turn = () => {
      const notes = server.listeners('request').filter((each) => each !== serving);
      if (isOver || notes.length === 0) return;
      now += 5;
      for (const note of notes) note.call(server);
      setImmediate(turn);
    };
    // In each turn of the event loop before the drain checks it.
    setImmediate(turn);
    await drain.begin(server, { noticeMs: 0, graceMs: 100 });
    clock.mockRestore();
    isOver = true;
    expect(now).toBeGreaterThan(1_000);
    expect(now).toBeLessThan(5_000);
  });

  it('I14: answers requests on open connections with `Connection: close`, until its end', async () => {
    let finish = () => {};
    const { drain, server, url } = await serve((request, response) => {
      if (request.url === '/slow') finish = () => response.end('done');
      else response.end('served');
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sendRequest = async () => {
      const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
      const { localPort } = response.socket;
      response.resume();
      await once(response, 'end');
      return [response.headers.connection, localPort];
    };
    const [welcome, port] = await sendRequest();
    expect(welcome).toBe('keep-alive');
    const slow = fetch(`${url}/slow`);
    await once(server, 'request');
    const ended = drain.begin(server, { noticeMs: 0, graceMs: 60_000 });
    // Longer than any pause between two looks at idle connections.
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await sendRequest()).toEqual(['close', port]);
    finish();
    expect(await (await slow).text()).toBe('done');
    expect(await ended).toBe(true);
    agent.destroy();
  });

  it('I14: waits a moment for requests that are being sent, then closes idle connections', async () => {
    const { drain, server, url } = await serve((_, response) => response.end('served'));
    const agent = new Agent({ keepAlive: true });
    const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
    const { socket } = response;
    response.resume();
    await once(response, 'end');
    expect(socket.closed).toBe(false);
    expect(await drain.begin(server, { noticeMs: 0, graceMs: 60_000 })).toBe(true);
    await vi.waitFor(() => expect(socket.readableEnded || socket.closed).toBe(true));
  });

  it('I14: serves connections that wait to be accepted when it closes the listening socket, and resets none', async () => {
    const { drain, server, url } = await serve((_, response) => response.end('served'));
    const { port } = new URL(url);
    const clients = Array.from({ length: 50 }, () => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write('GET / HTTP/1.1\r\nhost: facade\r\n\r\n');
      let received = '';
      socket.on('data', (text) => {
        received += text;
      });
      return new Promise<string>((resolve) => {
        socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'error'));
        socket.once('end', () => resolve(received));
      });
    });
    // The kernel has completed their handshakes, and the server has accepted none of them.
    await new Promise((resolve) => process.nextTick(resolve));
    expect(await drain.begin(server, { noticeMs: 0, graceMs: 60_000 })).toBe(true);
    for (const outcome of await Promise.all(clients)) {
      expect(outcome).toMatch(/^HTTP\/1\.1 200 OK.*connection: close.*served$/is);
    }
  });

  it('says so when something still runs at the end of the grace', async () => {
    const { drain, server, url } = await serve(() => {});
    fetch(url).catch(() => {});
    await new Promise((resolve) => server.once('request', resolve));
    expect(await drain.begin(server, { noticeMs: 0, graceMs: 10 })).toBe(false);
  });
});

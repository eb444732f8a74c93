/** How the real process ends, and that a caller who disconnects leaves nothing behind. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { build, type RunningFacade, startFacade } from './running-facade.ts';

const guid = 'aaaaaaaa-0000-4000-8000-000000000001';
const query =
  '{ practice(bpSiteId: "1") { __typename ... on Practice { name site { __typename } } ... on HaloError { code } } }';

/** A fake Halo Cloud. The test decides when it responds. */
interface HeldCloud {
  readonly server: Server;
  readonly requests: { readonly request: IncomingMessage; readonly answer: () => void; gone: boolean }[];
}
const cloud: HeldCloud = { server: createServer(hold), requests: [] };
let baseUrl = '';

function hold(request: IncomingMessage, response: ServerResponse): void {
  const site = {
    id: guid,
    pmsType: 'BestPractice',
    practiceMetadata: { practiceName: 'Synthetic Practice' },
  };
  const call = {
    request,
    gone: false,
    answer: () =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ sites: [site] })),
  };
  response.once('close', () => {
    call.gone = !response.writableFinished;
  });
  cloud.requests.push(call);
}

beforeAll(async () => {
  await build();
  cloud.server.listen(0, '127.0.0.1');
  await new Promise((resolve) => cloud.server.once('listening', resolve));
  baseUrl = `http://127.0.0.1:${(cloud.server.address() as AddressInfo).port}`;
});
const running: RunningFacade[] = [];
afterEach(() => {
  for (const { process: child } of running.splice(0)) child.kill('SIGKILL');
  cloud.requests.length = 0;
});
afterAll(() => {
  cloud.server.closeAllConnections();
  cloud.server.close();
});

async function start(environment: Readonly<Record<string, string>> = {}) {
  const facade = startFacade({ HALO_BASE_URL: baseUrl, ...environment });
  running.push(facade);
  const url = (await facade.said(/"url":"(http:[^"]+)"/))[1] as string;
  return { facade, url, port: Number(new URL(url).port) };
}

const sendRequest = (url: string, operation = query) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: operation }),
  });

/** A caller with its own connection, which the test closes. */
function call(port: number): Socket {
  const body = JSON.stringify({ query });
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: facade\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  return socket;
}

describe('after SIGTERM', () => {
  it('/ready says so first, requests are still served, then the listener closes and the process ends', async () => {
    const { facade, url } = await start({ DRAIN_NOTICE_MS: '5000' });
    const ready = () => fetch(new URL('/ready', url));
    const welcome = await ready();
    expect([welcome.status, await welcome.text()]).toEqual([200, 'ready\n']);
    expect(welcome.headers.get('connection')).not.toBe('close');

    facade.process.kill('SIGTERM');
    await expect.poll(async () => (await ready()).status).toBe(503);
    const health = await fetch(new URL('/health', url));
    expect([health.status, health.headers.get('connection')]).toEqual([200, 'close']);
    const late = sendRequest(url);
    await expect.poll(() => cloud.requests.length).toBe(1);
    cloud.requests[0]?.answer();
    expect((await late).status).toBe(200);
    expect(await facade.ended()).toBe(0);
    await expect(ready()).rejects.toThrow();
  });

  it('a running operation is answered before the process ends, while new connections are refused', async () => {
    const { facade, url } = await start();
    const pending = sendRequest(url);
    await expect.poll(() => cloud.requests.length).toBe(1);
    facade.process.kill('SIGTERM');
    const knock = () =>
      fetch(new URL('/health', url)).then(
        () => 'served',
        () => 'refused',
      );
    await expect.poll(knock).toBe('refused');
    expect(facade.process.exitCode).toBeNull();
    cloud.requests[0]?.answer();
    expect(await (await pending).json()).toMatchObject({
      data: { practice: { name: 'Synthetic Practice' } },
    });
    expect(await facade.ended()).toBe(0);
  });

  it('an idle process ends at once, also with connections kept alive', async () => {
    const { facade, url } = await start();
    await (await fetch(new URL('/health', url))).text();
    facade.process.kill('SIGTERM');
    expect(await facade.ended()).toBe(0);
  });
});

describe('a caller who hangs up', () => {
  it('aborts its requests to Halo Cloud, and sends no more', async () => {
    const { url, port } = await start();
    const socket = call(port);
    await expect.poll(() => cloud.requests.length).toBe(1);
    socket.destroy();
    await expect.poll(() => cloud.requests[0]?.gone).toBe(true);
    expect((await fetch(new URL('/health', url))).status).toBe(200);
    expect(cloud.requests).toHaveLength(1);
  });

  it('leaves alone what another caller waits for', async () => {
    const { url, port } = await start();
    const socket = call(port);
    await expect.poll(() => cloud.requests.length).toBe(1);
    const other = sendRequest(url);
    // The second caller has joined the first one's look-up when other operations that came after it have been answered.
    for (let times = 0; times < 3; times += 1) await (await sendRequest(url, '{ viewer { name } }')).text();
    socket.destroy();
    await fetch(new URL('/health', url));
    cloud.requests[0]?.answer();
    expect((await (await other).json()).data.practice.name).toBe('Synthetic Practice');
    expect(cloud.requests[0]?.gone).toBe(false);
  });
});

describe('without Halo Cloud', () => {
  it('it starts, is ready, and answers typed errors quickly', async () => {
    const { url } = await start({ HALO_BASE_URL: 'http://127.0.0.1:9' });
    expect((await fetch(new URL('/ready', url))).status).toBe(200);
    for (let times = 0; times < 7; times += 1) {
      const answer = await (await sendRequest(url)).json();
      expect(answer.data.practice).toMatchObject({ __typename: 'UpstreamFailed', code: 'UPSTREAM_FAILED' });
    }
    // Connections stopped being tried.
    const last = await (await sendRequest(url)).json();
    expect(last.extensions.halo.cost.calls).toBe(0);
  });
});

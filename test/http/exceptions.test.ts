/** A3: an exception in the listener is answered, or its connection is cut; it is logged, and the process lives. */
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Log } from '../../src/log.ts';
import { fakeHalo } from '../resolvers/fake-halo.ts';

const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
const listeners = process.listeners('unhandledRejection');
beforeAll(() => {
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', note);
});
afterAll(() => {
  process.off('unhandledRejection', note);
  for (const listener of listeners) process.on('unhandledRejection', listener);
});
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const fault = () => {
  throw new Error('a fault of a test');
};

/** Sends a request through a listener whose response has a fault. Null: the connection was cut. */
async function sendRequest(
  listener: RequestListener,
  method: string,
  breakIt: (response: ServerResponse) => void,
) {
  const server = createServer((request, response) => {
    if (request.headers['x-test'] === 'broken') breakIt(response);
    listener(request, response);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const send = (headers: Record<string, string>) =>
    method === 'GET'
      ? fetch(`${url}?query={viewer{name}}`, { headers })
      : fetch(url, {
          method,
          headers: { 'content-type': 'application/json', ...headers },
          body: '{"query":"{ viewer { name } }"}',
        });
  const broken = await send({ 'x-test': 'broken' }).then(
    ({ status }) => status,
    () => null,
  );
  const next = await send({});
  return { broken, next: next.status };
}

describe.each(['POST', 'GET'])('A3: by %s', (method) => {
  it.each([
    ['writing the head', 'writeHead'],
    ['writing the body', 'end'],
  ] as const)('while %s', async (_which, name) => {
    const { yoga, logged } = fakeHalo();
    const { broken, next } = await sendRequest(yoga, method, (response) => {
      const whole = response[name].bind(response);
      let failed = false;
      // Only the first time: what answers the exception may use it too.
      Object.assign(response, {
        [name]: (...args: Parameters<typeof whole>) => {
          if (failed) return (whole as (...args: unknown[]) => unknown)(...args);
          failed = true;
          return fault();
        },
      });
    });
    expect([500, null]).toContain(broken);
    expect(next).toBe(200);
    expect(logged.some(({ level }) => level === 'error')).toBe(true);
    await new Promise(setImmediate);
    expect(unhandled).toEqual([]);
  });

  it.each(['info', 'error'] as const)('while logging (%s)', async (level) => {
    const silent = () => {};
    const log: Log = { debug: silent, info: silent, warn: silent, error: silent, [level]: fault };
    const { yoga } = fakeHalo({ server: { log } });
    const { broken, next } = await sendRequest(yoga, method, () => {});
    expect([broken, next]).toEqual([200, 200]);
    await new Promise(setImmediate);
    expect(unhandled).toEqual([]);
  });
});

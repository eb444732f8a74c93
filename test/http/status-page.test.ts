/** `GET /status`: who sees it, and in which form. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Caller } from '../../src/auth/caller.ts';
import { CannotCheck } from '../../src/auth/cannot-check.ts';
import { Unauthenticated } from '../../src/auth/unauthenticated.ts';
import { findChromium } from '../e2e/find-chromium.ts';
import { type Facade, openFacade } from '../open-facade.ts';

const callers: Readonly<Record<string, Caller>> = {
  'operators-key': { name: 'operator', scopes: ['operator', 'sites:read', 'users:read'], practices: 'all' },
  'key-of-1002': { name: 'one', scopes: ['operator'], practices: ['1002'] },
  'desks-key': { name: 'desk', scopes: ['sites:read', 'users:read'], practices: 'all' },
};
let facade: Facade;
beforeAll(async () => {
  facade = openFacade({
    practices: [{ bpSiteId: '1001', name: 'Sandbox Wattle Practice' }],
    async authenticate({ headers }) {
      const authorization = headers.get('authorization');
      if (authorization === null) throw Unauthenticated.missing();
      const key = authorization.replace(/^Bearer /, '');
      if (key === 'not-now') throw new CannotCheck(7, 'the identity provider is away');
      const caller = callers[key];
      if (!caller) throw Unauthenticated.refused('no such key');
      return caller;
    },
  });
  const query = '{ a: practice(bpSiteId: "1001") { ...names } b: practice(bpSiteId: "1007") { ...names } }';
  const names = 'fragment names on Practice { users { ... on UserConnection { nodes { displayName } } } }';
  await facade.execute(`${query} ${names}`, {}, { authorization: 'Bearer operators-key' });
});
afterAll(() => facade.close());

const get = (headers: Readonly<Record<string, string>>, method = 'GET') =>
  facade.yoga.fetch('http://facade.test/status', { method, headers });
const basic = (password: string) => `Basic ${Buffer.from(`operator:${password}`).toString('base64')}`;

it.each([
  ['without a credential', {}, 401],
  ['with an unknown one', { authorization: 'Bearer unknown' }, 401],
  ['without the scope', { authorization: 'Bearer desks-key' }, 403],
  ['without the scope, as a password', { authorization: basic('desks-key') }, 403],
  ['while credentials cannot be checked', { authorization: 'Bearer not-now' }, 503],
])('shows nothing %s', async (_, headers, status) => {
  const response = await get(headers);
  expect(response.status).toBe(status);
  expect(await response.text()).not.toMatch(/100\d/);
});

test('a browser gets a Basic challenge, a program a Bearer challenge', async () => {
  expect((await get({ accept: 'text/html' })).headers.get('www-authenticate')).toMatch(/^Basic /);
  expect((await get({})).headers.get('www-authenticate')).toBe('Bearer');
  expect((await get({ authorization: 'Bearer not-now' })).headers.get('retry-after')).toBe('7');
});

it.each([['Bearer operators-key'], [basic('operators-key')]])(
  'answers operators with JSON: %s',
  async (authorization) => {
    const response = await get({ authorization });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({
      practices: [
        { bpSiteId: '1007', availability: 'site_away', chargedToday: 0, lastContact: null },
        { bpSiteId: '1001', name: 'Sandbox Wattle Practice', availability: 'ok', chargedToday: 1 },
      ],
    });
  },
);

it('does not name practices that the credential does not', async () => {
  const text = await (await get({ authorization: 'Bearer key-of-1002' })).text();
  expect(JSON.parse(text)).toMatchObject({ practices: [], chargedToday: 0 });
  expect(text).not.toContain('Wattle');
});

it('is read-only, and has no body for HEAD', async () => {
  const authorization = 'Bearer operators-key';
  expect((await get({ authorization }, 'POST')).status).toBeGreaterThanOrEqual(400);
  const head = await get({ authorization }, 'HEAD');
  expect([head.status, await head.text()]).toEqual([200, '']);
});

const executablePath = findChromium();
if (!executablePath)
  process.stdout.write('SKIPPED test/http/status-page.test.ts, browser: no chromium here.\n');

describe.skipIf(!executablePath)('in a browser', { timeout: 60_000 }, () => {
  test.each([
    ['a desktop', 1280],
    ['a phone', 390],
  ])('the page fits %s, runs no script and loads nothing else', async (_, width) => {
    const server = createServer(facade.yoga);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: executablePath as string,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
    });
    try {
      const httpCredentials = { username: 'operator', password: 'operators-key' };
      const page = await browser.newPage({ viewport: { width, height: 844 }, httpCredentials });
      const requests: string[] = [];
      const faults: string[] = [];
      page.on('request', (request) => requests.push(new URL(request.url()).pathname));
      page.on('console', (message) => faults.push(message.text()));
      const { port } = server.address() as AddressInfo;
      expect((await page.goto(`http://127.0.0.1:${port}/status`))?.status()).toBe(200);
      await page.getByText('offline: Halo Link does not answer').waitFor();
      await page.getByText('Sandbox Wattle Practice').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await page.locator('thead').isVisible()).toBe(width > 640);
      expect(requests.filter((path) => path !== '/favicon.ico' && path !== '/status')).toEqual([]);
      expect(faults.filter((text) => !text.includes('401') && !text.includes('favicon'))).toEqual([]);
    } finally {
      await browser.close();
      server.closeAllConnections();
      server.close();
    }
  });
});

/** Neither the subscription key nor a caller's credential is in anything that the process emits, whatever goes wrong. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build, type RunningFacade, startFacade } from '../e2e/running-facade.ts';
import { ownSandbox } from '../facade/booking-client.ts';

const upstreamKey = `upstream-${randomBytes(16).toString('hex')}`;
const apiKey = `caller-${randomBytes(16).toString('hex')}`;
const wrongKey = `stranger-${randomBytes(16).toString('hex')}`;
const token = ['{"alg":"ES256"}', '{"sub":"Nobody","iss":"https://id.sandbox.example/"}', randomBytes(64)]
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');
const secrets = [
  upstreamKey,
  apiKey,
  wrongKey,
  ...token.split('.').slice(1),
  ...[upstreamKey, apiKey].flatMap((key) => [
    Buffer.from(key).toString('base64').replace(/=+$/, ''),
    createHash('sha256').update(key).digest('hex'),
    encodeURIComponent(key).slice(0, -4),
  ]),
];

const folder = mkdtempSync(join(tmpdir(), 'halo-graph-secrets-'));
const keysFile = join(folder, 'keys.json');
const scopes = ['sites:read', 'appointments:read', 'patients:read', 'sql:run'];
writeFileSync(
  keysFile,
  JSON.stringify([
    {
      name: 'front-desk',
      sha256: createHash('sha256').update(apiKey).digest('hex'),
      scopes,
      practices: ['*'],
    },
  ]),
);

const running: RunningFacade[] = [];
beforeAll(build);
afterAll(() => {
  for (const { process: child } of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function start(environment: Record<string, string>) {
  const facade = startFacade({
    HALO_SUBSCRIPTION_KEY: upstreamKey,
    API_KEYS_FILE: keysFile,
    LOG_LEVEL: 'debug',
    NODE_OPTIONS: `--import ${fileURLToPath(new URL('printing-sdk.mjs', import.meta.url))}`,
    ...environment,
  });
  running.push(facade);
  const url = (await facade.said(/"url":"(http:[^"]+)"/))[1] as string;
  const answers: string[] = [];
  const get = async (target: string | URL, init: RequestInit = {}) => {
    const response = await fetch(target, init);
    answers.push(JSON.stringify([...response.headers]), await response.text());
    return response.status;
  };
  const execute = (query: string, credential: string | undefined = apiKey, headers: object = {}) =>
    get(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(credential !== undefined && { authorization: `Bearer ${credential}` }),
        ...headers,
      },
      body: JSON.stringify({ query }),
    });
  return { facade, url, get, execute, emitted: () => [facade.output(), ...answers].join('\n') };
}

const book = `query Book { practice(bpSiteId: "1001") { __typename ... on HaloError { message code }
  ... on Practice { name appointments(from: "2026-11-24") { __typename ... on HaloError { message code }
    ... on AppointmentConnection { nodes { start patient { fullName } } } } } } }`;
const sql = `mutation { runSql(input: { site: { bpSiteId: "1001" }, command: { text: "SELECT USERID FROM USERS" } }) {
  __typename ... on HaloError { message code } ... on PmsError { errorType } } }`;
const pairs = `mutation { pairSite(input: { pmsSiteId: "1001", pairingCode: "nonsense" }) { __typename ... on HaloError { message } } }`;

const seen = (text: string): readonly string[] => secrets.filter((secret) => text.includes(secret));

test('not in successful operations, failures of a practice or refused credentials', async () => {
  const sandbox = await ownSandbox({ key: upstreamKey });
  const { facade, url, execute, get, emitted } = await start({ HALO_BASE_URL: sandbox.url });
  expect(await execute(book)).toBe(200);
  expect(await execute(book, wrongKey)).toBe(401);
  expect(await execute(book, token)).toBe(401);
  expect(await get(url, { method: 'POST', headers: { authorization: `Basic ${apiKey}` } })).toBe(401);
  expect(await get(`${url}?query=%7Bviewer%7Bname%7D%7D&key=${apiKey}`)).toBe(401);
  await execute(sql);
  await execute(pairs);
  await execute(`{ ${'a'.repeat(50)} }`);
  for (const fault of ['503', '504', '413', 'quota', 'moved', 'offline', 'cut-connection', 'lookup-fails']) {
    await execute(book, apiKey, { 'x-sandbox-fault': fault });
  }
  await get(new URL('/metrics', url));
  await get(new URL('/health', url));
  await get(new URL('/nowhere', url));
  facade.process.kill('SIGTERM');
  await facade.ended();
  await sandbox.close();
  const text = emitted();
  expect(text).toContain('"msg":"patient data"');
  expect(text).toContain('"halo.call.kind":"sql"');
  expect(text).toContain('halo_graph_operations_total');
  expect(text).toContain('"level":"debug"');
  expect(seen(text)).toEqual([]);
}, 60_000);

test('not when Halo Cloud repeats it', async () => {
  let status = 0;
  let requested = 0;
  const upstream = createServer((request, response) => {
    requested += 1;
    const text = JSON.stringify(request.headers);
    const error = { type: text, code: text, message: `Access denied: ${text}`, ...request.headers };
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1', 'x-echo': text });
    response.end(
      status === 200 && requested % 2 === 0 ? text : JSON.stringify({ error, ...error, sites: [error] }),
    );
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => upstream.once('listening', resolve));
  const { port } = upstream.address() as AddressInfo;
  const { facade, execute, emitted } = await start({
    HALO_BASE_URL: `http://127.0.0.1:${port}`,
    HALO_DEADLINE_MS: '400',
  });
  for (status of [200, 400, 401, 403, 404, 413, 429, 500, 503, 504]) {
    const before = requested;
    for (const query of [book, sql, pairs]) await execute(query.replace('1001', String(status)));
    const guid = `00000000-0000-4000-8000-000000000${status}`;
    await execute(`{ site(haloGuid: "${guid}") { __typename ... on HaloError { message } } }`);
    await execute(sql.replace('bpSiteId: "1001"', `haloGuid: "${guid}"`));
    expect(requested - before).toBeGreaterThan(2);
  }
  facade.process.kill('SIGKILL');
  await facade.ended();
  upstream.closeAllConnections();
  upstream.close();
  expect(seen(emitted())).toEqual([]);
}, 60_000);

test('not in the last lines of a crashing process', async () => {
  const { facade, emitted } = await start({ HALO_BASE_URL: 'http://127.0.0.1:9' });
  facade.process.kill('SIGUSR2');
  expect(await facade.ended()).toBe(1);
  expect(emitted()).toContain('A crash on purpose.');
  expect(emitted()).toContain('printing-sdk.mjs');
  expect(seen(emitted())).toEqual([]);
});

test('not when it cannot start', async () => {
  const environments: readonly Record<string, string>[] = [
    { HALO_SUBSCRIPTION_KEY: `${upstreamKey} with a blank` },
    { HALO_ENVIRONMENT: 'staging', HALO_BASE_URL: `ftp://${upstreamKey}@127.0.0.1` },
    { REDIS_URL: `http://:${apiKey}@127.0.0.1` },
    { API_KEYS_FILE: keysFile.replace('keys', 'no-keys'), PORT: 'x' },
  ];
  await Promise.all(
    environments.map(async (environment) => {
      const facade = startFacade({ HALO_SUBSCRIPTION_KEY: upstreamKey, ...environment });
      running.push(facade);
      expect(await facade.ended()).toBe(2);
      expect(facade.output()).toMatch(/cannot start/);
      expect(seen(facade.output())).toEqual([]);
    }),
  );
});

/** A facade that is closed leaves nothing running in the background. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createJwtCheck } from '../../src/auth/jwt.ts';
import { readConfig } from '../../src/config.ts';
import { createFacade } from '../../src/create-facade.ts';
import { createLog } from '../../src/log.ts';
import { ManualTimers, settled } from '../live/manual-timers.ts';
import { subscribe } from '../live/subscribe.ts';
import { openFacade } from '../open-facade.ts';
import { sandboxNow, sandboxToday } from '../sandbox-today.ts';

const folder = mkdtempSync(join(tmpdir(), 'halo-graph-closed-'));
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

it('neither its watched files, nor the keys of the identity provider, nor the search for abandoned queries', async () => {
  const files = { apiKeysFile: join(folder, 'keys.json'), subscriptionKeyFile: join(folder, 'key') };
  writeFileSync(files.apiKeysFile, '[]');
  writeFileSync(files.subscriptionKeyFile, 'synthetic-key');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  const log = createLog('silent');
  const config = readConfig({});
  const jwksUrl = new URL('http://127.0.0.1:9/keys');
  const jwt = { issuer: 'https://id.example', audience: 'facade', jwksUrl, proxy: null, log };
  const facade = createFacade(
    {
      ...{ ...config, ...files, live: { ...config.live, source: 'auto' } },
      ...{ baseUrl: 'https://halo.example', subscriptionKey: 'synthetic-key' },
      practices: [{ bpSiteId: '1001' }],
    },
    { log, jwtCheck: createJwtCheck(jwt) },
  );
  facade.openServer();
  expect(vi.getTimerCount()).toBe(4);
  await facade.close();
  expect(vi.getTimerCount()).toBe(0);
});

it('nor a watched book, also when its last subscriber leaves afterwards', async () => {
  const timers = new ManualTimers(sandboxNow);
  const facade = openFacade({ live: { timers } });
  const stream = await subscribe(
    facade.yoga,
    `subscription { appointmentBook(bpSiteId: "1001", from: "${sandboxToday}") { __typename } }`,
  );
  await stream.next();
  expect(timers.pending).toBeGreaterThan(0);
  await facade.close();
  expect(timers.pending).toBe(0);
  await stream.close();
  await settled();
  expect(timers.pending).toBe(0);
});

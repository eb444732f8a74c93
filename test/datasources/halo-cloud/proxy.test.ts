/** Halo Cloud and the identity provider through a real proxy on loopback. */
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { defaultKey } from '../../../sandbox/server/start.ts';
import { createKeySet } from '../../../src/auth/key-set.ts';
import { checkHaloCloud } from '../../../src/cli/check/check-halo-cloud.ts';
import { reportText } from '../../../src/cli/check/report-text.ts';
import { readConfig } from '../../../src/config.ts';
import { immediateWrite } from '../../../src/datasources/halo-cloud/sql/immediate-query.ts';
import { createHaloCloud } from '../../../src/datasources/halo-cloud/transport/client.ts';
import { NoAnswer } from '../../../src/datasources/practice/write-port.ts';
import { type ConnectProxy, openConnectProxy } from '../../connect-proxy.ts';
import { collectLog, contextOf, failureOf, guidA, key, listen, wireRows } from './kit.ts';
import { anyQuery } from './scripted-halo.ts';

let proxy: ConnectProxy;
beforeEach(async () => {
  proxy = await openConnectProxy();
});
afterEach(() => proxy.close());

async function throughProxy(userInfo = '') {
  const baseUrl = await listen((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(wireRows([{ n: 1 }])));
  });
  const log = collectLog();
  const halo = createHaloCloud({
    baseUrl,
    subscriptionKey: key,
    proxy: new URL(`http://${userInfo}${proxy.host}`),
    log,
  });
  return { halo, log, baseUrl };
}

describe('E8: a proxy on the way to Halo Cloud', () => {
  it('carries all calls over keep-alive connections', async () => {
    const { halo, log, baseUrl } = await throughProxy();
    for (let calls = 0; calls < 10; calls += 1)
      expect(await halo.read(anyQuery(guidA), contextOf(log))).toEqual([{ n: 1 }]);
    expect(new Set(proxy.opened)).toEqual(new Set([new URL(baseUrl).host]));
    expect(proxy.opened.length).toBeLessThan(3);
    expect(proxy.credentials[0]).toBeUndefined();
    await halo.close();
  });

  it('receives its user and password, and no other server does', async () => {
    const { halo, log } = await throughProxy('clinic:p%40ssword@');
    await halo.read(anyQuery(guidA), contextOf(log));
    expect(proxy.credentials).toEqual([`Basic ${btoa('clinic:p@ssword')}`]);
    expect(JSON.stringify(log.lines)).not.toMatch(/p@ssword|p%40ssword/);
    await halo.close();
  });

  it.each([
    [407, 'PROXY_407'],
    [502, 'PROXY_502'],
    ['silence', 'UND_ERR_HEADERS_TIMEOUT'],
  ] as const)('that opens no tunnel (%s) is no connection: nothing was written', async (refuses, code) => {
    proxy.refuses = refuses;
    const { halo, log } = await throughProxy();
    const failure = await failureOf(
      halo.write(immediateWrite(guidA, { text: 'EXEC dbo.BP_Synthetic', parameters: [] }), contextOf(log)),
    );
    expect(failure).not.toBeInstanceOf(NoAnswer);
    expect(failure).toMatchObject({ code: 'UPSTREAM_FAILED', detail: `connection failed: ${code}` });
    expect(halo.state().sitesPaused).toBe(0);
    await halo.close();
  });

  it('is named by check, without its credentials', async () => {
    const check = () =>
      checkHaloCloud({
        ...readConfig({}),
        environment: 'staging',
        baseUrl: inject('sandboxUrl'),
        proxy: new URL(`http://clinic:p%40ssword@${proxy.host}`),
        subscriptionKey: defaultKey,
        source: 'auto',
        failover: 'replay',
        assumedWrites: false,
        deadlineMs: 15_000,
        practices: [],
        bpSiteIds: ['1001'],
      });
    const works = await check();
    expect(works).toMatchObject({ allRight: true, proxy: `http://${proxy.host}` });
    expect(reportText(works)).toContain(`It answers through the proxy http://${proxy.host}.`);
    proxy.refuses = 407;
    const refused = await check();
    expect(refused.allRight).toBe(false);
    expect(reportText(refused)).toContain(`through the proxy http://${proxy.host} (PROXY_407)`);
    expect(JSON.stringify([works, refused])).not.toMatch(/p%40ssword|p@ssword|clinic:/);
  });
});

it('E8: the keys of the identity provider are fetched through the proxy', async () => {
  const url = new URL(
    await listen((_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [] }));
    }),
  );
  const log = collectLog();
  const options = { url, log, clock: Date.now, timeoutMs: 5_000 };
  const keys = createKeySet({ ...options, proxy: new URL(`http://${proxy.host}`) });
  await expect.poll(() => proxy.opened).toEqual([url.host]);
  await expect(keys.key({ alg: 'RS256', kid: 'x' }, { payload: '', signature: '' })).rejects.toMatchObject({
    code: 'ERR_JWKS_NO_MATCHING_KEY',
  });
  keys.close();
  expect(log.lines).toEqual([]);
});

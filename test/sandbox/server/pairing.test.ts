import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningSandbox } from '../../../sandbox/server/start.ts';
import { startSandbox } from '../../../sandbox/server/start.ts';
import { practiceNamed, today } from '../practice-fixture.ts';
import { sandboxClient } from './sandbox-client.ts';

let sandbox: RunningSandbox;
let client: ReturnType<typeof sandboxClient>;
beforeAll(async () => {
  sandbox = await startSandbox({ today });
  client = sandboxClient(sandbox.url);
});
afterAll(() => sandbox.close());

const chain = practiceNamed('9001');
const known = {
  practiceManagementSiteId: '9001',
  practiceManagementName: 'Best Practice',
  pairingCode: 'SANDBX',
};
const pair = (query: Record<string, string>, fault?: string, path = 'pair-site') =>
  client.send(`/integrator/${path}?${new URLSearchParams(query)}`, fault, { method: 'POST' });
const without = (name: keyof typeof known) =>
  Object.fromEntries(Object.entries(known).filter(([key]) => key !== name));

it('answers the site, under both paths, uncharged', async () => {
  for (const path of ['pair-site', 'pairSite']) {
    const { status, json } = await pair(known, undefined, path);
    expect([status, json.id, json.practiceManagementSiteId]).toEqual([200, chain.haloGuid, '9001']);
  }
  expect(sandbox.calls.map(({ method, charged, siteId }) => [method, charged, siteId])).toEqual([
    ['POST', false, null],
    ['POST', false, null],
  ]);
  expect((await pair(known, 'moved')).json.id).toBe(chain.standbyHaloGuid);
});

it('needs no code where the practice is no Best Practice', async () => {
  const zedmed = { practiceManagementSiteId: 'ZED-2001', practiceManagementName: 'Zedmed' };
  expect((await pair(zedmed)).status).toBe(200);
});

it.each<[string, Record<string, string>, number]>([
  ['a wrong code', { ...known, pairingCode: 'NOTTHE' }, 400],
  ['no code', without('pairingCode'), 400],
  ['no id', without('practiceManagementSiteId'), 400],
  ['no software', without('practiceManagementName'), 400],
  ['unknown software', { ...known, practiceManagementName: 'BestPractice' }, 400],
  ['an unknown practice', { ...known, practiceManagementSiteId: '4711' }, 404],
])('%s', async (_, query, status) => {
  expect(await pair(query)).toMatchObject({ status, json: { error: { status } } });
});

it.each([
  ['pair-fails', 502, 'The practice management software returned an unexpected result code.'],
  ['gone', 404, 'cannot find'],
  ['ip-not-allowed', 403, 'Ip'],
  ['quota', 403, 'Quota'],
  ['429', 429, 'Rate'],
  ['500', 500, 'error'],
  ['504-after', 504, 'seconds'],
])('%s: %i', async (fault, status, text) => {
  const reply = await pair(known, fault);
  expect(reply.status).toBe(status);
  expect(reply.json.error.message).toContain(text);
});

it('can be cut, and is a POST', async () => {
  await expect(pair(known, 'cut-before')).rejects.toThrow();
  await expect(pair(known, 'cut-after')).rejects.toThrow();
  expect((await client.send(`/integrator/pair-site?${new URLSearchParams(known)}`)).status).toBe(404);
});

/** The webhook's path of the real process, on both kinds of port. */
import { createHmac, randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { freePort } from '../free-port.ts';
import { build, type RunningFacade, startFacade } from './running-facade.ts';

const secret = 'synthetic-webhook-secret';
const running: RunningFacade[] = [];
beforeAll(build);
afterEach(() => {
  for (const { process: child } of running.splice(0)) child.kill('SIGKILL');
});

async function start(environment: Readonly<Record<string, string>>): Promise<string> {
  const facade = startFacade(environment);
  running.push(facade);
  return new URL((await facade.said(/GraphiQL +(http:\S+\/graphql)/))[1] as string).origin;
}

function webhook(signedWith: string): RequestInit {
  const [id, queryId, siteId] = [randomUUID(), randomUUID(), randomUUID()];
  const now = new Date().toISOString();
  const body = JSON.stringify({ id, occurredAt: now, siteId, queryId, webhookSource: 'registered' });
  const signature = createHmac('sha256', signedWith).update(`${body}.${now}`).digest('hex');
  const headers = { 'x-halo-id': id, 'x-halo-timestamp': now, 'x-halo-signature-256': signature };
  return { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
}

it('answers webhooks on the port of the API, and counts them', async () => {
  const origin = await start({ HALO_WEBHOOK_SECRET: secret });
  expect((await fetch(`${origin}/webhooks/halo`, webhook(secret))).status).toBe(200);
  expect((await fetch(`${origin}/webhooks/halo`, webhook('another'))).status).toBe(401);
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  expect(metrics).toContain('halo_graph_webhooks_total{outcome="unknown_query"} 1');
  expect(metrics).toContain('halo_graph_webhooks_total{outcome="bad_signature"} 1');
});

it('answers them on a port of their own, on which nothing else is', async () => {
  const port = await freePort();
  const origin = await start({ HALO_WEBHOOK_SECRET: secret, WEBHOOK_PORT: String(port) });
  expect((await fetch(`${origin}/webhooks/halo`, webhook(secret))).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/webhooks/halo`, webhook(secret))).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${port}/graphql?query={__typename}`)).status).toBe(404);
});

it('knows no such path without a secret', async () => {
  const origin = await start({});
  expect((await fetch(`${origin}/webhooks/halo`, webhook(secret))).status).toBe(404);
});

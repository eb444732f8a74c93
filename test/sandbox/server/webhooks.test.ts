import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server/start.ts';
import { createLog } from '../../../src/log.ts';
import { withWebhooks } from '../../../src/webhooks/listener.ts';
import { statusOf, type WebhookOutcome } from '../../../src/webhooks/outcomes.ts';
import { createWebhookReceiver } from '../../../src/webhooks/receive.ts';
import { createMemoryIds } from '../../../src/webhooks/received-ids.ts';
import { webhookKey } from '../../../src/webhooks/signature.ts';
import { practiceNamed, today } from '../practice-fixture.ts';
import { queryClient, registration } from './query-client.ts';
import { sandboxClient } from './sandbox-client.ts';

const secret = 'synthetic-webhook-secret';
const pace = { initialisingMs: 0, queuedMs: 0, executingMs: 0, pageMs: 0 };
const wait = { timeout: 20_000, interval: 20 };

let sandbox: RunningSandbox;
const hints: { queryId: string; siteId: string }[] = [];
const outcomes: WebhookOutcome[] = [];
let trouble = 0;
const receiver = createWebhookReceiver({
  keys: [webhookKey(secret, 'utf8')],
  ids: createMemoryIds(),
  events: {
    onQueryCompleted(queryId, siteId) {
      if (trouble > 0) {
        trouble -= 1;
        throw new Error('Redis is away');
      }
      hints.push({ queryId, siteId });
      return true;
    },
  },
});
const server = createServer(
  withWebhooks(
    { receiver, count: (outcome) => outcomes.push(outcome), log: createLog('silent') },
    (_request, response) => response.writeHead(418).end(),
  ),
);
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/halo`;
  sandbox = await startSandbox({ today, pace, minFrequencySeconds: 1, webhookRetryMs: 10 });
});
beforeEach(async () => {
  hints.length = 0;
  outcomes.length = 0;
  trouble = 0;
  await control('webhook', { url, secret });
});
afterEach(async () => {
  await control('webhook/faults', { fault: null });
  await control('webhook', { url: null });
  await control('registered/cancel', { bpSiteId: '9001' });
});
afterAll(async () => {
  await sandbox.close();
  server.close();
});

const control = async (path: string, body: unknown) =>
  (await sandboxClient(sandbox.url).post(`/sandbox/${path}`, body)).json;
const text = "SELECT COUNT(*) AS n FROM APPOINTMENTS WHERE APPOINTMENTDATE = '2027-12-23'";
const register = async (): Promise<string> =>
  (await queryClient(sandbox.url).post('registered', { ...registration(text), frequency: 1, duration: 3600 }))
    .json.id;
const book = () =>
  sandbox.atDesk('9001', {
    add: {
      userId: 2,
      date: '2027-12-23',
      time: 36_000,
      length: 900,
      patientId: 7,
      locationId: 1,
      typeId: 1,
      reason: null,
    },
  });

describe('webhooks of the sandbox', () => {
  it('are sent for the first result of a registered query, and then for a changed one', async () => {
    const queryId = await register();
    const siteId = practiceNamed('9001').haloGuid;
    await vi.waitFor(() => expect(hints).toEqual([{ queryId, siteId }]), wait);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(hints).toHaveLength(1);
    book();
    await vi.waitFor(() => expect(hints).toHaveLength(2), wait);
    expect(outcomes).toEqual(['accepted', 'accepted']);
  });

  it('are sent for an async query that succeeds, and for none that fails', async () => {
    const site = queryClient(sandbox.url);
    const { json } = await site.post('async', { command: { text } });
    await vi.waitFor(
      () => expect(hints.map(({ queryId }) => queryId)).toEqual([json.id ?? json.queryId]),
      wait,
    );
    await site.post('async', { command: { text: 'SELECT nothing FROM nowhere' } });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(hints).toHaveLength(1);
  });

  it.each<readonly [string, readonly WebhookOutcome[], number]>([
    ['lose', [], 0],
    ['delay-600', ['accepted'], 1],
    ['duplicate', ['accepted', 'duplicate'], 1],
    ['replay', ['accepted', 'duplicate'], 1],
    ['forge', ['bad_signature'], 0],
    ['late', ['not_recent'], 0],
    ['oversize', ['too_large'], 0],
  ])('with the fault %s end as %j', async (fault, expected, delivered) => {
    await control('webhook/faults', { fault });
    await register();
    if (expected.length > 0) await vi.waitFor(() => expect(outcomes.toSorted()).toEqual(expected), wait);
    else await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(outcomes.toSorted()).toEqual(expected);
    expect(hints).toHaveLength(delivered);
  });

  it('reordered arrive in another order', async () => {
    await control('webhook/faults', { fault: 'reorder' });
    const site = queryClient(sandbox.url);
    const ids: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      const { json } = await site.post('async', { command: { text } });
      ids.push(json.id ?? json.queryId);
    }
    await vi.waitFor(
      () => expect(hints.map(({ queryId }) => queryId).toSorted()).toEqual(ids.toSorted()),
      wait,
    );
  });

  it('are repeated after our own trouble, and not after a refusal', async () => {
    trouble = 3;
    await register();
    await vi.waitFor(
      () => expect(outcomes).toEqual(['unavailable', 'unavailable', 'unavailable', 'accepted']),
      wait,
    );
    // The sandbox notes an attempt once it has the response, which is later than the receiver's outcome.
    const statuses = () => sandbox.webhookAttempts.slice(-4).map(({ status }) => status);
    await vi.waitFor(() => expect(statuses()).toEqual([503, 503, 503, 200]), wait);
    expect(new Set(sandbox.webhookAttempts.slice(-4).map(({ id }) => id)).size).toBe(1);
  });
});

describe('the path of the webhook', () => {
  it('takes POST alone', async () => {
    const response = await fetch(url);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });
  it('ignores a query string', async () => {
    const response = await fetch(`${url}?source=registered`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(statusOf.bad_signature);
  });
  it('leaves other paths alone', async () => {
    expect((await fetch(url.replace('/webhooks/halo', '/webhooks/other'))).status).toBe(418);
  });
  it('refuses a body without a length that is too large', async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(8_192));
      },
    });
    const status = await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit).then(
      (response) => response.status,
      () => 'cut',
    );
    expect([413, 'cut']).toContain(status);
    expect(outcomes).toEqual(['too_large']);
  });
});

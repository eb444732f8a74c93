/**
 * A live book in the real clients, against the built server: all of them watch one book while the front desk and the API
 * change it. A registered query detects what the front desk changes, and only a webhook says that it has a new result.
 */
import type { GraphQLTaggedNode } from 'relay-runtime';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../../sandbox/server/start.ts';
import { type BuiltServer, startBuiltServer } from '../desks/built-server.ts';
import { compileRelayProject } from '../projects/relay-artifacts.ts';
import { emptyWednesday } from './empty-day.ts';
import { type BookEvent, type BookVariables, liveClients } from './live-clients.ts';

const bpSiteId = '1001';
const [today = ''] = new Date().toISOString().split('T');
const variables: BookVariables = { bpSiteId, from: emptyWednesday() };
const atDesk = 'Booked at the front desk';
const byApi = 'Booked through the API';
const secret = 'synthetic-webhook-secret';

let sandbox: RunningSandbox;
let server: BuiltServer;
const relayProject = compileRelayProject();
const seen = new Map<string, BookEvent[]>();
const errors: unknown[] = [];
const closing: (() => void)[] = [];

const warnings = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];

beforeAll(async () => {
  sandbox = await startSandbox({ today });
  server = await startBuiltServer({
    HALO_BASE_URL: sandbox.url,
    LOG_LEVEL: 'info',
    LIVE_SOURCE: 'auto',
    HALO_WEBHOOK_SECRET: secret,
    // Without webhooks a change would be seen after ten minutes.
    LIVE_STATUS_SECONDS: '600',
  });
  const response = await fetch(`${sandbox.url}/sandbox/webhook`, {
    method: 'POST',
    body: JSON.stringify({ url: `${new URL(server.url).origin}/webhooks/halo`, secret }),
  });
  if (!response.ok) throw new Error(await response.text());
  const relayBook = await relayProject.load<GraphQLTaggedNode>('liveBookSubscription');
  for (const { name, open } of liveClients) {
    const events: BookEvent[] = [];
    seen.set(name, events);
    closing.push(
      open({
        url: server.url,
        variables,
        relayBook,
        onEvent: (event) => events.push(event),
        onError: (error) => errors.push(`${name}: ${error}`),
      }),
    );
  }
});
afterAll(async () => {
  for (const close of closing) close();
  relayProject.remove();
  await server?.close();
  await sandbox?.close();
});

const until = (holds: () => void) => vi.waitFor(holds, { timeout: 100_000, interval: 50 });
const changes = (name: string, reason: string) =>
  (seen.get(name) ?? [])
    .flatMap((event) => event.changes ?? [])
    .filter(({ appointment }) => appointment.reason === reason);

test.each(liveClients)('begins with a snapshot: $name', async ({ name }) => {
  await until(() => expect(seen.get(name)?.[0]).toBeDefined());
  expect(seen.get(name)?.[0]).toMatchObject({ __typename: 'AppointmentBookSnapshot', appointments: [] });
});

describe('a change at the front desk', () => {
  beforeAll(() => {
    // The first run has the same book as the snapshot.
    sandbox.advance(60_000);
    sandbox.atDesk(bpSiteId, {
      add: {
        userId: 2,
        date: variables.from,
        time: 36_000,
        length: 900,
        patientId: 1,
        locationId: 1,
        typeId: 1,
        reason: atDesk,
      },
    });
    sandbox.advance(60_000);
  });
  test.each(liveClients)('is an event: $name', async ({ name }) => {
    await until(() => expect(changes(name, atDesk)).toMatchObject([{ kind: 'BOOKED' }]));
  });
});

describe('a booking through the API', () => {
  beforeAll(async () => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { __typename } }',
        variables: {
          input: {
            bpSiteId,
            userId: '2',
            patientId: '2',
            start: `${variables.from}T11:00:00+10:00`,
            reason: byApi,
            idempotencyKey: 'live-clients-booking',
          },
        },
      }),
    });
    expect(await response.json()).toMatchObject({
      data: { bookAppointment: { __typename: 'BookAppointmentPayload' } },
    });
  });
  test.each(liveClients)('is an event: $name', async ({ name }) => {
    await until(() => expect(changes(name, byApi)).toMatchObject([{ kind: 'BOOKED' }]));
  });
});

test('one registered query serves all clients, and its webhooks are accepted', async () => {
  const registrations = sandbox.calls.filter(
    ({ method, path }) => method === 'POST' && path.endsWith('/queries/registered'),
  );
  expect(registrations).toHaveLength(1);
  const metrics = await (await fetch(new URL('/metrics', server.url))).text();
  expect(metrics).toMatch(/halo_graph_webhooks_total\{outcome="accepted"\} [1-9]/);
});

test('no client saw an error or a gap, or has anything to warn of', () => {
  expect(warnings.flatMap(({ mock }) => mock.calls)).toEqual([]);
  expect(errors).toEqual([]);
  const gaps = [...seen.values()].flat().filter(({ __typename }) => __typename === 'AppointmentBookGap');
  expect(gaps).toEqual([]);
});

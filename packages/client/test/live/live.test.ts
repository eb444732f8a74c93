/**
 * A live book in the real clients, against the built server: all of them watch one book while the front desk and the API
 * change it.
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
    LIVE_SOURCE: 'poll',
    LIVE_POLL_SECONDS: '5',
    // The price of a subscription is that of an hour: 720 looks, each with a read of the selection.
    LIMIT_CHARGED: '5000',
  });
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

test('no client saw an error or a gap, or has anything to warn of', () => {
  expect(warnings.flatMap(({ mock }) => mock.calls)).toEqual([]);
  expect(errors).toEqual([]);
  const gaps = [...seen.values()].flat().filter(({ __typename }) => __typename === 'AppointmentBookGap');
  expect(gaps).toEqual([]);
});

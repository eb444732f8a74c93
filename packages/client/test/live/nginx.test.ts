/** A live book behind nginx, which collects responses as Debian installs it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { GraphQLTaggedNode } from 'relay-runtime';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type BuiltServer, startBuiltServer } from '../desks/built-server.ts';
import { compileRelayProject } from '../projects/relay-artifacts.ts';
import { emptyWednesday } from './empty-day.ts';
import { type BookEvent, liveClients } from './live-clients.ts';
import { nginxPath, startNginx } from './nginx.ts';

const bpSiteId = '1001';
const from = emptyWednesday();
const waiting = { timeout: 30_000, interval: 20 };
const webSocket = (name: string) => name.includes('GraphQLWsLink');

/** The headers of docs/live.md. */
const upgrade =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; proxy_set_header Host $http_host;';
const proxies = [
  { as: 'as installed', settings: '', arrives: (name: string) => !webSocket(name) },
  {
    as: 'with the settings of docs/live.md',
    settings: `${upgrade} proxy_buffering off;`,
    arrives: () => true,
  },
  {
    as: 'that ignores X-Accel-Buffering',
    settings: `${upgrade} proxy_ignore_headers X-Accel-Buffering;`,
    arrives: webSocket,
  },
  {
    as: 'that ignores X-Accel-Buffering, with proxy_buffering off',
    settings: `${upgrade} proxy_ignore_headers X-Accel-Buffering; proxy_buffering off;`,
    arrives: () => true,
  },
];

if (!nginxPath) process.stderr.write('SKIPPED: no nginx here, so streams are not tested behind a proxy.\n');

describe.skipIf(!nginxPath)('nginx', () => {
  let server: BuiltServer;
  const relayProject = compileRelayProject();
  let relayBook: GraphQLTaggedNode;
  let bookings = 0;

  beforeAll(async () => {
    relayBook = await relayProject.load('liveBookSubscription');
    server = await startBuiltServer();
  });
  afterAll(async () => {
    relayProject.remove();
    await server?.close();
  });

  function open(url: string, { open: subscribe }: (typeof liveClients)[number]) {
    const events: BookEvent[] = [];
    const close = subscribe({
      url,
      variables: { bpSiteId, from },
      relayBook,
      onEvent: (event) => events.push(event),
      // A client that gets no WebSocket says so.
      onError: () => {},
    });
    const reasons = () =>
      events.flatMap(({ changes = [] }) => changes.map(({ appointment }) => appointment.reason));
    return { events, reasons, close };
  }

  async function book(): Promise<string> {
    bookings += 1;
    const reason = `Booking ${bookings}`;
    const start = `${from}T10:${15 * (bookings - 1) || '00'}:00+10:00`;
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { __typename } }',
        variables: {
          input: {
            bpSiteId,
            userId: '2',
            patientId: String(bookings),
            start,
            reason,
            idempotencyKey: reason,
          },
        },
      }),
    });
    expect((await response.json()).data.bookAppointment.__typename).toBe('BookAppointmentPayload');
    return reason;
  }

  test.each(proxies)('$as', async ({ settings, arrives }) => {
    const nginx = await startNginx(server.url, settings);
    const direct = open(server.url, liveClients[0] as (typeof liveClients)[number]);
    const behind = liveClients.map((client) => ({ name: client.name, ...open(nginx.url, client) }));
    const expected = behind.filter(({ name }) => arrives(name));
    try {
      await vi.waitFor(() => {
        for (const { name, events } of [{ name: 'direct', ...direct }, ...expected]) {
          expect(events[0]?.__typename, name).toBe('AppointmentBookSnapshot');
        }
      }, waiting);
      const reason = await book();
      await vi.waitFor(() => {
        for (const { name, reasons } of [{ name: 'direct', ...direct }, ...expected])
          expect(reasons(), name).toEqual([reason]);
      }, waiting);
      await pause(500);
      const others = behind.filter(({ name }) => !arrives(name));
      expect(others.map(({ events }) => events)).toEqual(others.map(() => []));
    } finally {
      for (const { close } of [direct, ...behind]) close();
      await nginx.close();
    }
  });
});

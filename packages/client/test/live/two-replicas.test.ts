/**
 * Two replicas as processes, registered queries and webhooks: what reaches one replica serves the subscribers of the other.
 * A replica that is stopped hands its subscribers over, and a key that is revoked ends its streams.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningSandbox, startSandbox } from '../../../../sandbox/server/start.ts';
import { type RedisServer, redisIsMissing, startRedis } from '../../../../test/store/redis-server.ts';
import { type BuiltServer, startBuiltServer } from '../desks/built-server.ts';
import { emptyWednesday } from './empty-day.ts';
import type { BookEvent } from './live-clients.ts';

const bpSiteId = '1001';
const from = emptyWednesday();
const [today = ''] = new Date().toISOString().split('T');
const secret = 'synthetic-webhook-secret';
const keys = ['desk', 'kiosk'] as const;
const keyOf = (name: string) => `synthetic-key-of-${name}`;
const query = `subscription Book($after: String) {
  appointmentBook(bpSiteId: "${bpSiteId}", from: "${from}", after: $after) {
    __typename
    ... on AppointmentBookSnapshot { cursor appointments { id reason } }
    ... on AppointmentBookChanged { cursor changes { kind appointment { id reason } } }
    ... on AppointmentBookGap { reason }
    ... on HaloError { code }
  }
}`;

interface Result {
  readonly data?: { readonly appointmentBook: BookEvent } | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly retryAfterSeconds?: number };
  }[];
}

class Reader {
  readonly results: Result[] = [];
  ended = false;
  readonly close: () => void;

  constructor(transport: string, url: string, name: string, after?: string) {
    const authorization = `Bearer ${keyOf(name)}`;
    const sink = {
      next: (result: unknown) => void this.results.push(result as Result),
      error: () => this.#end(),
      complete: () => this.#end(),
    };
    const payload = { query, variables: { after } };
    if (transport === 'WebSocket') {
      const client = createWsClient({
        url: url.replace(/^http/, 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: { authorization },
        retryAttempts: 0,
      });
      client.subscribe(payload, sink as never);
      this.close = () => void client.dispose();
    } else {
      const client = createSseClient({ url, headers: { authorization }, retryAttempts: 0 });
      client.subscribe(payload, sink as never);
      this.close = () => client.dispose();
    }
  }

  #end(): void {
    this.ended = true;
  }

  get events(): BookEvent[] {
    return this.results.flatMap(({ data }) => (data ? [data.appointmentBook] : []));
  }

  get reasons(): (string | null)[] {
    return this.events.flatMap(({ changes = [] }) => changes.map(({ appointment }) => appointment.reason));
  }

  get cursor(): string | undefined {
    return this.events.flatMap(({ cursor }) => cursor ?? []).at(-1);
  }

  get code(): string | undefined {
    return this.results.at(-1)?.errors?.[0]?.extensions?.code;
  }
}

const until = (holds: () => void | Promise<void>) => vi.waitFor(holds, { timeout: 90_000, interval: 50 });

describe.skipIf(redisIsMissing('packages/client/test/live/two-replicas.test.ts'))('two replicas', () => {
  let redis: RedisServer;
  let sandbox: RunningSandbox;
  const servers: BuiltServer[] = [];
  const readers: Reader[] = [];
  const keysFile = join(mkdtempSync(join(tmpdir(), 'halo-keys-')), 'keys.json');
  const url = (replica: number) => servers[replica]?.url ?? '';
  let hour = 8;

  beforeAll(async () => {
    redis = await startRedis();
    sandbox = await startSandbox({ today });
    allow(keys);
    const settings = {
      HALO_BASE_URL: sandbox.url,
      LOG_LEVEL: 'info',
      REDIS_URL: redis.url,
      API_KEYS_FILE: keysFile,
      HALO_WEBHOOK_SECRET: secret,
      LIVE_SOURCE: 'auto',
      // Without webhooks a change would be seen after ten minutes.
      LIVE_STATUS_SECONDS: '600',
      LIVE_GRACE_SECONDS: '1',
    };
    servers.push(await startBuiltServer(settings), await startBuiltServer(settings));
    await control('webhook', { url: `${new URL(url(1)).origin}/webhooks/halo`, secret });
  });
  afterAll(async () => {
    for (const each of readers) each.close();
    await Promise.all(servers.map((each) => each.close()));
    await sandbox?.close();
    await redis?.kill();
  });

  function allow(names: readonly string[]): void {
    const scopes = ['appointments:read', 'patients:read', 'users:read'];
    const entries = names.map((name) => ({
      ...{ name, scopes, practices: [bpSiteId] },
      sha256: createHash('sha256').update(keyOf(name)).digest('hex'),
    }));
    writeFileSync(keysFile, JSON.stringify(entries));
  }

  async function control(path: string, body: object): Promise<void> {
    const response = await fetch(`${sandbox.url}/sandbox/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  function open(transport: string, replica: number, name: string, after?: string): Reader {
    const reader = new Reader(transport, url(replica), name, after);
    readers.push(reader);
    return reader;
  }

  /** Somebody at the practice books, and Halo Cloud's next run finds it. */
  function bookAtDesk(reason: string): void {
    hour += 1;
    const place = {
      userId: 2,
      date: from,
      time: hour * 3_600,
      length: 900,
      patientId: 1,
      locationId: 1,
      typeId: 1,
    };
    sandbox.atDesk(bpSiteId, { add: { ...place, reason } });
    sandbox.advance(60_000);
  }

  const transports = ['WebSocket', 'event stream'];

  test('a webhook that reaches one replica is an event for the subscribers of the other', async () => {
    for (const transport of transports) open(transport, 0, 'desk');
    await until(() => {
      for (const { events } of readers) expect(events[0]?.__typename).toBe('AppointmentBookSnapshot');
    });
    // The first run has the same book as the snapshot.
    sandbox.advance(60_000);
    bookAtDesk('By webhook');
    await until(() => {
      for (const { reasons } of readers) expect(reasons).toEqual(['By webhook']);
    });
    const metrics = await (await fetch(`${new URL(url(1)).origin}/metrics`)).text();
    expect(metrics).toMatch(/halo_graph_webhooks_total\{outcome="accepted"\} [1-9]/);
    expect(metrics).not.toContain('outcome="unknown_query"');
  });

  test('a key that is revoked ends its streams with a typed error, and no others', async () => {
    const ending = transports.map((transport) => open(transport, 1, 'kiosk'));
    await until(() => {
      for (const { events } of ending) expect(events[0]?.__typename).toBe('AppointmentBookSnapshot');
    });
    allow(['desk']);
    await until(() => {
      for (const each of ending) {
        expect(each.ended).toBe(true);
        expect(each.code).toBe('UNAUTHENTICATED');
      }
    });
    for (const each of readers.slice(0, 2)) expect(each.ended).toBe(false);
  });

  test('a replica that is stopped says so; subscribers go on at the other with their cursor, and miss nothing', async () => {
    const before = readers.slice(0, 2);
    const stopped = servers[0]?.close();
    const after: Reader[] = [];
    await Promise.all(
      before.map(async (each, index) => {
        await until(() => expect(each.ended).toBe(true));
        expect(each.code).toBe('SERVER_STOPPING');
        expect(each.results.at(-1)?.errors?.[0]?.extensions?.retryAfterSeconds).toBeGreaterThan(0);
        after.push(open(transports[index] ?? '', 1, 'desk', each.cursor));
      }),
    );
    await until(() => {
      for (const { events } of after) expect(events[0]?.__typename).toBe('AppointmentBookChanged');
    });
    bookAtDesk('While a replica stops');
    await stopped;
    sandbox.advance(60_000);
    await until(() => {
      for (const each of after) expect(each.reasons).toEqual(['While a replica stops']);
    });
    for (const each of after) {
      expect(each.events.map(({ __typename }) => __typename)).not.toContain('AppointmentBookSnapshot');
      each.close();
    }
  });

  test('the last subscriber that leaves ends the registered query', async () => {
    const registered = async () => {
      const { calls } = sandbox;
      return calls.filter(({ method, path }) => method === 'DELETE' && path.includes('/registered')).length;
    };
    await until(async () => expect(await registered()).toBeGreaterThan(0));
  });
});

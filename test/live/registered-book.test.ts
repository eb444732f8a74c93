/** Changes are detected by a query that Halo Cloud runs at the practice. Halo Cloud's clock and the facade's pass together. */
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import type { LiveSettings } from '../../src/live/live-books.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { notFound, withWebhooks } from '../../src/webhooks/listener.ts';
import { createWebhookReceiver } from '../../src/webhooks/receive.ts';
import { createMemoryIds } from '../../src/webhooks/received-ids.ts';
import { webhookKey } from '../../src/webhooks/signature.ts';
import { type Facade, openFacade } from '../open-facade.ts';
import { practiceNamed } from '../sandbox/practice-fixture.ts';
import { sandboxClient } from '../sandbox/server/sandbox-client.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { ManualTimers, settled } from './manual-timers.ts';
import { type OpenStream, subscribe } from './subscribe.ts';

const bookSubscription = `subscription ($from: Date!, $to: Date) {
  appointmentBook(bpSiteId: "1001", from: $from, to: $to) {
    __typename
    ... on AppointmentBookSnapshot { maxLagSeconds appointments { pmsId status } }
    ... on AppointmentBookChanged { changes { kind appointment { pmsId status } } }
    ... on AppointmentBookGap { reason }
    ... on HaloError { code }
  }
}`;
const settings: LiveSettings = {
  source: 'auto',
  deployment: 'test',
  statusSeconds: 10,
  pollSeconds: 60,
  graceSeconds: 30,
};
const bpSiteId = '1001';
const secret = 'synthetic-webhook-secret';
const { haloGuid } = practiceNamed(bpSiteId);
let sandbox: RunningSandbox;
/** Bodies of the requests that register a query. */
const registrations: string[] = [];
const facades: Facade[] = [];
const streams: OpenStream[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({
    today: sandboxToday,
    onExchange({ method, path, requestBody }) {
      if (method === 'POST' && path.endsWith('/queries/registered')) registrations.push(requestBody);
    },
  });
});
afterAll(() => sandbox.close());
afterEach(async () => {
  sandbox.setFault(bpSiteId, null);
  await Promise.all(streams.splice(0).map((stream) => stream.close()));
  await Promise.all(facades.map(({ yoga }) => yoga.live.close()));
  await Promise.all(facades.splice(0).map((facade) => facade.close()));
  for (const { id } of await enabled()) {
    await fetch(`${sandbox.url}/sandbox/registered/cancel`, {
      method: 'POST',
      body: JSON.stringify({ bpSiteId, queryId: id }),
    });
  }
});

function open(liveSettings: Partial<LiveSettings> = {}) {
  let ahead = 0;
  let inFlight = 0;
  const timers = new ManualTimers(Date.now());
  const facade = openFacade({
    baseUrl: sandbox.url,
    dispatched: () => {
      inFlight += 1;
    },
    observe: () => {
      inFlight -= 1;
    },
    live: { timers, liveSettings: { ...settings, ...liveSettings } },
  });
  facades.push(facade);
  /** On a busy machine, time must not pass faster than Halo Cloud answers. */
  const answered = async () => {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      await settled();
      if (inFlight > 0) quiet = -1;
    }
  };
  /** Passes in both, in the given steps. */
  const pass = async (seconds: number, step = 10) => {
    for (ahead += seconds; ahead >= step; ahead -= step) {
      sandbox.advance(step * 1000);
      await timers.pass(step);
      await answered();
    }
  };
  const watch = async (variables: object = { from: sandboxToday }) => {
    const stream = await subscribe(facade.yoga, bookSubscription, variables);
    streams.push(stream);
    return stream;
  };
  return { facade, timers, pass, watch };
}

async function event(stream: OpenStream) {
  const { data, extensions } = await stream.next();
  return { ...data.appointmentBook, cost: extensions.halo.cost, notices: extensions.halo.notices };
}

interface Registered {
  readonly id: string;
  readonly name: string;
  readonly status: string;
}

/** What runs at the site. */
async function enabled(): Promise<readonly Registered[]> {
  const { json } = await sandboxClient(sandbox.url).send(`/integrator/sites/${haloGuid}/queries/registered`);
  return json.registeredQueries.filter(({ status }: Registered) => status === 'enabled');
}

/** An event, while time passes in small steps until it is there. */
async function eventInTime(stream: OpenStream, pass: (seconds: number) => Promise<void>, seconds = 120) {
  let found: Awaited<ReturnType<typeof event>> | undefined;
  const next = event(stream).then((it) => {
    found = it;
  });
  for (let passed = 0; found === undefined; passed += 10) {
    if (passed > seconds) throw new Error(`No event within ${seconds} seconds.`);
    await pass(10);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await next;
  return found;
}

const bookedIn = ({ appointments }: { appointments: { pmsId: string; status: string }[] }): number =>
  Number(appointments.findLast(({ status }) => status === 'BOOKED')?.pmsId);

it('costs one call for the query and one for the snapshot, nothing while nothing changes, and one for a change', async () => {
  const { watch, pass, facade } = open();
  const stream = await watch();
  const snapshot = await event(stream);
  expect(snapshot).toMatchObject({ cost: { charged: 2 }, maxLagSeconds: 90 });
  const [query] = await enabled();
  expect(query?.name).toMatch(/^halo-graph\/test\/book\/2026-11-23\.\.2026-11-23\/[0-9a-f]{8}$/);
  // It runs at the practice all day: it reads no name and no reason.
  expect(registrations.at(-1)).toContain('APPOINTMENTS');
  expect(registrations.at(-1)).not.toMatch(/SURNAME|FIRSTNAME|REASON|COMMENT|PATIENTS\b/i);
  await pass(180);
  const id = bookedIn(snapshot);
  sandbox.atDesk(bpSiteId, { cancel: id });
  expect(await eventInTime(stream, pass)).toMatchObject({
    changes: [{ kind: 'CANCELLED', appointment: { pmsId: String(id) } }],
    cost: { charged: 1 },
  });
  const other = await watch();
  const booked = bookedIn(await event(other));
  await other.close();
  await vi.waitFor(() => expect(facade.yoga.live.counts().subscriptions).toBe(1), 20_000);
  const cancel = `mutation { cancelAppointment(input: { bpSiteId: "1001", appointmentId: "${booked}" }) { __typename } }`;
  await facade.execute(cancel);
  expect(await event(stream)).toMatchObject({
    changes: [{ appointment: { pmsId: String(booked) } }],
    cost: { charged: 1 },
  });
  // The query finds it too, which is nothing new.
  const next = stream.next();
  await pass(120);
  sandbox.atDesk(bpSiteId, { change: booked, columns: { RECORDSTATUS: 1, APPOINTMENTCODE: 1 } });
  await pass(120);
  await vi.waitFor(async () => {
    expect(await Promise.race([next, pass(10).then(() => undefined)])).toMatchObject({
      extensions: { halo: { cost: { charged: 1 } } },
    });
  }, 20_000);
});

it('a change through this API that the desk takes back before the next run is found, although the result is as before', async () => {
  const { watch, pass, facade } = open();
  const stream = await watch();
  const booked = bookedIn(await event(stream));
  await pass(180);
  const database = sandbox.database(bpSiteId);
  const [row = {}] = database.all('SELECT * FROM APPOINTMENTS WHERE RECORDID = @id', { '@id': booked });
  await facade.execute(
    `mutation { cancelAppointment(input: { bpSiteId: "1001", appointmentId: "${booked}" }) { __typename } }`,
  );
  expect(await event(stream)).toMatchObject({ changes: [{ kind: 'CANCELLED' }] });
  // Every column as it was, also the time of the change.
  const columns = Object.keys(row).map((name) => `${name} = @${name}`);
  const values = Object.fromEntries(Object.entries(row).map(([name, value]) => [`@${name}`, value]));
  database.run(`UPDATE APPOINTMENTS SET ${columns.join()} WHERE RECORDID = @RECORDID`, values);
  expect(await eventInTime(stream, pass)).toMatchObject({
    changes: [{ appointment: { pmsId: String(booked), status: 'BOOKED' } }],
  });
});

it('a webhook is a hint to look at once', async () => {
  const { watch, facade, timers } = open({ statusSeconds: 600 });
  const stream = await watch();
  const id = bookedIn(await event(stream));
  const [query] = await enabled();
  expect(facade.yoga.live.hints.onQueryCompleted(query?.id ?? '', haloGuid)).toBe(true);
  sandbox.atDesk(bpSiteId, { cancel: id });
  sandbox.advance(60_000);
  await timers.pass(1);
  expect(facade.yoga.live.hints.onQueryCompleted(query?.id ?? '', haloGuid)).toBe(true);
  expect(await event(stream)).toMatchObject({ changes: [{ kind: 'CANCELLED' }] });
  expect(facade.yoga.live.hints.onQueryCompleted(query?.id ?? '', 'another-site')).toBe(false);
});

it('webhooks that are forged, repeated, late, reordered, too large or for others change nothing, and are counted', async () => {
  const { watch, facade, timers } = open({ statusSeconds: 600 });
  const stream = await watch();
  const id = bookedIn(await event(stream));
  const [query] = await enabled();
  const queryId = query?.id ?? '';
  const metrics = createMetrics();
  const server = createServer(
    withWebhooks(
      {
        receiver: createWebhookReceiver({
          keys: [webhookKey(secret, 'utf8')],
          ids: createMemoryIds(),
          events: facade.yoga.live,
        }),
        count: metrics.webhookReceived,
        log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
      },
      notFound,
    ),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const post = (sent: RequestInit) =>
    fetch(`http://127.0.0.1:${port}/webhooks/halo`, { method: 'POST', ...sent });
  const body = (fields: object = {}) =>
    JSON.stringify({
      ...{ id: randomUUID(), occurredAt: new Date().toISOString(), siteId: haloGuid, queryId },
      ...{ webhookSource: 'registered', ...fields },
    });
  const signed = (text: string, at = new Date(), signedWith = secret) => {
    const timestamp = at.toISOString();
    const signature = createHmac('sha256', signedWith).update(`${text}.${timestamp}`).digest('hex');
    const headers = {
      'x-halo-id': String(JSON.parse(text).id),
      'x-halo-timestamp': timestamp,
      'x-halo-signature-256': signature,
    };
    return { body: text, headers };
  };
  try {
    sandbox.atDesk(bpSiteId, { cancel: id });
    sandbox.advance(60_000);
    let before = sandbox.calls.length;
    const next = event(stream);
    const past = new Date(Date.now() - 400_000);
    const future = new Date(Date.now() + 400_000);
    const statuses = [];
    for (const sent of [
      signed(body(), new Date(), 'another secret'),
      { ...signed(body()), body: body() },
      signed(body(), past),
      signed(body(), future),
      signed(body({ padding: 'x'.repeat(20_000) })),
      signed(body({ siteId: randomUUID() })),
      signed(body({ queryId: randomUUID() })),
      signed(body({ queryId: '1 OR 1=1' })),
    ])
      statuses.push((await post(sent)).status);
    expect(statuses).toEqual([401, 401, 400, 400, 413, 200, 200, 400]);
    await timers.pass(5);
    expect(sandbox.calls.length).toBe(before);
    // The later one of two first: the book is read as it is now, whatever a webhook says of the time.
    const late = signed(body({ occurredAt: new Date(Date.now() - 60_000).toISOString() }));
    const good = signed(body());
    expect((await post(good)).status).toBe(200);
    expect(await next).toMatchObject({ changes: [{ kind: 'CANCELLED' }] });
    before = sandbox.calls.filter(({ charged }) => charged).length;
    for (const sent of [good, late, good, late]) expect((await post(sent)).status).toBe(200);
    await timers.pass(5);
    expect(sandbox.calls.filter(({ charged }) => charged).length).toBe(before);
    const counted = [...(await metrics.text()).matchAll(/webhooks_total\{outcome="(\w+)"\} (\d+)/g)];
    expect(Object.fromEntries(counted.map(([, name, count]) => [name, Number(count)]))).toEqual({
      ...{ bad_signature: 2, not_recent: 2, too_large: 1, unknown_query: 2, malformed: 1 },
      ...{ accepted: 2, duplicate: 3 },
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

it.each([
  ['a failed run', async () => sandbox.setFault(bpSiteId, 'fail-executionFailed'), 'PMS_ERROR'],
  ['a site that is offline', async () => sandbox.setFault(bpSiteId, 'offline'), 'SITE_UNAVAILABLE'],
  [
    'a query that somebody else cancelled',
    async () => {
      await fetch(`${sandbox.url}/sandbox/registered/cancel`, {
        method: 'POST',
        body: JSON.stringify({ bpSiteId }),
      });
    },
    'UPSTREAM_FAILED',
  ],
])('%s is a gap within one interval and grace, and a snapshot follows', async (_name, brk, reason) => {
  const { watch, pass } = open();
  const stream = await watch();
  await event(stream);
  await brk();
  expect(await eventInTime(stream, pass)).toMatchObject({ __typename: 'AppointmentBookGap', reason });
  sandbox.setFault(bpSiteId, null);
  expect((await eventInTime(stream, pass))?.__typename).toBe('AppointmentBookSnapshot');
  expect(await enabled()).toHaveLength(1);
});

it.each(['auto', 'poll'] as const)(
  'a practice that moves is followed: a gap, a snapshot, a notice (%s)',
  async (source) => {
    const { watch, pass } = open({ source });
    const stream = await watch();
    await event(stream);
    sandbox.setFault(bpSiteId, 'moved');
    const gap = await eventInTime(stream, pass);
    expect(gap).toMatchObject({ __typename: 'AppointmentBookGap', reason: 'AUTHORITATIVE_SERVER_CHANGED' });
    expect(gap?.notices).toMatchObject([{ code: 'SITE_MOVED', bpSiteId }]);
    expect((await eventInTime(stream, pass))?.__typename).toBe('AppointmentBookSnapshot');
  },
);

it('a query that does not run any more is a gap', async () => {
  const { watch, timers } = open();
  const stream = await watch();
  await event(stream);
  // Halo Cloud's clock stands still.
  const passing = async (seconds: number) => timers.pass(seconds);
  expect(await eventInTime(stream, passing)).toMatchObject({ reason: 'SITE_UNAVAILABLE' });
});

it('the query is cancelled when the last subscriber has been gone for the grace', async () => {
  const { watch, timers, facade } = open();
  const stream = await watch();
  await event(stream);
  expect(await enabled()).toHaveLength(1);
  await stream.close();
  await vi.waitFor(() => expect(facade.yoga.live.counts().subscriptions).toBe(0), 20_000);
  await timers.pass(30);
  await vi.waitFor(async () => expect(await enabled()).toHaveLength(0), 20_000);
  expect(timers.pending).toBe(0);
  expect(facade.yoga.live.hints.listeners).toBe(0);
});

it('a query that a crash left behind is adopted by its book, and cancelled by any other', async () => {
  const crashed = open();
  await event(await crashed.watch());
  const [left] = await enabled();
  facades.pop();
  const restarted = open();
  const adopting = await event(await restarted.watch());
  expect(adopting.cost.charged).toBe(1);
  expect((await enabled()).map(({ id }) => id)).toEqual([left?.id]);
  await restarted.facade.yoga.live.close();
  const again = open();
  await event(await again.watch());
  facades.pop();
  const elsewhere = open();
  await event(await elsewhere.watch({ from: sandboxToday, to: '2026-11-24' }));
  expect((await enabled()).map(({ name }) => name)).toEqual([
    expect.stringContaining('2026-11-23..2026-11-24'),
  ]);
  // Another deployment's is not touched.
  const other = open({ deployment: 'other' });
  await event(await other.watch());
  expect(await enabled()).toHaveLength(2);
  await Promise.all([crashed.facade.close(), again.facade.close()]);
});

it('what a crash left behind is cancelled after the start, also where nobody watches any more', async () => {
  const crashed = open();
  await event(await crashed.watch());
  facades.pop();
  const other = open({ deployment: 'other' });
  await event(await other.watch());
  expect(await enabled()).toHaveLength(2);
  const before = sandbox.calls.filter(({ charged }) => charged).length;
  const restarted = open();
  await restarted.facade.yoga.live.cancelOrphans(['4711', bpSiteId]);
  expect(sandbox.calls.filter(({ charged }) => charged).length).toBe(before);
  expect((await enabled()).map(({ name }) => name)).toEqual([expect.stringContaining('/other/')]);
  // What is watched stays.
  await other.facade.yoga.live.cancelOrphans([bpSiteId]);
  expect(await enabled()).toHaveLength(1);
  await crashed.facade.close();
});

it('the query is replaced before its day is over, without a gap', async () => {
  const { watch, pass } = open({ statusSeconds: 600 });
  const stream = await watch();
  await event(stream);
  const [first] = await enabled();
  let next: unknown;
  void stream.next().then((result) => {
    next = result;
  });
  // Ten minutes are left of the 24 hours.
  for (let tenMinutes = 0; tenMinutes < 6 * 24 - 1; tenMinutes += 1) await pass(600, 600);
  const [replaced, ...others] = await enabled();
  expect(others).toEqual([]);
  expect(replaced?.name).toBe(first?.name);
  expect(replaced?.id).not.toBe(first?.id);
  expect(next).toBeUndefined();
});

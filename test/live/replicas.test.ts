/** Replicas share what they watch by Redis: one of them leads. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultKey, type RunningSandbox, startSandbox } from '../../sandbox/server/start.ts';
import type { LiveSettings } from '../../src/live/live-books.ts';
import { connectRedis, type RedisConnection } from '../../src/store/redis-connection.ts';
import { createRedisReplicas } from '../../src/store/redis-replicas.ts';
import { type Facade, openFacade } from '../open-facade.ts';
import { practiceNamed } from '../sandbox/practice-fixture.ts';
import { sandboxClient } from '../sandbox/server/sandbox-client.ts';
import { sandboxToday } from '../sandbox-today.ts';
import { type RedisServer, redisIsMissing, startRedis } from '../store/redis-server.ts';
import { ManualTimers } from './manual-timers.ts';
import { type OpenStream, subscribe } from './subscribe.ts';

const bookSubscription = `subscription {
  appointmentBook(bpSiteId: "1001", from: "${sandboxToday}") {
    __typename
    ... on AppointmentBookSnapshot { appointments { pmsId status } }
    ... on AppointmentBookChanged { changes { kind appointment { pmsId } } }
    ... on AppointmentBookGap { reason }
  }
}`;
const liveSettings: LiveSettings = {
  source: 'auto',
  deployment: 'test',
  statusSeconds: 10,
  pollSeconds: 60,
  graceSeconds: 30,
};
const bpSiteId = '1001';
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe.skipIf(redisIsMissing('test/live/replicas.test.ts'))('with a Redis', () => {
  let sandbox: RunningSandbox;
  let server: RedisServer;
  const opened: { facade: Facade; redis: RedisConnection }[] = [];
  const streams: OpenStream[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({ today: sandboxToday });
    server = await startRedis();
  });
  afterAll(async () => {
    await sandbox.close();
    await server.kill();
  });
  afterEach(async () => {
    await Promise.all(streams.splice(0).map((stream) => stream.close()));
    for (const { facade, redis } of opened.splice(0)) {
      await facade.yoga.live.close();
      await facade.close();
      await redis.close();
    }
    await vi.waitFor(async () => expect(await enabled()).toHaveLength(0), 20_000);
  });

  function openReplica(membershipMs = 60_000) {
    const timers = new ManualTimers(Date.now());
    const redis = connectRedis(server.url, log);
    const baseUrl = sandbox.url;
    const replicas = createRedisReplicas({
      ...{ redis, log, baseUrl, membershipMs },
      subscriptionKey: defaultKey,
      deployment: 'test',
    });
    const facade = openFacade({ baseUrl, live: { timers, liveSettings, replicas } });
    opened.push({ facade, redis });
    const watch = async () => {
      const stream = await subscribe(facade.yoga, bookSubscription);
      streams.push(stream);
      return stream;
    };
    return { facade, timers, redis, watch };
  }

  const event = async (stream: OpenStream) => (await stream.next()).data.appointmentBook;

  async function enabled() {
    const { haloGuid } = practiceNamed(bpSiteId);
    const { json } = await sandboxClient(sandbox.url).send(
      `/integrator/sites/${haloGuid}/queries/registered`,
    );
    return json.registeredQueries.filter(({ status }: { status: string }) => status === 'enabled');
  }

  const lastBooked = ({ appointments }: { appointments: { pmsId: string; status: string }[] }) =>
    Number(appointments.findLast(({ status }) => status === 'BOOKED')?.pmsId);

  /** Time passes in these replicas until the event is there. */
  async function inTime(stream: OpenStream, ...replicas: { timers: ManualTimers }[]) {
    let found: Awaited<ReturnType<typeof event>>;
    event(stream).then((it) => {
      found = it;
    });
    await vi.waitFor(
      async () => {
        for (const { timers } of replicas) await timers.pass(2);
        expect(found).toBeDefined();
      },
      { timeout: 30_000, interval: 50 },
    );
    return found;
  }

  it('one registers a query for both, and what it detects reaches the other', async () => {
    const [a, b] = [openReplica(), openReplica()];
    const first = await a.watch();
    const snapshot = await event(first);
    const second = await b.watch();
    await event(second);
    expect(await enabled()).toHaveLength(1);
    sandbox.atDesk(bpSiteId, { cancel: lastBooked(snapshot) });
    sandbox.advance(60_000);
    expect(await inTime(first, a)).toMatchObject({ changes: [{ kind: 'CANCELLED' }] });
    expect(await event(second)).toMatchObject({ changes: [{ kind: 'CANCELLED' }] });
  });

  it('a write through one replica is an event in the other at once', async () => {
    const [a, b] = [openReplica(), openReplica()];
    await event(await a.watch());
    const second = await b.watch();
    const id = lastBooked(await event(second));
    await a.facade.execute(
      `mutation { cancelAppointment(input: { bpSiteId: "1001", appointmentId: "${id}" }) { __typename } }`,
    );
    expect(await event(second)).toMatchObject({ changes: [{ appointment: { pmsId: String(id) } }] });
  });

  it('a replica that leads and dies is followed by another within seconds: nothing is lost, the query is adopted', async () => {
    const [a, b] = [openReplica(500), openReplica(500)];
    await event(await a.watch());
    const second = await b.watch();
    const id = lastBooked(await event(second));
    const [query] = await enabled();
    // It does not renew its membership any more, and detects nothing.
    sandbox.atDesk(bpSiteId, { cancel: id });
    sandbox.advance(60_000);
    expect(await inTime(second, b)).toMatchObject({ changes: [{ appointment: { pmsId: String(id) } }] });
    expect((await enabled()).map((each: { id: string }) => each.id)).toEqual([query.id]);
  });

  it('a leader that leaves hands its query over', async () => {
    const [a, b] = [openReplica(), openReplica()];
    const first = await a.watch();
    await event(first);
    const second = await b.watch();
    const id = lastBooked(await event(second));
    const [query] = await enabled();
    await a.facade.yoga.live.close();
    expect((await enabled()).map((each: { id: string }) => each.id)).toEqual([query.id]);
    sandbox.atDesk(bpSiteId, { cancel: id });
    sandbox.advance(60_000);
    expect(await inTime(second, b)).toMatchObject({ changes: [{ appointment: { pmsId: String(id) } }] });
  });

  it('while Redis is away the book is in doubt, and a snapshot follows when it is back', async () => {
    const a = openReplica();
    const first = await a.watch();
    await event(first);
    await server.kill();
    expect(await inTime(first, a)).toMatchObject({
      __typename: 'AppointmentBookGap',
      reason: 'UPSTREAM_FAILED',
    });
    await server.start();
    expect(await inTime(first, a)).toMatchObject({ __typename: 'AppointmentBookSnapshot' });
  });
});

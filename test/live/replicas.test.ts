/** Replicas share what they watch by Redis: one of them leads. */
import { execFileSync } from 'node:child_process';
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

const bookSubscription = `subscription ($after: String) {
  appointmentBook(bpSiteId: "1001", from: "${sandboxToday}", after: $after) {
    __typename
    ... on AppointmentBookSnapshot { cursor appointments { pmsId status reason } }
    ... on AppointmentBookChanged { cursor changes { kind appointment { pmsId status reason } } }
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

type Replica = {
  readonly facade: Facade;
  readonly timers: ManualTimers;
  watch(variables?: object): Promise<OpenStream>;
};

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
    const watch = async (variables: object = {}, document = bookSubscription) => {
      const stream = await subscribe(facade.yoga, document, variables);
      streams.push(stream);
      return stream;
    };
    return { facade, timers, redis, watch };
  }

  /** By a connection of its own. */
  async function fetchRedis(command: string, ...args: string[]): Promise<string> {
    const { port } = new URL(server.url);
    return execFileSync('redis-cli', ['-p', port, ...command.split(' '), ...args], { encoding: 'utf8' });
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

  it('writes through either replica reach the other within a second of real time', async () => {
    const replicas = [openReplica(), openReplica()];
    const streams: OpenStream[] = [];
    for (const each of replicas) streams.push(await each.watch());
    const [snapshot] = await Promise.all(streams.map(event));
    const ids: string[] = snapshot.appointments
      .filter(({ status }: { status: string }) => status === 'BOOKED')
      .map(({ pmsId }: { pmsId: string }) => pmsId);
    const delays: number[][] = [[], []];
    for (const [index, id] of ids.slice(-6).entries()) {
      const writer = replicas[index % 2] as Replica;
      await writer.facade.execute(
        `mutation { cancelAppointment(input: { bpSiteId: "1001", appointmentId: "${id}" }) { __typename } }`,
      );
      const writtenAt = performance.now();
      const events = await Promise.all(streams.map(event));
      delays[index % 2]?.push(performance.now() - writtenAt);
      for (const each of events) expect(each).toMatchObject({ changes: [{ appointment: { pmsId: id } }] });
    }
    // A busy machine delays some of them. No time passes in the replicas, so a message that is lost would end the test.
    for (const each of delays) expect(Math.min(...each)).toBeLessThan(1_000);
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

  it('a change is read once for all replicas, also one that was made through a replica that does not lead', async () => {
    const replicas = [openReplica(), openReplica(), openReplica()];
    const streams = [];
    for (const each of replicas) streams.push(await each.watch());
    const [snapshot] = await Promise.all(streams.map(event));
    const reads = () => sandbox.calls.filter(({ charged }) => charged).length;
    let before = reads();
    sandbox.atDesk(bpSiteId, { cancel: lastBooked(snapshot) });
    sandbox.advance(60_000);
    // Any of them may lead: they began at the same moment.
    expect(await inTime(streams[0] as OpenStream, ...replicas)).toMatchObject({
      changes: [{ kind: 'CANCELLED' }],
    });
    await Promise.all(streams.slice(1).map(event));
    expect(reads() - before).toBe(1);
    const late = await (replicas[2] as Replica).watch();
    const id = lastBooked(await event(late));
    before = reads();
    await (replicas[2] as Replica).facade.execute(
      `mutation { cancelAppointment(input: { bpSiteId: "1001", appointmentId: "${id}" }) { __typename } }`,
    );
    const events = await Promise.all([...streams, late].map(event));
    for (const each of events)
      expect(each).toMatchObject({ changes: [{ appointment: { pmsId: String(id) } }] });
    // The change itself is one call.
    expect(reads() - before).toBe(2);
  });

  it('replicas with different selections read a change once for each selection', async () => {
    const replicas = [openReplica(), openReplica(), openReplica()] as const;
    const [a, b, c] = replicas;
    const other = bookSubscription.replaceAll('status reason', 'status patient { fullName }');
    const streams = [await a.watch(), await b.watch({}, other), await c.watch({}, other)];
    const [snapshot] = await Promise.all(streams.map(event));
    const reads = () => sandbox.calls.filter(({ charged }) => charged).length;
    const before = reads();
    await a.facade.execute(
      `mutation { cancelAppointment(input: { bpSiteId: "1001", appointmentId: "${lastBooked(snapshot)}" }) { __typename } }`,
    );
    const [, second, third] = await Promise.all(streams.map(event));
    expect(second.changes[0].appointment.patient.fullName).toEqual(expect.any(String));
    expect(third).toEqual(second);
    expect(reads() - before).toBe(3);
  });

  it('a cursor goes on where it was at another replica, also at one that has just begun to watch the book', async () => {
    const [a, b] = [openReplica(), openReplica()];
    const first = await a.watch();
    const snapshot = await event(first);
    const ids = [lastBooked(snapshot)];
    await a.facade.execute(
      `mutation { cancelAppointment(input: { bpSiteId: "1001", appointmentId: "${ids[0]}" }) { __typename } }`,
    );
    const { cursor } = await event(first);
    await first.close();
    const again = await b.watch({ after: cursor });
    expect(await event(again)).toMatchObject({ __typename: 'AppointmentBookChanged', changes: [], cursor });
    sandbox.atDesk(bpSiteId, { change: ids[0] as number, columns: { RECORDSTATUS: 1, APPOINTMENTCODE: 1 } });
    sandbox.advance(60_000);
    const restored = await inTime(again, a, b);
    expect(restored.changes).toHaveLength(1);
    // A third replica knows the changes since, from the log that the leader writes.
    const late = await event(await openReplica().watch({ after: cursor }));
    expect(late).toMatchObject({
      __typename: 'AppointmentBookChanged',
      changes: restored.changes,
      cursor: restored.cursor,
    });
  });

  it('a cursor of another book, another run or a forged one is a snapshot', async () => {
    const [a, b] = [openReplica(), openReplica()];
    const { cursor } = await event(await a.watch());
    const [run = '', seq = '', users = ''] = Buffer.from(cursor, 'base64url').toString().split('.');
    const forged = [
      [run, Number(seq) + 1, users],
      [`${run}x`, seq, users],
      [run, '999999999999999', users],
      [run, seq, 'others'],
      [run, `-${seq}`, users],
    ].map((parts) => Buffer.from(parts.join('.')).toString('base64url'));
    for (const after of [...forged, '', '\u0000', 'x'.repeat(5_000)]) {
      for (const replica of [a, b]) {
        const stream = await replica.watch({ after });
        expect(await event(stream), after).toMatchObject({ __typename: 'AppointmentBookSnapshot' });
        await stream.close();
      }
    }
  });

  it('a practice that the leader cannot watch is a gap in all replicas, and a snapshot in all when it is back', async () => {
    const [a, b] = [openReplica(), openReplica()];
    const streams = [await a.watch(), await b.watch()];
    await Promise.all(streams.map(event));
    sandbox.setFault(bpSiteId, 'offline');
    try {
      // Either may lead.
      for (const stream of streams)
        expect(await inTime(stream, a, b)).toMatchObject({ reason: 'SITE_UNAVAILABLE' });
    } finally {
      sandbox.setFault(bpSiteId, null);
    }
    for (const stream of streams)
      expect(await inTime(stream, a, b)).toMatchObject({ __typename: 'AppointmentBookSnapshot' });
  });

  it('messages that were lost are made up for at the next look', async () => {
    const [a, b] = [openReplica(), openReplica()];
    const first = await a.watch();
    const snapshot = await event(first);
    const second = await b.watch();
    await event(second);
    // Its connection for messages is cut; those that were sent meanwhile are lost.
    await fetchRedis('CLIENT KILL TYPE pubsub');
    sandbox.atDesk(bpSiteId, { cancel: lastBooked(snapshot) });
    sandbox.advance(60_000);
    expect(await inTime(first, a, b)).toMatchObject({ changes: [{ kind: 'CANCELLED' }] });
    expect(await inTime(second, b)).toMatchObject({ changes: [{ kind: 'CANCELLED' }] });
  });

  it('messages that were lost are made up for as soon as messages arrive again, without a look', async () => {
    const [a, b] = [openReplica(), openReplica()];
    const first = await a.watch();
    const snapshot = await event(first);
    const second = await b.watch();
    await event(second);
    // Nobody may use channels: messages are lost, and connections for messages are refused.
    await fetchRedis('ACL SETUSER default resetchannels');
    try {
      await fetchRedis('CLIENT KILL TYPE pubsub');
      sandbox.atDesk(bpSiteId, { cancel: lastBooked(snapshot) });
      sandbox.advance(60_000);
      expect(await inTime(first, a)).toMatchObject({ changes: [{ kind: 'CANCELLED' }] });
    } finally {
      await fetchRedis('ACL SETUSER default allchannels');
    }
    // No time passes in the second replica.
    expect(await event(second)).toMatchObject({ changes: [{ kind: 'CANCELLED' }] });
  });

  it('Redis holds nothing of patients that can be read', async () => {
    const [a, b] = [openReplica(), openReplica()];
    const streams = [await a.watch(), await b.watch()];
    const [snapshot] = await Promise.all(streams.map(event));
    const booked = snapshot.appointments.findLast(({ status }: { status: string }) => status === 'BOOKED');
    await a.facade.execute(
      `mutation { cancelAppointment(input: { bpSiteId: "1001", appointmentId: "${booked.pmsId}" }) { __typename } }`,
    );
    await Promise.all(streams.map(event));
    const keys = (await fetchRedis('KEYS *')).split(/\r?\n/).filter((line) => line.includes('halo-graph'));
    expect(keys.some((key) => key.includes(':log:'))).toBe(true);
    expect(keys.some((key) => key.includes(':once:'))).toBe(true);
    for (const key of keys) {
      const content = await fetchRedis('HGETALL', key);
      expect(content).not.toMatch(/CANCELLED|BOOKED|pmsId|reason/);
    }
  });

  it('Redis that comes back empty is a gap and a snapshot in all replicas, which then share again', async () => {
    const [a, b] = [openReplica(), openReplica()];
    const streams = [await a.watch(), await b.watch()];
    const [snapshot] = await Promise.all(streams.map(event));
    await server.kill();
    for (const stream of streams)
      expect(await inTime(stream, a, b)).toMatchObject({ __typename: 'AppointmentBookGap' });
    // The practice changes its book meanwhile.
    const id = lastBooked(snapshot);
    sandbox.atDesk(bpSiteId, { cancel: id });
    await server.start();
    for (const stream of streams) {
      const after = await inTime(stream, a, b);
      expect(after.__typename).toBe('AppointmentBookSnapshot');
      expect(after.appointments.some(({ pmsId }: { pmsId: string }) => pmsId === String(id))).toBe(false);
    }
    expect(await enabled()).toHaveLength(1);
    expect(a.facade.yoga.live.counts().leads + b.facade.yoga.live.counts().leads).toBe(1);
  });

  it('while Redis is full a change is a gap and a snapshot in all replicas, and then a change again', async () => {
    const [a, b] = [openReplica(), openReplica()];
    const streams = [await a.watch(), await b.watch()];
    const [snapshot] = await Promise.all(streams.map(event));
    const bookedIds = snapshot.appointments
      .filter(({ status }: { status: string }) => status === 'BOOKED')
      .map(({ pmsId }: { pmsId: string }) => pmsId);
    const cancel = (id: string) =>
      a.facade.execute(
        `mutation { cancelAppointment(input: { bpSiteId: "1001", appointmentId: "${id}" }) { __typename ... on HaloError { code } } }`,
      );
    await fetchRedis('CONFIG SET maxmemory 1');
    try {
      expect((await cancel(bookedIds[0])).data.cancelAppointment.__typename).toBe('CancelAppointmentPayload');
      for (const stream of streams) {
        let latest = await inTime(stream, a, b);
        while (latest.__typename === 'AppointmentBookGap') latest = await inTime(stream, a, b);
        expect(latest.__typename).toBe('AppointmentBookSnapshot');
        const ids = latest.appointments.map(({ pmsId }: { pmsId: string }) => pmsId);
        expect(ids).not.toContain(bookedIds[0]);
      }
      expect(a.facade.yoga.live.counts().leads + b.facade.yoga.live.counts().leads).toBe(1);
    } finally {
      await fetchRedis('CONFIG SET maxmemory 0');
    }
    await cancel(bookedIds[1]);
    for (const stream of streams) {
      expect(await inTime(stream, a, b)).toMatchObject({
        changes: [{ appointment: { pmsId: bookedIds[1] } }],
      });
    }
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

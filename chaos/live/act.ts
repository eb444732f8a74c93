/**
 * Live subscribers in a storm: 300 screens of ten practices on two replicas, 200 clients that do not read, and clients that
 * vanish, while practices hang, go offline and move, webhooks are forged, repeated, late or lost, the front desks and apps
 * change the books, the leading replica is killed, and Redis is killed and comes back. In the end a replica is stopped with
 * subscribers.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { redisIsMissing, startRedis } from '../../test/store/redis-server.ts';
import { type Answer, type Client, createClient } from '../client.ts';
import { type RunningFacade, residentMb, startFacade, startSandbox } from '../processes.ts';
import { day, type PracticeWork, pick, prepare } from '../work.ts';
import { Changes } from './changes.ts';
import { haloCloudAt, webhookSecret } from './halo-cloud.ts';
import { type LiveRun, liveGauges, type SiteOutage, webhookCounts } from './live-run.ts';
import { type Row, rowText, Subscriber } from './subscriber.ts';

const healthy = ['9001', '9003', '9004', '9006'];
const faults = new Map([
  ['9002', 'hang'],
  ['9005', 'offline'],
  ['9007', 'hang'],
  ['9008', 'moved'],
  ['9009', 'cut-connection'],
  ['9010', 'fail-executionFailed'],
]);
const broken = [...faults.keys()];
const all = [...healthy, ...broken];
/** A larger practice. Its stalled readers have more to read than the kernel's buffers hold. */
const large = '1001';
const screensEach = 30;
const stalledCount = 200;
const vanishingEach = 5;
/** Free times begin in seven days. */
const [from, to] = [day(7), day(13)];
const deadlineMs = 3_000;
const [statusSeconds, graceSeconds, drainMs] = [1, 1, 3_000];
/** Halo Cloud's clock is put forward by a minute every second, so that registered queries run every second. */
const tickMs = 1_000;
const outageMs = 8_000;
const redisOutageMs = 6_000;
const webhookFaults = ['forge', 'duplicate', 'replay', 'reorder', 'late', 'oversize', 'delay-1500', 'lose'];
/**
 * A circuit breaker's pause doubles, so that it lasts at most as long as all pauses before it and one, and random shortening
 * doubles that. The watch looks again after ten and a half seconds at most. Then the book is read, the second time with
 * success.
 */
const recoveryMs = 2 * outageMs + 10_500 + 2 * deadlineMs;
/** What a watched book consists of in memory. */
const liveClasses = [
  'Watch',
  'View',
  'BookSubscription',
  'ResultStream',
  'LedDetector',
  'RegisteredDetector',
];
/** Everything that a screen can select, for readers who stall. */
const manyFields = `end durationMinutes pmsStatus reason comment urgent bookedAt updatedAt type { name }
  user { displayName } patient { fullName birthDate mobilePhone email address { line1 line2 suburb postcode state } }`;

export async function runLiveAct(place: string): Promise<LiveRun> {
  const redis = redisIsMissing('the part of the chaos run with two replicas') ? null : await startRedis();
  const sandbox = await startSandbox(20);
  const haloCloud = haloCloudAt(sandbox.url);
  const start = (name: string) =>
    startFacade({
      ...{ haloCloud: sandbox.url, place, deadlineMs, name },
      environment: {
        LIVE_STATUS_SECONDS: String(statusSeconds),
        LIVE_GRACE_SECONDS: String(graceSeconds),
        LIVE_DEPLOYMENT: 'chaos',
        DRAIN_NOTICE_MS: String(drainMs),
        HALO_WEBHOOK_SECRET: webhookSecret,
        ...(redis && { REDIS_URL: redis.url }),
      },
    });
  const replicas: RunningFacade[] = [await start('live-1'), ...(redis ? [await start('live-2')] : [])];
  const killed: RunningFacade[] = [];
  const clients = new Map<RunningFacade, Client>();
  const clientOf = (facade: RunningFacade): Client => {
    const client = clients.get(facade) ?? createClient(facade.url, facade.authorization);
    clients.set(facade, client);
    return client;
  };
  const gauges = async (facade: RunningFacade) => liveGauges(await clientOf(facade).metrics());
  const practices: PracticeWork[] = [];
  for (const bpSiteId of all) {
    const work = await prepare(clientOf(pick(replicas)), bpSiteId);
    practices.push({ ...work, times: work.times.filter(({ start: at }) => at.slice(0, 10) <= to) });
  }
  const ticking = setInterval(() => void haloCloud.advance(60_000), tickMs);
  const opened: Subscriber[] = [];
  const openAt = (index: number, bpSiteId: string, fields?: string, isIdle = false): Subscriber => {
    const url = () => (replicas[index % replicas.length] as RunningFacade).url;
    const authorization = (replicas[0] as RunningFacade).authorization;
    const subscriber = new Subscriber({
      ...{ url, authorization, bpSiteId, from, to, isIdle },
      ...(fields && { fields }),
    });
    opened.push(subscriber);
    return subscriber;
  };
  const live = (list: readonly Subscriber[], forMs: number) =>
    until(() => list.every((each) => !each.isInGap), forMs);
  const gone = async () => {
    for (const subscriber of opened.splice(0)) subscriber.vanish();
    return until(async () => {
      const counts = await Promise.all(replicas.map(gauges));
      return counts.every(({ books, subscriptions }) => books === 0 && subscriptions === 0);
    }, 15_000);
  };

  // The code is warm and the connections are open before memory is compared.
  await live(
    all.flatMap((bpSiteId, index) => [openAt(index, bpSiteId), openAt(index + 1, bpSiteId, manyFields)]),
    20_000,
  );
  await gone();
  const survivor = replicas.at(-1) as RunningFacade;
  const before = await survivor.retained();

  const screens = all.flatMap((bpSiteId) =>
    Array.from({ length: screensEach }, (_, index) => openAt(index, bpSiteId)),
  );
  await live(screens, 20_000);
  const bookOf = (bpSiteId: string) => screens.find((screen) => screen.bpSiteId === bpSiteId)?.rows ?? [];
  const down = new Set<string>();
  const changes = new Changes({
    haloCloud,
    clients: () => replicas.map(clientOf),
    practices,
    bookedIn: (bpSiteId) => bookOf(bpSiteId).filter(({ status }) => status === 'BOOKED'),
    isUp: (bpSiteId) => !down.has(bpSiteId),
  });

  /** Each webhook reaches one replica, which need not be the one that leads. */
  await haloCloud.sendWebhooksTo((replicas[0] as RunningFacade).url);
  async function webhooksMisbehave(): Promise<void> {
    for (const fault of webhookFaults) {
      await haloCloud.breakWebhooks(fault);
      await pause((1.5 * outageMs) / webhookFaults.length);
    }
    await haloCloud.breakWebhooks(null);
  }

  const outages: SiteOutage[] = [];
  async function storm(): Promise<void> {
    const began = performance.now();
    for (const [bpSiteId, fault] of faults) {
      down.add(bpSiteId);
      await haloCloud.breakSite(bpSiteId, fault);
    }
    await pause(outageMs);
    for (const bpSiteId of broken) await haloCloud.breakSite(bpSiteId, null);
    const ended = performance.now();
    for (const [bpSiteId, fault] of faults) outages.push({ bpSiteId, fault, began, ended });
    down.clear();
  }

  async function clientsMisbehave(): Promise<LiveRun['stalled']> {
    const residentBefore = residentMb(survivor.pid);
    // One of them reads. This process, which measures delays, has no time to parse 60 MB for the others.
    const stalled = Array.from({ length: stalledCount }, (_, index) =>
      openAt(replicas.length - 1, large, manyFields, index > 0),
    );
    await live(stalled, 20_000);
    const count = stalled.filter((each) => !each.isInGap).length;
    for (const subscriber of stalled) subscriber.stall();
    const toCancel = stalled[0]?.rows.filter(({ status }) => status === 'BOOKED') ?? [];
    let peak = 0;
    for (let round = 0; round < 20; round += 1) {
      const passing = all.flatMap((bpSiteId, index) =>
        Array.from({ length: vanishingEach / 5 }, () => openAt(index, bpSiteId)),
      );
      await haloCloud.atDesk(large, { cancel: Number(toCancel.pop()?.pmsId) });
      await pause(500);
      for (const [index, subscriber] of passing.entries()) subscriber.vanish(index % 2 === 0);
      peak = Math.max(peak, residentMb(survivor.pid) - residentBefore);
    }
    const { subscriptions } = await gauges(survivor);
    const snapshotBytes = Math.max(...stalled.map(({ longest }) => longest));
    return { count, peakMb: peak, held: await survivor.retained(), snapshotBytes, subscriptions };
  }

  const [stalled] = await Promise.all([
    clientsMisbehave(),
    changes.run(1.5 * outageMs),
    storm(),
    webhooksMisbehave(),
  ]);

  const mendedMs = await live(screens, recoveryMs);
  const webhooks = webhookCounts(await Promise.all(replicas.map((each) => clientOf(each).metrics())));
  let leader: LiveRun['leader'] = null;
  let redisOutage: LiveRun['redisOutage'] = null;
  if (redis) {
    const [first, second] = replicas as [RunningFacade, RunningFacade];
    const { leads } = await gauges(first);
    const killedAt = performance.now();
    await first.kill();
    killed.push(...replicas.splice(0, 1));
    await changes.run(8_000);
    await haloCloud.sendWebhooksTo(second.url);
    await until(async () => (await gauges(second)).leads > all.length, 10_000);
    await live(screens, recoveryMs);
    leader = { led: leads, killedAt, leads: (await gauges(second)).leads };
    replicas.push(await start('live-3'));

    const began = performance.now();
    await redis.kill();
    await pause(redisOutageMs);
    await redis.start();
    redisOutage = { began, ended: performance.now() };
    await changes.run(3_000);
  }
  const recoveredMs = await live(screens, recoveryMs);
  // Whatever was changed last is seen by then.
  await pause(2 * tickMs + statusSeconds * 1000 + deadlineMs);
  const books = new Map<string, readonly string[]>();
  for (const bpSiteId of all) books.set(bpSiteId, await realBook(clientOf(survivor), bpSiteId, from, to));
  const shown = screens.map(({ bpSiteId, book, events, lost, ending, faults }) => {
    return { bpSiteId, book, events, lost, ending, faults };
  });
  const registeredWhile = await haloCloud.registered([...all, large]);
  await gone();
  await pause((graceSeconds + 1) * 1000);
  const countsAfter = await Promise.all(replicas.map(gauges));
  const registeredAfter = await haloCloud.registered([...all, large]);
  const after = await survivor.retained();
  const instances = await survivor.instances(liveClasses);

  const last = all.flatMap((bpSiteId) =>
    Array.from({ length: 6 }, () => openAt(replicas.length - 1, bpSiteId)),
  );
  await live(last, 20_000);
  const stopping = replicas.at(-1) as RunningFacade;
  const stoppedAt = performance.now();
  const exitCodes = [await stopping.stop()];
  const endings = last.map(({ ending }) => ending && { ...ending, at: ending.at - stoppedAt });
  for (const subscriber of opened) subscriber.vanish();
  for (const facade of replicas) if (facade !== stopping) exitCodes.push(await facade.stop());
  const registeredAtEnd = await haloCloud.registered([...all, large]);
  clearInterval(ticking);
  for (const client of clients.values()) client.close();
  await sandbox.stop();
  await redis?.kill();

  return {
    healthy,
    screens: shown,
    books,
    outages,
    changes: changes.made,
    leader,
    redisOutage,
    mendedMs,
    recoveredMs,
    webhooks,
    stalled,
    retained: { before, after },
    registered: { while: registeredWhile, after: registeredAfter, atEnd: registeredAtEnd },
    countsAfter,
    instances,
    endings,
    drainMs,
    exitCodes,
    logs: [...killed, ...replicas].map(({ logFile }) => logFile),
    complaints: [...killed, ...replicas].map(({ complaints }) => complaints()).join(''),
  };
}

/** Milliseconds until the condition holds; infinity when it does not in time. */
async function until(condition: () => boolean | Promise<boolean>, forMs: number): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < forMs) {
    if (await condition()) return performance.now() - began;
    await pause(50);
  }
  return Number.POSITIVE_INFINITY;
}

const bookQuery = `query ($site: ID!, $from: Date!, $to: Date!, $after: String) {
  practice(bpSiteId: $site) { ... on Practice { appointments(from: $from, to: $to, first: 200, after: $after) {
    ... on AppointmentConnection { pageInfo { hasNextPage endCursor } nodes { pmsId start status } } } } } }`;

interface BookPage {
  readonly practice: {
    readonly appointments: {
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      readonly nodes: readonly Row[];
    };
  };
}

/** The book as a query reads it. */
async function realBook(client: Client, site: string, from: string, to: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ; ) {
    const { data }: Answer = await client.execute(bookQuery, { site, from, to, after });
    const { nodes, pageInfo } = (data as BookPage).practice.appointments;
    found.push(...nodes.map(rowText));
    if (!pageInfo.hasNextPage) return found.sort();
    after = pageInfo.endCursor;
  }
}

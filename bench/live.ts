/** Measures live books: what subscribers cost upstream, in memory and in CPU, and how soon a change reaches them. */
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { startFacade } from './facade.ts';
import { cpuMs, residentMb } from './processes.ts';
import { chain } from './scenarios.ts';
import { firstAnswer, type Server } from './server.ts';
import { type Spread, spreadOf } from './statistics.ts';
import { type Delivery, type Subscribers, startSubscribers } from './subscribers.ts';
import { type BookingOf, bodyOf, booking, cancellation, liveBook, liveStatuses } from './work.ts';

export const manySubscribers = 1_000;
export const idleSubscribers = 5_000;
/** Connections of 5,000 subscriptions, and some for the rest. */
const descriptors = idleSubscribers + 500;

export interface LiveCalls {
  /** Charged upstream calls of opening the streams and of one booking that reaches them all. */
  readonly one: number;
  readonly many: number;
  /** Charged calls that another distinct selection adds to one change. */
  readonly forSelection: number;
}

export interface LiveFanOut {
  readonly delivery: Delivery;
  /** Milliseconds of the facade's CPU for one event at one subscriber. */
  readonly cpuPerEvent: number;
}

export interface LiveMemory {
  /** Resident memory in MB: without subscriptions, and with all of them. */
  readonly idleMb: number;
  readonly subscribedMb: number;
  /** kB for each subscription. */
  readonly perSubscription: number;
  readonly openMs: number;
}

/** Ratios of the day book beside idle subscriptions to the day book without, round by round. */
export interface LiveBeside {
  readonly cpu: Spread;
  readonly perSecond: Spread;
}

/** The facade with room for the subscriptions. Nothing looks for changes at the front desk during a measurement. */
function startLiveFacade(bench: Bench, flags: readonly string[] = []): Promise<Server> {
  return startFacade(bench.upstream.url, bench.place, {
    flags,
    env: {
      LIVE_SOURCE: 'poll',
      LIVE_POLL_SECONDS: '300',
      LIMIT_SUBSCRIPTIONS: '10000',
      LIMIT_SUBSCRIPTIONS_TOTAL: '10000',
      LIMIT_CHARGED: '5000',
    },
  });
}

async function withFacade<Result>(
  bench: Bench,
  measured: (facade: Server, subscribers: Subscribers) => Promise<Result>,
  flags?: readonly string[],
): Promise<Result> {
  const facade = await startLiveFacade(bench, flags);
  const subscribers = startSubscribers();
  try {
    await firstAnswer(facade, bench.dayBooks(facade, 1)[0]?.[0] ?? '');
    return await measured(facade, subscribers);
  } finally {
    await subscribers.close();
    await facade.close();
  }
}

/** Free times of one day, whose book is watched. */
function slotsOfOneDay(slots: readonly BookingOf[]): {
  readonly day: string;
  readonly free: readonly BookingOf[];
} {
  const dayOf = ({ start }: BookingOf) => start.slice(0, 10);
  // The last day: the scenario of bookings begins with the first.
  const last = slots.at(-1);
  const day = last ? dayOf(last) : '';
  return { day, free: slots.filter((slot) => dayOf(slot) === day) };
}

const pairOf = (slot: BookingOf): readonly [string, string] => [
  bodyOf(booking, 'facade', slot),
  bodyOf(cancellation, 'facade', slot),
];

export async function measureLiveCalls(bench: Bench, slots: readonly BookingOf[]): Promise<LiveCalls> {
  const { day, free } = slotsOfOneDay(slots);
  const bookOf = (question: typeof liveBook) =>
    bodyOf(question, 'facade', { site: '1001', from: day, to: day });
  const chargedFor = (subscribersCount: number, bodies: readonly string[]) =>
    withFacade(bench, async (facade, subscribers) => {
      await bench.upstream.count();
      await subscribers.open(facade, bodies, subscribersCount);
      const [slot] = free;
      if (!slot) throw new Error('No free time to book.');
      const opened = await bench.upstream.count();
      await subscribers.change(facade, [pairOf(slot)]);
      const changed = await bench.upstream.count();
      return { opened: opened.charged, changed: changed.charged };
    });
  const one = await chargedFor(1, [bookOf(liveBook)]);
  const many = await chargedFor(manySubscribers, [bookOf(liveBook)]);
  const twoSelections = await chargedFor(manySubscribers, [bookOf(liveBook), bookOf(liveStatuses)]);
  return {
    one: one.opened + one.changed,
    many: many.opened + many.changed,
    // A pair of mutations makes two changes.
    forSelection: (twoSelections.changed - many.changed) / 2,
  };
}

export function measureFanOut(bench: Bench, slots: readonly BookingOf[], pairs: number): Promise<LiveFanOut> {
  const { day, free } = slotsOfOneDay(slots);
  const body = bodyOf(liveBook, 'facade', { site: '1001', from: day, to: day });
  const chosen = Array.from({ length: pairs }, (_, at) => free[at % free.length]).filter(
    (slot) => slot !== undefined,
  );
  return withFacade(bench, async (facade, subscribers) => {
    await subscribers.open(facade, [body], manySubscribers);
    // V8 compiles what the first changes run.
    await subscribers.change(facade, chosen.slice(0, 3).map(pairOf));
    const before = cpuMs(facade.pid);
    const delivery = await subscribers.change(facade, chosen.map(pairOf));
    return { delivery, cpuPerEvent: (cpuMs(facade.pid) - before) / delivery.delivered };
  });
}

const idleBooks = (bench: Bench): readonly string[] =>
  chain.map((site) =>
    bodyOf(liveBook, 'facade', { site, from: bench.chainDays[0] ?? '', to: bench.chainDays[0] ?? '' }),
  );

export function measureLiveMemory(bench: Bench): Promise<LiveMemory> {
  checkDescriptors();
  return withFacade(bench, async (facade, subscribers) => {
    // A server that has worked: its code is compiled, its pools are filled.
    await bench.round(facade, { connections: 64, seconds: 3, sequences: bench.dayBooks(facade, 64) });
    await pause(2_000);
    const idleMb = residentMb(facade.pid);
    const openMs = await subscribers.open(facade, idleBooks(bench), idleSubscribers);
    await pause(3_000);
    const subscribedMb = residentMb(facade.pid);
    const perSubscription = ((subscribedMb - idleMb) * 1024) / idleSubscribers;
    return { idleMb, subscribedMb, perSubscription, openMs };
  });
}

/**
 * Two processes of the facade run the day book by turns, one of which has the subscriptions; then the other one has them. What one
 * process has by chance cancels out.
 */
export async function measureBeside(
  bench: Bench,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<LiveBeside> {
  checkDescriptors();
  const cpu: number[] = [];
  const perSecond: number[] = [];
  const subscribers = startSubscribers();
  const facades = [await startLiveFacade(bench), await startLiveFacade(bench)] as const;
  try {
    const run = async (facade: Server, length: number) => {
      const sequences = bench.dayBooks(facade, 16);
      return bench.round(facade, { connections: 16, seconds: length, sequences });
    };
    for (const facade of facades) {
      await firstAnswer(facade, bench.dayBooks(facade, 1)[0]?.[0] ?? '');
      await run(facade, seconds * 6);
    }
    for (const [subscribed, free] of [facades, [facades[1], facades[0]] as const]) {
      await subscribers.open(subscribed, idleBooks(bench), idleSubscribers);
      await run(subscribed, seconds * 2);
      for (let round = 0; round < rounds; round += 1) {
        const order = round % 2 === 0 ? [subscribed, free] : [free, subscribed];
        const results = new Map<Server, Awaited<ReturnType<typeof run>>>();
        for (const facade of order) results.set(facade, await run(facade, seconds));
        const [beside, alone] = [results.get(subscribed), results.get(free)];
        if (!beside || !alone) continue;
        cpu.push(beside.cpuPerOperation / alone.cpuPerOperation);
        perSecond.push(alone.operations / alone.seconds / (beside.operations / beside.seconds));
      }
      await subscribers.closeStreams();
    }
  } finally {
    await subscribers.close();
    await Promise.all(facades.map((facade) => facade.close()));
  }
  return { cpu: balanced(cpu), perSecond: balanced(perSecond) };
}

/** The geometric mean of the medians of both halves, with the least and the most of all. */
function balanced(ratios: readonly number[]): Spread {
  const half = ratios.length / 2;
  const [first, second] = [spreadOf(ratios.slice(0, half)), spreadOf(ratios.slice(half))];
  return { ...spreadOf(ratios), median: Math.sqrt(first.median * second.median) };
}

/** Node raises the soft limit to the hard one by itself. */
function checkDescriptors(): void {
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  if (limit === 'unlimited' || Number(limit) >= descriptors) return;
  throw new Error(
    `${idleSubscribers} subscriptions need ${descriptors} file descriptors, and this shell allows ${limit}: ulimit -n ${descriptors}`,
  );
}

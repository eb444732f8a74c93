/** The bars of the live act. */
import { readFileSync } from 'node:fs';
import type { Bar } from '../bars.ts';
import type { LiveRun, ShownBook } from './live-run.ts';
import type { SeenEvent } from './subscriber.ts';

/** The clock's tick, the interval between two looks, the deadline of a look that hangs, and time for a busy machine. */
const maxGapMs = 1_000 + 1_000 + 3_000 + 2_000;
/** Two renewals of the membership, and the timeouts of Redis. */
const maxRedisGapMs = 6_000;
/** The membership of the killed replica, and the first read of the next leader. */
const maxBackMs = 12_000;
const maxOwnWriteMs = 1_000;
const maxBytesEach = 20 * 1024;
/** The young generation: three spaces of the size that production's flags allow. */
const youngMb = 3 * 32;
/** No object of a book is left: our source map of 10 MB, which Node keeps after the first stack trace, compiled code and caches. */
const maxUsedGrowthMb = 20;

export const liveBarsOf = (run: LiveRun): readonly Bar[] => [
  booksEqual(run),
  outagesSeen(run),
  nothingLost(run),
  healthyUndisturbed(run),
  contractKept(run),
  webhooksHarmless(run),
  ownWrites(run),
  ...(run.leader ? [leaderReplaced(run, run.leader)] : []),
  ...(run.redisOutage ? [redisSeen(run, run.redisOutage)] : []),
  memoryBounded(run),
  memoryReturned(run),
  ...nothingLeft(run),
  ...drained(run),
  undisturbed(run),
];

function booksEqual({ screens, books, mendedMs, recoveredMs }: LiveRun): Bar {
  const different = screens.filter(({ bpSiteId, book }) => book.join() !== books.get(bpSiteId)?.join());
  const rows = [...books.values()].reduce((sum, { length }) => sum + length, 0);
  return {
    line:
      `live: after recovery (${seconds(mendedMs)} and ${seconds(recoveredMs)}), ${screens.length} screens show their practice's book, ` +
      `${rows} appointments in ${books.size} books; different: ${different.length} ${practicesOf(different)}`,
    met: different.length === 0 && rows > 0 && Number.isFinite(mendedMs + recoveredMs),
  };
}

/** Each outage is a gap in time on each screen of the practice, and a snapshot follows. */
function outagesSeen({ outages, screens }: LiveRun): Bar {
  const missed: string[] = [];
  const delays: number[] = [];
  for (const { bpSiteId, fault, began } of outages) {
    const concerned = screens.filter((screen) => screen.bpSiteId === bpSiteId);
    const late = concerned.filter(({ events }) => {
      const gap = events.find(({ kind, at }) => kind === 'gap' && at >= began);
      const next = gap && events.find(({ kind, at }) => kind !== 'gap' && at >= gap.at);
      if (gap) delays.push(gap.at - began);
      return !gap || gap.at - began > maxGapMs || next?.kind !== 'snapshot';
    });
    if (late.length > 0) missed.push(`${bpSiteId} ${fault} ${late.length} of ${concerned.length}`);
  }
  return {
    line:
      `live: ${outages.length} outages of practices, each a gap on each screen within ${seconds(Math.max(...delays))}, ` +
      `at most ${seconds(maxGapMs)}, then a snapshot; missed: ${missed.join(', ') || 0}`,
    met: missed.length === 0 && outages.length > 0,
  };
}

const holds = ({ kind, ids, at }: SeenEvent, pmsId: string, since: number): boolean =>
  kind === 'snapshot' ? at >= since : kind === 'changed' && at >= since - 5_000 && ids.has(pmsId);

function nothingLost({ changes, screens }: LiveRun): Bar {
  let lost = 0;
  let seen = 0;
  for (const { bpSiteId, pmsId, at } of changes) {
    for (const { events } of screens.filter((screen) => screen.bpSiteId === bpSiteId)) {
      if (events.some((event) => holds(event, pmsId, at))) seen += 1;
      else lost += 1;
    }
  }
  return {
    line: `live: ${changes.length} changes reached all screens of their practices ${seen} times; lost: ${lost}`,
    met: lost === 0 && seen > 0,
  };
}

function contractKept({ screens }: LiveRun): Bar {
  const faults = screens.flatMap((screen) => screen.faults);
  const ended = screens.flatMap(({ ending }) => ending?.code ?? []);
  return {
    line: `live: breaches of the contract: ${[...new Set(faults)].join(', ') || 0}; streams that ended: ${ended.length} ${[...new Set(ended)].join(', ')}`,
    met: faults.length + ended.length === 0,
  };
}

/** While others are away, and before replicas or Redis are. */
function healthyUndisturbed({ screens, healthy, outages }: LiveRun): Bar {
  const until = Math.max(...outages.map(({ ended }) => ended));
  const gaps = screens
    .filter(({ bpSiteId }) => healthy.includes(bpSiteId))
    .flatMap(({ events }) => events.filter(({ kind, at }) => kind === 'gap' && at < until));
  return {
    line: `live: gaps of healthy practices while others are away: ${gaps.length}`,
    met: gaps.length === 0,
  };
}

/** Books that are equal in the end say that webhooks with faults changed nothing. Only accepted ones cause a look. */
function webhooksHarmless({ webhooks: { outcomes, hints } }: LiveRun): Bar {
  const expected = ['accepted', 'duplicate', 'bad_signature', 'not_recent', 'too_large'];
  const counts = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`);
  return {
    line: `live: webhooks, some forged, repeated, late, too large or lost: ${counts.join(', ')}; looks because of them: ${hints}, at most one for each accepted one`,
    met:
      expected.every((outcome) => (outcomes[outcome] ?? 0) > 0) &&
      hints > 0 &&
      hints <= (outcomes.accepted ?? 0),
  };
}

/** Of healthy practices, outside of the moments in which replicas or Redis are away. */
function ownWrites({ changes, screens, healthy, leader, redisOutage }: LiveRun): Bar {
  const isDisturbed = (at: number) =>
    (leader && at > leader.killedAt - 1_000 && at < leader.killedAt + 15_000) ||
    (redisOutage && at > redisOutage.began - 1_000);
  const delays: number[] = [];
  for (const { bpSiteId, pmsId, at, by } of changes) {
    if (by !== 'facade' || !healthy.includes(bpSiteId) || isDisturbed(at)) continue;
    for (const { events } of screens.filter((screen) => screen.bpSiteId === bpSiteId)) {
      const event = events.find((each) => holds(each, pmsId, at));
      delays.push(event ? Math.max(0, event.at - at) : Number.POSITIVE_INFINITY);
    }
  }
  delays.sort((a, b) => a - b);
  const p99 = delays[Math.floor(delays.length * 0.99)] ?? Number.NaN;
  return {
    line:
      `live: a booking through one replica is on ${delays.length} screens of both after ` +
      `${ms(delays[Math.floor(delays.length / 2)])} (p50), ${ms(p99)} (p99), at most ${maxOwnWriteMs} ms`,
    met: p99 <= maxOwnWriteMs,
  };
}

/** Screens of the killed replica subscribe again at the other one, with their cursors. */
function leaderReplaced(
  { books, screens }: LiveRun,
  { led, killedAt, leads }: NonNullable<LiveRun['leader']>,
): Bar {
  const moved = screens.filter(({ lost }) => lost > 0);
  const back = moved.map(({ events }) => {
    const event = events.find(({ at, kind }) => at > killedAt && kind !== 'gap');
    return event ? event.at - killedAt : Number.POSITIVE_INFINITY;
  });
  const latest = Math.max(...back);
  return {
    line:
      `live: the replica that led ${led} books is killed: the other leads ${leads} of ${books.size + 1}; ` +
      `${moved.length} screens are back after ${seconds(latest)} at most`,
    met: leads === books.size + 1 && led > 0 && moved.length > 0 && latest <= maxBackMs,
  };
}

function redisSeen({ screens }: LiveRun, { began, ended }: NonNullable<LiveRun['redisOutage']>): Bar {
  const gaps = screens.map(({ events }) => events.find(({ kind, at }) => kind === 'gap' && at >= began));
  const latest = Math.max(...gaps.map((gap) => (gap ? gap.at - began : Number.POSITIVE_INFINITY)));
  const recovered = screens.filter(({ events }) =>
    events.some(({ kind, at }) => kind === 'snapshot' && at > ended),
  );
  return {
    line:
      `live: Redis is killed for ${seconds(ended - began)}: a gap on each screen within ${seconds(latest)}, ` +
      `at most ${seconds(maxRedisGapMs)}; a snapshot afterwards on ${recovered.length} of ${screens.length}`,
    met: latest <= maxRedisGapMs && recovered.length === screens.length,
  };
}

/** What the subscriptions hold is what comes back when they have left. */
function memoryBounded({ stalled, retained: { after } }: LiveRun): Bar {
  const { count, peakMb, held, snapshotBytes, subscriptions } = stalled;
  const heldMb = (held.used - after.used) / 2 ** 20;
  const maxHeldMb = Math.ceil((subscriptions * maxBytesEach) / 2 ** 20);
  // Each client gets its first snapshot at the same moment: a text and its bytes.
  const maxStalledMb = Math.ceil((2 * count * snapshotBytes) / 2 ** 20) + maxUsedGrowthMb + youngMb;
  return {
    line:
      `live: while ${count} clients do not read and others vanish: ${heldMb.toFixed(1)} MB in use for ${subscriptions} subscriptions, at most ${maxHeldMb}; ` +
      `resident ${peakMb.toFixed(0)} MB more, at most ${maxStalledMb} with snapshots of ${(snapshotBytes / 1024).toFixed(0)} KB`,
    met: count === 200 && heldMb <= maxHeldMb && peakMb <= maxStalledMb,
  };
}

function memoryReturned({ retained: { before, after } }: LiveRun): Bar {
  const used = (after.used - before.used) / 2 ** 20;
  return {
    line: `live: memory in use after the last subscriber has left: ${used.toFixed(0)} MB more than before the first, at most ${maxUsedGrowthMb}`,
    met: used <= maxUsedGrowthMb,
  };
}

function nothingLeft({ countsAfter, instances, registered, books }: LiveRun): readonly Bar[] {
  const objects = Object.entries(instances).map(([name, count]) => `${name} ${count}`);
  const left = countsAfter.map(
    ({ books: watched, subscriptions, leads, gaps }) => watched + subscriptions + leads + gaps,
  );
  return [
    {
      line: `live: left after the last subscriber: ${left.join(' + ')} books, subscriptions and gaps, ${registered.after} registered queries (${registered.while} while ${books.size + 1} books were open)`,
      met:
        left.every((count) => count === 0) && registered.after === 0 && registered.while === books.size + 1,
    },
    {
      line: `live: objects left after the last subscriber: ${objects.join(', ')}`,
      met: Object.values(instances).every((count) => count === 0),
    },
    {
      line: `live: registered queries after the replicas have stopped: ${registered.atEnd}`,
      met: registered.atEnd === 0,
    },
  ];
}

/** SIGTERM: each stream ends with a reason and a time to come back; both are spread. */
function drained({ endings, drainMs, exitCodes }: LiveRun): readonly Bar[] {
  const stopped = endings.flatMap((ending) =>
    ending?.code === 'SERVER_STOPPING' && ending.retryAfterSeconds !== null ? [ending] : [],
  );
  const times = stopped.map(({ at }) => at);
  const spread = Math.max(...times) - Math.min(...times);
  const retries = new Set(stopped.map(({ retryAfterSeconds }) => retryAfterSeconds));
  return [
    {
      line:
        `live: SIGTERM ends ${stopped.length} of ${endings.length} streams with SERVER_STOPPING, over ${seconds(spread)} ` +
        `of ${seconds(drainMs)}, to come back after one of ${retries.size} times`,
      met: stopped.length === endings.length && spread > 0.5 * drainMs && retries.size > 1,
    },
    {
      line: `live: replicas stopped with ${exitCodes.join(', ')}`,
      met: exitCodes.every((code) => code === 0),
    },
  ];
}

function undisturbed({ logs, complaints }: LiveRun): Bar {
  const alarms = logs
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => /Unexpected error|crashed|unhandledRejection|uncaughtException/.test(line));
  return {
    line: [
      `live: unexpected lines in the logs: ${alarms.length}; standard error: ${complaints.trim() || 'nothing'}`,
      ...alarms.slice(0, 5),
    ].join('\n'),
    met: alarms.length === 0 && complaints.trim() === '',
  };
}

const seconds = (time: number): string => `${(time / 1000).toFixed(1)} s`;
const ms = (time = Number.NaN): string => `${time.toFixed(0)} ms`;
const practicesOf = (screens: readonly ShownBook[]): string =>
  [...new Set(screens.map(({ bpSiteId }) => bpSiteId))].join(' ');

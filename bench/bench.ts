/** What all measurements share: the upstream, the load and the queried days. */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuMs, sendMessage, startNode, stop } from './processes.ts';
import type { Server } from './server.ts';
import type { UpstreamExchange, UpstreamOrder } from './upstream.ts';
import { bodyOf, book } from './work.ts';

const firstNames = [
  'Testina',
  'Zephyrine',
  'Placebo',
  'Fixtura',
  'Synthia',
  'Quokkina',
  'Wattlebert',
  'Pavlovina',
];

/** One round of load. Each connection repeats its own sequence. */
export interface Round {
  readonly connections: number;
  readonly seconds?: number;
  /** Number of requests; replaces `seconds`. */
  readonly amount?: number;
  readonly sequences: readonly (readonly string[])[];
  /** Pattern on the response. Its first group replaces `{{id}}` in later requests. */
  readonly idPattern?: string;
}

export interface LoadResult {
  readonly operations: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
}

export interface RoundResult extends LoadResult {
  /** Milliseconds of the server's CPU for one operation. */
  readonly cpuPerOperation: number;
}

/** The upstream requests of one operation, run alone with warm caches. */
export interface Cost {
  readonly calls: number;
  readonly charged: number;
  readonly bytes: number;
}

export interface Upstream {
  readonly url: string;
  latency(ms: number): Promise<void>;
  hang(bpSiteId: string | null): Promise<void>;
  exchanges(): Promise<readonly UpstreamExchange[]>;
  quiet(): Promise<void>;
  count(): Promise<Cost>;
}

export interface Bench {
  readonly upstream: Upstream;
  /** A folder for temporary files. */
  readonly place: string;
  /** Weekdays of practice 1001 with about a hundred appointments. */
  readonly days: readonly string[];
  /** Weekdays of the appointment books of the chain's practices. */
  readonly chainDays: readonly string[];
  /** Search criteria for patients of practice 1001: a first name, and the beginning of a last name. */
  readonly names: readonly string[];
  round(server: Server, round: Round): Promise<RoundResult>;
  /** Sends the first ten requests of the sequences, one after the other. */
  count(server: Server, round: Pick<Round, 'sequences' | 'idPattern'>): Promise<Cost>;
  /** Day books, one sequence for each connection. */
  dayBooks(server: Server, connections: number): readonly (readonly string[])[];
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const upstreamProcess = startNode('around', ['--import', 'tsx', 'bench/upstream.ts'], { ipc: true });
  const load = openLoad();
  const { url } = await sendMessage<{ url: string }>(upstreamProcess, null);
  const upstream = controlled(upstreamProcess, url);
  const days = weekdaysAhead(21, 40);
  return {
    upstream,
    place: mkdtempSync(join(tmpdir(), 'halo-graph-bench-')),
    days,
    chainDays: weekdaysAhead(21, 4),
    names: firstNames.flatMap((first) => ['B', 'M', 'S', 'W'].map((letter) => `${first} ${letter}`)),
    async round(server, round) {
      const before = cpuMs(server.pid);
      const result = await load.round(server, round);
      const cpuPerOperation = (cpuMs(server.pid) - before) / result.operations;
      // After a timed round, the server still works on the aborted requests for a while.
      if (round.seconds !== undefined) await upstream.quiet();
      return { ...result, cpuPerOperation };
    },
    async count(server, { sequences, idPattern }) {
      const sequence = sequences.flat().slice(0, 10);
      await upstream.count();
      const amount = sequence.length;
      await load.round(server, {
        connections: 1,
        amount,
        sequences: [sequence],
        ...(idPattern && { idPattern }),
      });
      const { calls, charged, bytes } = await upstream.count();
      return { calls: calls / amount, charged: charged / amount, bytes: bytes / amount };
    },
    dayBooks: ({ dialect }, connections) =>
      apart(
        days.map((day) => bodyOf(book, dialect, { site: '1001', from: day, to: day })),
        connections,
      ),
    async close() {
      await Promise.all([load.close(), stop(upstreamProcess)]);
    },
  };
}

export interface Load {
  round(server: Pick<Server, 'url' | 'headers'>, round: Round): Promise<LoadResult>;
  close(): Promise<void>;
}

/** The process that generates the load. */
export function openLoad(): Load {
  const load = startNode('around', ['bench/load.mjs'], { ipc: true });
  return {
    round: ({ url, headers }, round) => sendMessage<LoadResult>(load, { url, headers, ...round }),
    close: () => stop(load),
  };
}

function controlled(child: ChildProcess, url: string): Upstream {
  const sendOrder = <Answer>(order: UpstreamOrder) => sendMessage<Answer>(child, order);
  return {
    url,
    latency: async (ms) => void (await sendOrder({ order: 'latency', ms })),
    hang: async (bpSiteId) => void (await sendOrder({ order: 'hang', bpSiteId })),
    quiet: async () => void (await sendOrder({ order: 'quiet' })),
    count: () => sendOrder({ order: 'count' }),
    exchanges: async () =>
      (await sendOrder<{ exchanges: readonly UpstreamExchange[] }>({ order: 'exchanges' })).exchanges,
  };
}

/**
 * One sequence for each connection. No two have an item in common unless there are more connections than items, so that simultaneous
 * requests differ. Two connections that once send the same request at the same moment get their responses at the same moment,
 * and would send the same requests from then on: a server that shares upstream reads would do half the work, in some rounds only.
 */
export function apart<Item>(items: readonly Item[], connections: number): readonly (readonly Item[])[] {
  const each = Math.max(1, Math.floor(items.length / connections));
  return Array.from({ length: connections }, (_, connection) =>
    Array.from(
      { length: each },
      (_, turn) => items[(connection + turn * connections) % items.length] as Item,
    ),
  );
}

function weekdaysAhead(first: number, count: number): readonly string[] {
  const days: string[] = [];
  for (let ahead = first; days.length < count; ahead += 1) {
    const day = new Date(Date.now() + ahead * 86_400_000);
    // Mondays to Thursdays: on these days every practice has all its staff.
    if ([1, 2, 3, 4].includes(day.getUTCDay())) days.push(day.toISOString().slice(0, 10));
  }
  return days;
}

/** Measures one and two replicas of the facade behind one port, with Redis. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Bench, RoundResult } from './bench.ts';
import { limitCpu } from './cpu-limit.ts';
import { startFacade } from './facade.ts';
import { perSecond } from './outcome.ts';
import { cpuMs, startCommand, stop } from './processes.ts';
import { firstAnswer, freePort, type Server } from './server.ts';
import { type Spread, spreadOf } from './statistics.ts';

/** What each replica may use of a core, so that two of them, the upstream and the load fit on two cores. */
export const shareOfCore = 0.3;

/** Each replica has the same number of requests at once, however many replicas there are. */
const connectionsOfReplica = 16;

export interface Scale {
  /** Two replicas to one, round by round: requests a second, and the facade's CPU for one request. */
  readonly perSecond: Spread;
  readonly cpu: Spread;
  /** Requests a second with one replica and with two. */
  readonly one: Spread;
  readonly two: Spread;
  /** Redis commands and kB (both directions) for one request, with two replicas. */
  readonly commands: number;
  readonly kB: number;
}

interface Replicas {
  readonly server: Server;
  readonly pids: readonly number[];
}

/** Undefined: this machine has no redis-server. */
export async function measureScale(
  bench: Bench,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Scale | undefined> {
  if (!hasRedis()) return undefined;
  const port = await freePort();
  const command = ['redis-server', '--port', String(port), '--save', '', '--appendonly', 'no'];
  const redis = startCommand('around', command);
  const client = new Redis(port, '127.0.0.1', { retryStrategy: () => 50 });
  // Until Redis listens.
  client.on('error', () => {});
  const started: Replicas[] = [];
  try {
    for (const count of [1, 2]) started.push(await startReplicas(bench, count, `redis://127.0.0.1:${port}`));
    const [one, two] = started;
    if (!one || !two) throw new Error('The replicas did not start.');
    // Each replica compiles its own code.
    for (const { server, pids } of started) {
      const connections = connectionsOfReplica * pids.length;
      const sequences = bench.dayBooks(server, connections);
      await bench.round(server, { connections, seconds: seconds * 6 * pids.length, sequences });
    }
    const of = new Map<Replicas, RoundResult[]>(started.map((each) => [each, []]));
    let requests = 0;
    const before = await redisTraffic(client);
    let after = before;
    for (let round = 0; round < rounds; round += 1) {
      const order: readonly Replicas[] = round % 2 === 0 ? [one, two] : [two, one];
      for (const replicas of order) {
        const from = await redisTraffic(client);
        const result = await limitedRound(bench, replicas, seconds * 1.5);
        of.get(replicas)?.push(result);
        if (replicas !== two) continue;
        const to = await redisTraffic(client);
        after = { commands: after.commands + to.commands - from.commands, kB: after.kB + to.kB - from.kB };
        requests += result.operations;
      }
    }
    const [ofOne = [], ofTwo = []] = [of.get(one), of.get(two)];
    const ratios = (value: (round: RoundResult) => number) =>
      spreadOf(ofTwo.map((round, at) => value(round) / value(ofOne[at] ?? round)));
    return {
      perSecond: ratios(perSecond),
      cpu: ratios(({ cpuPerOperation }) => cpuPerOperation),
      one: spreadOf(ofOne.map(perSecond)),
      two: spreadOf(ofTwo.map(perSecond)),
      commands: (after.commands - before.commands) / requests,
      kB: (after.kB - before.kB) / requests,
    };
  } finally {
    client.disconnect();
    await Promise.all(started.map(({ server }) => server.close()));
    await stop(redis);
  }
}

async function limitedRound(bench: Bench, { server, pids }: Replicas, seconds: number): Promise<RoundResult> {
  const cpuOfAll = () => [server.pid, ...pids].reduce((sum, pid) => sum + cpuMs(pid), 0);
  const before = cpuOfAll();
  const free = limitCpu(pids, shareOfCore);
  try {
    const connections = connectionsOfReplica * pids.length;
    const sequences = bench.dayBooks(server, connections);
    const result = await bench.round(server, { connections, seconds, sequences });
    return { ...result, cpuPerOperation: (cpuOfAll() - before) / result.operations };
  } finally {
    free();
  }
}

async function startReplicas(bench: Bench, count: number, redisUrl: string): Promise<Replicas> {
  const server = await startFacade(bench.upstream.url, bench.place, {
    script: 'bench/replicas.mjs',
    env: { REPLICAS: String(count), REDIS_URL: redisUrl },
  });
  await firstAnswer(server, bench.dayBooks(server, 1)[0]?.[0] ?? '');
  // The other replica may still start.
  await pause(1_500);
  const children = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8');
  return { server, pids: children.trim().split(/\s+/).map(Number) };
}

async function redisTraffic(client: Redis): Promise<{ readonly commands: number; readonly kB: number }> {
  const info = await client.info('stats');
  const value = (name: string) => Number(new RegExp(`${name}:(\\d+)`).exec(info)?.[1]);
  return {
    commands: value('total_commands_processed'),
    kB: (value('total_net_input_bytes') + value('total_net_output_bytes')) / 1000,
  };
}

function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

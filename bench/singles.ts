/** Measurements outside the rounds: start-up, memory, and practices that do not respond. */
import { apart, type Bench, openLoad } from './bench.ts';
import { startFacade } from './facade.ts';
import { peakMb } from './processes.ts';
import { chain } from './scenarios.ts';
import { firstAnswer, post, type Server } from './server.ts';
import { type Spread, spreadOf } from './statistics.ts';
import type { Target } from './targets.ts';
import { bodyOf, book, comparable, dashboard, flatBook } from './work.ts';

export interface Start {
  readonly name: string;
  /** Milliseconds from the start of the process to its first day book. */
  readonly firstAnswerMs: Spread;
  /** Maximum memory since the start of the process, with 64 connections, in MB. */
  readonly peakMb: number;
}

/** Starts a server several times, and loads the last one with 64 connections. */
export async function measureStart(
  bench: Bench,
  target: Target,
  pace: { readonly starts: number; readonly seconds: number },
): Promise<Start> {
  const times: number[] = [];
  for (let left = pace.starts; ; left -= 1) {
    const server = await target.start();
    try {
      const [sequence = []] = bench.dayBooks(server, 1);
      times.push((await firstAnswer(server, sequence[0] ?? '')).ms);
      if (left > 1) continue;
      const sequences = bench.dayBooks(server, 64);
      await bench.round(server, { connections: 64, seconds: pace.seconds, sequences });
      return { name: target.name, firstAnswerMs: spreadOf(times), peakMb: peakMb(server.pid) };
    } finally {
      await server.close();
    }
  }
}

export interface Alone {
  /** p50 of the dashboard of 50, and of the slowest practice alone, in milliseconds, by one connection at 20 ms. */
  readonly together: Spread;
  readonly slowest: number;
}

/** The dashboard of 50 practices against each of them alone; several times, the slowest by its median. */
export async function measureTogether(bench: Bench, facade: Server, times: number): Promise<Alone> {
  await bench.upstream.latency(20);
  const together: number[] = [];
  const alone = new Map<string, number[]>(chain.map((site) => [site, []]));
  const [date = ''] = bench.chainDays;
  const p50 = async (sites: readonly string[], amount: number): Promise<number> => {
    const sequences = [[bodyOf(dashboard, 'facade', { sites, date })]];
    return (await bench.round(facade, { connections: 1, amount, sequences })).p50;
  };
  for (let turn = 0; turn < times; turn += 1) {
    together.push(await p50(chain, 45));
    for (const site of chain) alone.get(site)?.push(await p50([site], 3));
  }
  await bench.upstream.latency(0);
  const slowest = Math.max(...[...alone.values()].map((values) => spreadOf(values).median));
  return { together: spreadOf(together), slowest };
}

export interface Flat {
  /** Ratios of the flat day book to the union one, round by round: CPU, and requests per second. */
  readonly cpu: Spread;
  readonly perSecond: Spread;
}

/** Requests of a connection in a part of a round: few, so that both kinds meet the same state of the machine. */
const flatRequests = 30;

/** Compares the day book without unions and with unions in rounds of four parts: union, flat, flat, union. */
export async function measureFlat(
  bench: Bench,
  facade: Server,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Flat> {
  const connections = 16;
  const sequencesOf = (question: typeof book) =>
    apart(
      bench.days.map((day) => bodyOf(question, 'facade', { site: '1001', from: day, to: day })),
      connections,
    );
  const [inUnions, inFlat] = [sequencesOf(book), sequencesOf(flatBook)];
  await sameAppointments(facade, inUnions[0]?.[0] ?? '', inFlat[0]?.[0] ?? '');
  // V8 compiles the new code before the first measured round.
  for (const sequences of [inUnions, inFlat])
    await bench.round(facade, { connections, seconds: seconds * 3, sequences });
  const cpu: number[] = [];
  const speed: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // An amount, not seconds: requests aborted at the end of a timed round would cost CPU without being counted.
    const part = (sequences: typeof inFlat) =>
      bench.round(facade, { connections, amount: connections * flatRequests, sequences });
    const [first, second, third, fourth] = [
      await part(inUnions),
      await part(inFlat),
      await part(inFlat),
      await part(inUnions),
    ];
    cpu.push(
      (second.cpuPerOperation + third.cpuPerOperation) / (first.cpuPerOperation + fourth.cpuPerOperation),
    );
    speed.push((first.seconds + fourth.seconds) / (second.seconds + third.seconds));
  }
  return { cpu: spreadOf(cpu), perSecond: spreadOf(speed) };
}

async function sameAppointments(facade: Server, union: string, flat: string): Promise<void> {
  const [one, other] = await Promise.all([post(facade, union), post(facade, flat)]);
  const { practice } = JSON.parse(comparable(one)) as { practice: { appointments: unknown } };
  const { viewer } = JSON.parse(comparable(other)) as {
    viewer: { practice: { appointmentsConnection: unknown } };
  };
  if (JSON.stringify(practice.appointments) === JSON.stringify(viewer.practice.appointmentsConnection))
    return;
  throw new Error('A flat day book holds something else than the union one.');
}

export interface Hanging {
  /** p50 of a healthy practice while another practice hangs, and while none hangs. */
  readonly ratio: Spread;
  /** Practices of a dashboard of 50 that responded while one hung. */
  readonly answered: number;
}

/** One practice hangs with 16 waiting callers. Measures the effect on callers of another practice. */
export async function measureHanging(bench: Bench, facade: Server, times: number): Promise<Hanging> {
  await bench.upstream.latency(20);
  const second = openLoad();
  const [date = ''] = bench.chainDays;
  const sequencesFor = (site: string) => [[bodyOf(book, 'facade', { site, from: date, to: date })]];
  const healthy = async () =>
    (await bench.round(facade, { connections: 4, seconds: 2, sequences: sequencesFor('9002') })).p50;
  const ratios: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const before = await healthy();
    await bench.upstream.hang('9001');
    const waiting = second.round(facade, { connections: 16, seconds: 3, sequences: sequencesFor('9001') });
    const meanwhile = await healthy();
    await waiting;
    await bench.upstream.hang(null);
    ratios.push(meanwhile / before);
  }
  await second.close();
  const answered = await answeredWhileOneHangs(bench, date);
  await bench.upstream.latency(0);
  return { ratio: spreadOf(ratios), answered };
}

async function answeredWhileOneHangs(bench: Bench, date: string): Promise<number> {
  const facade = await startFacade(bench.upstream.url, bench.place, { env: { HALO_DEADLINE_MS: '3000' } });
  const body = bodyOf(dashboard, 'facade', { sites: chain, date });
  const parts = (text: string) => (JSON.parse(text) as { data: { practices: unknown[] } }).data.practices;
  const whole = parts((await firstAnswer(facade, body)).text);
  await bench.upstream.hang('9025');
  const partly = parts(await post(facade, body));
  await bench.upstream.hang(null);
  await facade.close();
  return partly.filter((part, index) => JSON.stringify(part) === JSON.stringify(whole[index])).length;
}

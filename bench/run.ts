/**
 * The benchmark: `npm run bench`. `--quick` is a smoke test of two minutes, `--check` exits 1 when a bar is missed,
 * `--profile` prints a CPU profile of the facade and stops. `--only ID` runs the scenarios whose id begins with ID, `--rounds N`
 * limits the number of rounds, `--no-build` uses the existing dist/.
 */
import { execSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { barsOf } from './bars.ts';
import { type Bench, openBench } from './bench.ts';
import { captureStatements } from './capture.ts';
import { plotOf } from './plot.ts';
import { profileDayBook } from './profile.ts';
import { type Run, reportOf, table } from './report.ts';
import { upstreamItself } from './roundtrip.ts';
import { longRange, measure, rangesOf, scenariosOf, shortRange } from './scenarios.ts';
import { firstAnswer, post, type Server } from './server.ts';
import { measureFlat, measureHanging, measureStart, measureTogether } from './singles.ts';
import { freeSlots } from './slots.ts';
import { type Spread, spreadOf } from './statistics.ts';
import { composeSupergraph, targetsOf } from './targets.ts';
import { bodyOf, book } from './work.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
  },
});
const usual = options.quick
  ? { rounds: { few: 2, some: 2, many: 2 }, seconds: 0.5, starts: 1, warmOperations: 200 }
  : { rounds: { few: 3, some: 5, many: 11 }, seconds: 1.5, starts: 5, warmOperations: 10_000 };
const most = Number(options.rounds ?? Number.POSITIVE_INFINITY);
const pace = {
  ...usual,
  rounds: {
    few: Math.min(usual.rounds.few, most),
    some: Math.min(usual.rounds.some, most),
    many: Math.min(usual.rounds.many, most),
  },
};
const began = performance.now();

if (!options['no-build']) execSync('npm run --silent build', { stdio: 'inherit' });
if (!existsSync('bench/node_modules'))
  execSync('npm ci --prefix bench --ignore-scripts', { stdio: 'inherit' });
const bench = await openBench();
try {
  if (options.profile) log(await profileDayBook(bench, 8));
  else process.exitCode = await benchmark(bench);
} finally {
  await bench.close();
}

async function benchmark(bench: Bench): Promise<number> {
  const statements = await captureStatements(bench);
  const supergraph = composeSupergraph(bench.upstream.url, bench.place);
  const targets = targetsOf(bench.upstream.url, bench.place, { statements, supergraph });
  const missing = supergraph === undefined ? ['Hive Gateway: its supergraph could not be composed here'] : [];
  const servers: Server[] = [];
  try {
    const starts: Run['results']['starts'][number][] = [];
    for (const target of targets) {
      step(`start and memory: ${target.name}`);
      starts.push(await measureStart(bench, target, pace));
    }
    for (const target of targets) servers.push(await target.start());
    const [facade] = servers;
    if (!facade) throw new Error('Nobody to measure.');
    for (const server of servers) await firstAnswer(server, bench.dayBooks(server)[0]?.[0] ?? '');
    const slots = await freeSlots(bench, facade);
    const outcomes: Run['results']['outcomes'][number][] = [];
    for (const scenario of scenariosOf(bench, slots)) {
      if (options.only && !scenario.id.startsWith(options.only)) continue;
      step(scenario.title);
      const outcome = await measure(bench, scenario, servers, pace);
      for (const { name, wrong } of outcome.rows) if (wrong) log(`  ${name} does not count: ${wrong}\n`);
      outcomes.push(outcome);
    }
    step('flat day books');
    const flat = await measureFlat(bench, facade, { rounds: pace.rounds.some, seconds: pace.seconds });
    step('round trips, 50 practices, one that hangs');
    const results = {
      outcomes,
      starts,
      roundTrips: await roundTrips(bench, facade, statements),
      together: await measureTogether(bench, facade, options.quick ? 1 : 9),
      flat,
      hanging: await measureHanging(bench, facade, options.quick ? 1 : 5),
      rowsOfRanges: await rowsOfRanges(facade),
    };
    const bars = barsOf(results);
    const minutes = (performance.now() - began) / 60_000;
    const run = { results, bars, targets, missing, ...pace, minutes };
    const report = reportOf(run);
    const [dayBook] = outcomes;
    if (!options.quick && !options.only) {
      writeFileSync('docs/benchmark.md', report);
      if (dayBook) writeFileSync('docs/benchmark.svg', plotOf(dayBook));
    }
    log(`\n${report}\n`);
    const missed = bars.filter(({ met }) => !met);
    log(
      `${table(
        ['', 'bar', 'required', 'measured'],
        missed.map((bar) => ['missed', bar.name, bar.required, bar.measured]),
      )}\n`,
    );
    return options.check && missed.length > 0 ? 1 : 0;
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

/** Compares the facade's p50 with the p50 of its own upstream call, in alternating rounds. */
async function roundTrips(bench: Bench, facade: Server, statements: string): Promise<Spread> {
  const { server, sequence } = upstreamItself(bench, statements);
  await bench.upstream.latency(20);
  const ratios: number[] = [];
  for (let round = 0; round < pace.rounds.some; round += 1) {
    const { seconds } = pace;
    const bare = await bench.round(server, { connections: 1, seconds, sequences: [sequence] });
    const ours = await bench.round(facade, { connections: 1, seconds, sequences: bench.dayBooks(facade) });
    ratios.push(ours.p50 / bare.p50);
  }
  await bench.upstream.latency(0);
  return spreadOf(ratios);
}

async function rowsOfRanges(facade: Server): Promise<{ small: number; large: number }> {
  const rows = async (days: number): Promise<number> => {
    const answers = await Promise.all(
      rangesOf(days).map((range) => post(facade, bodyOf(book, 'facade', range))),
    );
    return Math.round((answers.join('').split('"durationMinutes"').length - 1) / answers.length);
  };
  return { small: await rows(shortRange), large: await rows(longRange) };
}

function step(title: string): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  log(`${seconds.padStart(4)} s  ${title}\n`);
}

function log(text: string): void {
  process.stdout.write(text);
}

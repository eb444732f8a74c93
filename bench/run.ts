/**
 * The benchmark: `npm run bench`. `--quick` is a smoke test of two minutes, `--check` exits 1 when a bar is missed,
 * `--profile` prints a CPU profile of the facade and stops. `--only ID` runs the scenarios whose id begins with ID, `--rounds N`
 * limits the number of rounds, `--no-build` uses the existing dist/.
 */
import { execSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { barsOf } from './bars.ts';
import { type Bench, openBench } from './bench.ts';
import { captureStatements } from './capture.ts';
import { measureBeside, measureFanOut, measureLiveCalls, measureLiveMemory } from './live.ts';
import { measure } from './measure.ts';
import { plotOf } from './plot.ts';
import { profileDayBook } from './profile.ts';
import { type Run, reportOf } from './report.ts';
import { upstreamItself } from './roundtrip.ts';
import { measureScale } from './scale.ts';
import { longRange, rangesOf, scenariosOf, shortRange, takesPart } from './scenarios.ts';
import { firstAnswer, post, type Server } from './server.ts';
import { measureFlat, measureHanging, measureStart, measureTogether } from './singles.ts';
import { freeSlots } from './slots.ts';
import { type Spread, spreadOf } from './statistics.ts';
import { composeSupergraph, facadeName, targetsOf } from './targets.ts';
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
if (!peersAreInstalled()) execSync('npm ci --prefix bench --ignore-scripts', { stdio: 'inherit' });
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
  /** The server of that name, which is started once and runs until the end. */
  const startedOf = async (name: string): Promise<Server> => {
    const running = servers.find((server) => server.name === name);
    if (running) return running;
    const target = targets.find((each) => each.name === name);
    if (!target) throw new Error(`There is no ${name}.`);
    const server = await target.start();
    servers.push(server);
    await firstAnswer(server, bench.dayBooks(server, 1)[0]?.[0] ?? '');
    return server;
  };
  try {
    const starts: Run['results']['starts'][number][] = [];
    for (const target of wants('start') ? targets : []) {
      step(`start and memory: ${target.name}`);
      // Only the facade's has a bar.
      const times = target.name === facadeName ? pace.starts : Math.min(pace.starts, 3);
      starts.push(await measureStart(bench, target, { ...pace, starts: times }));
    }
    const facade = await startedOf(facadeName);
    const slots = await freeSlots(bench, facade);
    const scenarios = scenariosOf(bench, slots).filter(({ id }) => wants(id));
    for (const { name } of targets)
      if (scenarios.some((each) => takesPart(each, name))) await startedOf(name);
    const outcomes: Run['results']['outcomes'][number][] = [];
    for (const scenario of scenarios) {
      step(scenario.title);
      const outcome = await measure(bench, scenario, servers, pace);
      for (const { name, wrong } of outcome.rows) if (wrong) log(`  ${name} does not count: ${wrong}\n`);
      outcomes.push(outcome);
    }
    const part = async <Name extends string, Part>(id: Name, measured: () => Promise<Part>) => {
      if (!wants(id)) return undefined;
      step(id);
      return measured();
    };
    const parts = {
      flat: await part('flat', () =>
        measureFlat(bench, facade, { rounds: pace.rounds.many * 2, seconds: pace.seconds }),
      ),
      roundTrips: await part('round-trip', () => roundTrips(bench, facade, statements)),
      together: await part('together', () => measureTogether(bench, facade, options.quick ? 1 : 9)),
      hanging: await part('hanging', () => measureHanging(bench, facade, options.quick ? 1 : 5)),
      liveCalls: await part('live-calls', () => measureLiveCalls(bench, slots)),
      fanOut: await part('live-fan-out', () => measureFanOut(bench, slots, options.quick ? 5 : 30)),
      liveMemory: await part('live-memory', () => measureLiveMemory(bench)),
      beside: await part('live-beside', () =>
        measureBeside(bench, { rounds: pace.rounds.some, seconds: pace.seconds }),
      ),
      scale: await part('scale', () =>
        measureScale(bench, { rounds: Math.min(pace.rounds.many, 8), seconds: pace.seconds }),
      ),
      rowsOfRanges: await part('range', () => rowsOfRanges(facade)),
    };
    const measuredParts = Object.fromEntries(
      Object.entries(parts).filter(([, value]) => value !== undefined),
    ) as Partial<Run['results']>;
    const results = { outcomes, starts, ...measuredParts };
    const bars = barsOf(results);
    const minutes = (performance.now() - began) / 60_000;
    const run = { results, bars, targets, missing, ...pace, minutes };
    const report = reportOf(run);
    const dayBook = outcomes.find(({ scenario }) => scenario.id === 'day-book');
    if (!options.quick && !options.only) {
      writeFileSync('docs/benchmark.md', report);
      if (dayBook) writeFileSync('docs/benchmark.svg', plotOf(dayBook));
    }
    log(`\n${report}\n`);
    const missed = bars.filter(({ met }) => !met);
    for (const { name, required, measured, met } of bars)
      log(`${met ? 'pass' : 'MISS'}  ${name}: ${measured}, required ${required}\n`);
    log(`${missed.length} of ${bars.length} bars missed\n`);
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
    const ours = await bench.round(facade, { connections: 1, seconds, sequences: bench.dayBooks(facade, 1) });
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

/** Whether npm installed the peers after their lock file changed. */
function peersAreInstalled(): boolean {
  const installed = 'bench/node_modules/.package-lock.json';
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync('bench/package-lock.json').mtimeMs;
}

/** Whether `--only` names this part or scenario. */
function wants(id: string): boolean {
  return options.only === undefined || id.startsWith(options.only);
}

function step(title: string): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  log(`${seconds.padStart(4)} s  ${title}\n`);
}

function log(text: string): void {
  process.stdout.write(text);
}

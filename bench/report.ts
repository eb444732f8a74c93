/** Writes docs/benchmark.md. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Bar, Results } from './bars.ts';
import type { RoundResult } from './bench.ts';
import { idleSubscribers, manySubscribers } from './live.ts';
import { type Outcome, perSecond, type Row, spread } from './outcome.ts';
import { pinning } from './processes.ts';
import { shareOfCore } from './scale.ts';
import type { Pace } from './scenarios.ts';
import type { Spread } from './statistics.ts';
import type { Target } from './targets.ts';

/** What `--only` can name. */
const partIds = [
  'start',
  'day-book',
  'day-book-20',
  'search',
  'dashboard',
  'booking',
  'booking-0',
  'range',
  'flat',
  'round-trip',
  'together',
  'hanging',
  'live-calls',
  'live-fan-out',
  'live-memory',
  'live-beside',
  'scale',
] as const;

export interface Run {
  readonly results: Results;
  readonly bars: readonly Bar[];
  readonly targets: readonly Target[];
  /** Peers that did not run, with the reason. */
  readonly missing: readonly string[];
  readonly rounds: Pace['rounds'];
  readonly seconds: number;
  readonly minutes: number;
}

export function reportOf(run: Run): string {
  const { results } = run;
  return `# Benchmark

\`npm run bench\` measures halo-graph against other ways to the same data, on one machine, over one upstream, and writes this page;
\`npm run bench -- --check\` also exits 1 when a bar is missed, \`--quick\` takes a few minutes and writes nothing here, \`--only ID\` runs the
parts whose id begins with ID: ${partIds.map((id) => `\`${id}\``).join(', ')}.

${machine(run)}

![Requests a second and CPU for one operation](benchmark.svg)

## Bars

${table(
  ['', 'bar', 'required', 'measured'],
  run.bars.map(({ name, required, measured, met }) => [met ? 'pass' : '**miss**', name, required, measured]),
)}

Ratios are medians of the rounds' own ratios, so that what slows the machine for a while slows both sides; in brackets the least and the most
round, and the ratio of CPU for one operation, which other work on the machine touches least. A bar within that spread of its limit can pass in one run
and miss in the next.

## The work

${results.outcomes.map(section).join('\n\n')}

## Live books

Nobody else has live books, so these bars are absolute. One process holds all subscriptions by server-sent events, on the core of the upstream and
the load. Charged calls are counted, with 1 and with ${manySubscribers} subscribers of one book. A delivery is measured from the sending of the mutation, the time
of the booking at the practice included, until each subscriber has the change. Memory is what the system has resident for the server, which
has served 64 connections before, without subscriptions and with ${idleSubscribers}; the buffers that the kernel keeps for sockets are not in it. Day books beside
idle subscriptions are measured with two servers, one of which has the subscriptions, and then the other.

## Two replicas

With an upstream and a load on the same two cores, there are never two free cores. So each replica gets ${shareOfCore} of a core: a process that has used its share
is stopped for some milliseconds. The bar compares two replicas behind one port (\`node:cluster\`, one Redis) with one, each with 16 connections
of the load, and shows what they share: the port, Redis, the upstream. Not measured: two whole cores, several machines, a network between them and Redis.
${scaleText(results)}
## Start and memory

From the start of the process to its first day book (median, least to most), and the most memory that it ever had resident, with 64
connections that request day books.

${table(
  ['', 'first answer, ms', 'peak memory, MB'],
  results.starts.map(({ name, firstAnswerMs, peakMb }) => [name, shown(firstAnswerMs, 0), peakMb.toFixed(0)]),
)}

## Who they are

${run.targets.map(({ name, about }) => `- **${name}**: ${about}.`).join('\n')}
${run.missing.map((line) => `- Not there: ${line}\n`).join('')}
Each peer is written as its own documentation advises, with undici or its own HTTP client on kept connections, and looks a practice's Halo GUID
up once in its life. Its appointments come over FHIR (\`Appointment\`, then \`Patient\` and \`Practitioner\` by \`_id\`, with \`_elements\`), or by the
statement that halo-graph sends, taken from its own traffic. No peer authenticates, limits, counts or logs anything; halo-graph does.

Every answer is compared with halo-graph's before the rounds begin. Each connection repeats days, names or ranges of its own, so that nothing is won by
answering the same question once.

The upstream is the sandbox with a memory: a read that came before gets the bytes that it got then, so that the sandbox's own SQL engine is not
measured; a write is carried out, and the cached responses of its practice are dropped. Added latency is what an answer takes in all. At 0 ms a
booking is mostly the SQL engine of the sandbox, which is no SQL Server, so the bars of bookings are those at 20 ms.

Tailcall is not in the dashboard: its batching sends the keys of several practices to one of them. The time from the start of a process to its first answer
goes into Node itself (0.2 s, see the bound), into compiling the code, and into building the schema.
`;
}

function scaleText({ scale }: Results): string {
  if (!scale) return '';
  return `\nWith two replicas, one request took ${scale.commands.toFixed(1)} commands of Redis, those inside its scripts included, and ${scale.kB.toFixed(1)} kB, both ways together.\n`;
}

function machine({ rounds, seconds, minutes }: Run): string {
  const [cpu] = cpus();
  const versions = JSON.parse(readFileSync('bench/package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const peers = Object.entries(versions.dependencies).map(([name, version]) => `${name} ${version}`);
  return `${new Date().toISOString().slice(0, 10)}, commit ${commit()}. ${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, ${(
    totalmem() / 2 ** 30
  ).toFixed(0)} GiB, ${process.platform}; Node ${process.versions.node}; the server under test ${
    pinning === 'none' ? 'not pinned' : 'alone on one core, upstream and load on the other'
  }.
${rounds.many} rounds of the day book at 0 ms, ${rounds.some} of the others, ${rounds.few} of servers that no bar compares, of about ${seconds} s each (as many requests as a sample says fit), order rotated; ${minutes.toFixed(0)} minutes in all.
Peers: ${peers.join(', ')}.`;
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function section({ scenario, rows }: Outcome): string {
  return `### ${scenario.title}\n\n${table(
    ['', 'requests/s', 'p50, ms', 'p99, ms', 'CPU, ms', 'calls', 'charged', 'kB from upstream'],
    rows.map(cells),
  )}`;
}

function cells(row: Row): readonly string[] {
  if (row.wrong !== undefined)
    return [row.name, `does not count: ${row.wrong.replaceAll('|', '¦').slice(0, 200)}`];
  const of = (value: (round: RoundResult) => number, digits: number) => shown(spread(row, value), digits);
  const median = (value: (round: RoundResult) => number) => spread(row, value).median;
  return [
    row.name,
    of(perSecond, median(perSecond) < 100 ? 1 : 0),
    of(({ p50 }) => p50, 1),
    of(({ p99 }) => p99, 1),
    of(({ cpuPerOperation }) => cpuPerOperation, 2),
    row.cost?.calls.toFixed(1) ?? '',
    row.cost?.charged.toFixed(1) ?? '',
    ((row.cost?.bytes ?? 0) / 1000).toFixed(0),
  ];
}

const shown = ({ median, least, most }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cellsOfLine: readonly string[]) =>
    `| ${head.map((_, at) => cellsOfLine[at] ?? '').join(' | ')} |`;
  const rule = `|${head.map((_, at) => (at === 0 ? '---' : '---:')).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

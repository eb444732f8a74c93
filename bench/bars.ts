/** The bars of the benchmark. A ratio compares figures of the same rounds. */
import { type Outcome, perSecond, ratio, spread } from './scenarios.ts';
import type { Alone, Flat, Hanging, Start } from './singles.ts';
import type { Spread } from './statistics.ts';
import { bareName, facadeName, names } from './targets.ts';

export interface Results {
  readonly outcomes: readonly Outcome[];
  readonly starts: readonly Start[];
  readonly together: Alone;
  readonly hanging: Hanging;
  readonly flat: Flat;
  /** p50 of the day book at 20 ms against one bare upstream round trip, round by round. */
  readonly roundTrips: Spread;
  /** Number of appointments in the responses for the two ranges. */
  readonly rowsOfRanges: { readonly small: number; readonly large: number };
}

export interface Bar {
  readonly name: string;
  readonly required: string;
  readonly measured: string;
  readonly met: boolean;
}

export function barsOf(results: Results): readonly Bar[] {
  const outcome = (id: string) => results.outcomes.find(({ scenario }) => scenario.id === id);
  const dayBook = outcome('day-book');
  const charged = row(dayBook, facadeName)?.cost?.charged ?? Number.NaN;
  const start = results.starts.find(({ name }) => name === facadeName);
  const { together, slowest } = results.together;
  const cpu = (id: string) => spread(row(outcome(id), facadeName), ({ cpuPerOperation }) => cpuPerOperation);
  const slope = cpu('range-5000').median / cpu('range-1000').median;
  const rows = results.rowsOfRanges;
  return [
    atMost('Charged calls for a warm day book', charged, 1.001, '1', (value) => value.toFixed(2)),
    atMost(
      'Day book at 20 ms, 1 connection: p50 to one bare upstream round trip',
      results.roundTrips.median,
      1.25,
    ),
    throughput('the bare bound', bareName, 0.7),
    throughput('Mercurius with JIT, as its users write it', names.mercurius, 2),
    throughput('Apollo Server, as its users write it', names.apollo, 5),
    throughput('Mercurius with JIT and our statement', names.mercuriusOneCall, 1.1),
    throughput('Apollo Server and our statement', names.apolloOneCall, 3),
    flatBar(results.flat),
    atMost('50 practices at 20 ms: p50 to that of the slowest alone', together.median / slowest, 1.5),
    atMost('A practice that hangs: p50 of another one, to before', results.hanging.ratio.median, 1.1),
    atLeast(
      'A practice that hangs: the others of a dashboard of 50 that are answered',
      results.hanging.answered,
      49,
      '49',
      String,
    ),
    atMost(
      'First answer after the start of the process, s',
      (start?.firstAnswerMs.median ?? Number.NaN) / 1000,
      1.2,
    ),
    atMost('Peak memory with 64 connections, MB', start?.peakMb ?? Number.NaN, 300, '300', (value) =>
      value.toFixed(0),
    ),
    atMost(
      `CPU of ${rows.large} appointments to that of ${rows.small}, for each appointment`,
      slope / (rows.large / rows.small),
      1.2,
    ),
  ];

  function throughput(against: string, name: string, least: number): Bar {
    const { median, least: low, most } = ratio(dayBook, facadeName, name, perSecond);
    const byCpu = ratio(dayBook, name, facadeName, ({ cpuPerOperation }) => cpuPerOperation).median;
    const bar = atLeast(`Day book at 0 ms, 16 connections: requests a second to ${against}`, median, least);
    return {
      ...bar,
      measured: `${bar.measured} (${low.toFixed(2)} to ${most.toFixed(2)}; by CPU ${byCpu.toFixed(2)})`,
    };
  }
}

function flatBar({ cpu, perSecond: speed }: Flat): Bar {
  const bar = atMost('A flat day book to the union one: CPU', cpu.median, 1.05);
  const spreadText = `${twoDigits(cpu.least)} to ${twoDigits(cpu.most)}`;
  return {
    ...bar,
    measured: `${bar.measured} (${spreadText}; requests a second ${twoDigits(speed.median)})`,
  };
}

const row = (outcome: Outcome | undefined, name: string) => outcome?.rows.find((each) => each.name === name);

const twoDigits = (value: number): string => value.toFixed(2);

/** A missing figure misses its bar. */
function atMost(name: string, value: number, most: number, required = String(most), show = twoDigits): Bar {
  return { name, required: `at most ${required}`, measured: show(value), met: value <= most };
}

function atLeast(
  name: string,
  value: number,
  least: number,
  required = String(least),
  show = twoDigits,
): Bar {
  return { name, required: `at least ${required}`, measured: show(value), met: value >= least };
}

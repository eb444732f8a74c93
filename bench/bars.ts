/** The bars of the benchmark. A ratio compares figures of the same rounds. */
import type { RoundResult } from './bench.ts';
import {
  idleSubscribers,
  type LiveBeside,
  type LiveCalls,
  type LiveFanOut,
  type LiveMemory,
  manySubscribers,
} from './live.ts';
import { type Outcome, perSecond, ratio, spread } from './outcome.ts';
import { type Scale, shareOfCore } from './scale.ts';
import type { Alone, Flat, Hanging, Start } from './singles.ts';
import type { Spread } from './statistics.ts';
import { bareName, facadeName, names } from './targets.ts';

/** What was measured. A part that `--only` left out is absent. */
export interface Results {
  readonly outcomes: readonly Outcome[];
  readonly starts: readonly Start[];
  readonly together?: Alone;
  readonly hanging?: Hanging;
  readonly flat?: Flat;
  /** p50 of the day book at 20 ms against one bare upstream round trip, round by round. */
  readonly roundTrips?: Spread;
  readonly liveCalls?: LiveCalls;
  readonly liveMemory?: LiveMemory;
  readonly fanOut?: LiveFanOut;
  readonly beside?: LiveBeside;
  readonly scale?: Scale;
  /** Number of appointments in the responses for the two ranges. */
  readonly rowsOfRanges?: { readonly small: number; readonly large: number };
}

export interface Bar {
  readonly name: string;
  readonly required: string;
  readonly measured: string;
  readonly met: boolean;
}

/** The bars of everything that was measured. */
export function barsOf(results: Results): readonly Bar[] {
  const { together, hanging, flat, roundTrips, rowsOfRanges } = results;
  const outcome = (id: string) => results.outcomes.find(({ scenario }) => scenario.id === id);
  const whenMeasured = <Part>(part: Part | undefined, bars: (part: Part) => readonly Bar[]) =>
    part === undefined ? [] : bars(part);
  return [
    ...whenMeasured(outcome('day-book'), dayBookBars),
    ...whenMeasured(outcome('day-book-20'), (slowBook) => [
      ratioBar(slowBook, {
        name: 'Day book at 20 ms, 1 connection: p50 to that of Tailcall',
        against: names.tailcall,
        value: p50,
        most: 0.5,
      }),
    ]),
    ...whenMeasured(roundTrips, ({ median }) => [
      atMost('Day book at 20 ms, 1 connection: p50 to one bare upstream round trip', median, 1.25),
    ]),
    ...whenMeasured(outcome('search'), (search) => [
      ratioBar(search, {
        name: 'Patient search: requests a second to Mercurius with JIT',
        against: names.mercurius,
        value: perSecond,
        least: 1.1,
      }),
    ]),
    ...whenMeasured(outcome('dashboard'), (dashboard) => [
      ratioBar(dashboard, {
        name: '50 practices at 20 ms: p50 to that of Mercurius with JIT and our statement',
        against: names.mercuriusOneCall,
        value: p50,
        most: 1,
      }),
    ]),
    ...whenMeasured(together, ({ together: { median }, slowest }) => [
      atMost('50 practices at 20 ms: p50 to that of the slowest alone', median / slowest, 1.4),
    ]),
    ...whenMeasured(outcome('booking'), bookingBars),
    ...whenMeasured(flat, (measured) => [flatBar(measured)]),
    ...whenMeasured(hanging, ({ ratio: { median }, answered }) => [
      atMost('A practice that hangs: p50 of another one, to before', median, 1.1),
      atLeast(
        'A practice that hangs: the others of a dashboard of 50 that are answered',
        answered,
        49,
        '49',
        String,
      ),
    ]),
    ...whenMeasured(
      results.starts.find(({ name }) => name === facadeName),
      ({ firstAnswerMs, peakMb }) => [
        atMost('First answer after the start of the process, s', firstAnswerMs.median / 1000, 0.5),
        atMost('Peak memory with 64 connections, MB', peakMb, 300, '300', (value) => value.toFixed(0)),
      ],
    ),
    ...whenMeasured(rowsOfRanges, ({ small, large }) => {
      const cpuOf = (id: string) => spread(row(outcome(id), facadeName), cpu).median;
      const slope = cpuOf('range-5000') / cpuOf('range-1000');
      const name = `CPU of ${large} appointments to that of ${small}, for each appointment`;
      return [atMost(name, slope / (large / small), 1.2)];
    }),
    ...liveBars(results),
    ...whenMeasured(results.scale, (scale) => [scaleBar(scale)]),
  ];
}

function scaleBar({ perSecond: speed, cpu: byCpu, one, two }: Scale): Bar {
  const name = `Two replicas behind one port with Redis, each with ${shareOfCore} of a core: requests a second to one`;
  const bar = atLeast(name, speed.median, 1.8);
  const details = `${twoDigits(speed.least)} to ${twoDigits(speed.most)}; ${two.median.toFixed(0)} and ${one.median.toFixed(0)}; CPU for one ${twoDigits(byCpu.median)}`;
  return { ...bar, measured: `${bar.measured} (${details})` };
}

function liveBars({ liveCalls, liveMemory, fanOut, beside }: Results): readonly Bar[] {
  const whole = (value: number) => value.toFixed(0);
  const bars: Bar[] = [];
  if (liveCalls) {
    const { one, many, forSelection } = liveCalls;
    bars.push(
      atMost(
        `Live book: charged calls of ${manySubscribers} subscribers and two changes, to those of 1`,
        many / one,
        1,
        '1',
        (value) => `${value.toFixed(2)} (${many} and ${one})`,
      ),
      atMost('Live book: charged calls of one change for each distinct selection', forSelection, 1, '1'),
    );
  }
  if (fanOut) {
    const { delivery, cpuPerEvent } = fanOut;
    bars.push(
      atMost(
        `Live book: ms from sending a mutation until ${manySubscribers} subscribers have the change, p99`,
        delivery.p99,
        250,
        '250',
        (value) =>
          `${whole(value)} (p50 ${whole(delivery.p50)}, most ${whole(delivery.most)}; ${(cpuPerEvent * 1000).toFixed(0)} µs of CPU for one event)`,
      ),
    );
  }
  if (liveMemory) {
    const { idleMb, subscribedMb, openMs } = liveMemory;
    bars.push(
      atMost(
        `Live book: kB of memory above idle for each of ${idleSubscribers} subscriptions to 50 books`,
        liveMemory.perSubscription,
        20,
        '20',
        (value) =>
          `${value.toFixed(1)} (${whole(idleMb)} to ${whole(subscribedMb)} MB; opened in ${(openMs / 1000).toFixed(1)} s)`,
      ),
    );
  }
  if (beside) {
    const { cpu: byCpu, perSecond: speed } = beside;
    const bar = atMost(
      `Day book beside ${idleSubscribers} idle subscriptions: time of one, to that without`,
      speed.median,
      1.1,
    );
    const details = `${twoDigits(speed.least)} to ${twoDigits(speed.most)}; CPU ${twoDigits(byCpu.median)}`;
    bars.push({ ...bar, measured: `${bar.measured} (${details})` });
  }
  return bars;
}

const p50 = (round: RoundResult): number => round.p50;
const cpu = (round: RoundResult): number => round.cpuPerOperation;

function dayBookBars(dayBook: Outcome): readonly Bar[] {
  const charged = row(dayBook, facadeName)?.cost?.charged ?? Number.NaN;
  const throughput = (against: string, named: string, least: number) =>
    ratioBar(dayBook, {
      name: `Day book at 0 ms, 16 connections: requests a second to ${named}`,
      against,
      value: perSecond,
      least,
    });
  return [
    atMost('Charged calls for a warm day book', charged, 1.001, '1'),
    throughput(bareName, 'the bare bound', 0.9),
    throughput(names.mercurius, 'Mercurius with JIT, as its users write it', 5),
    throughput(names.apollo, 'Apollo Server, as its users write it', 12),
    throughput(names.mercuriusOneCall, 'Mercurius with JIT and our statement', 1.15),
    throughput(names.apolloOneCall, 'Apollo Server and our statement', 4.5),
    ratioBar(dayBook, {
      name: 'Day book at 0 ms, 16 connections: requests per CPU-second to Tailcall',
      against: names.tailcall,
      value: (round) => 1 / cpu(round),
      least: 5,
    }),
  ];
}

function bookingBars(booking: Outcome): readonly Bar[] {
  const charged = row(booking, facadeName)?.cost?.charged ?? Number.NaN;
  const title = 'Bookings and cancellations at 20 ms';
  const throughput = (against: string, named: string, least: number) =>
    ratioBar(booking, { name: `${title}: requests a second to ${named}`, against, value: perSecond, least });
  return [
    atMost(`${title}: charged calls for one, on average`, charged, 1.501, '1.5'),
    throughput(names.mercuriusChecks, 'Mercurius with JIT and the same checks', 1),
    throughput(names.mercurius, 'Mercurius with JIT, which checks nothing', 0.8),
  ];
}

/** A bar for the median of the rounds' ratios of halo-graph to a peer. `least` or `most` is required of it. */
function ratioBar(
  outcome: Outcome,
  bar: {
    readonly name: string;
    readonly against: string;
    readonly value: (round: RoundResult) => number;
    readonly least?: number;
    readonly most?: number;
  },
): Bar {
  const { median, least: low, most: high } = ratio(outcome, facadeName, bar.against, bar.value);
  const byCpu = ratio(outcome, bar.against, facadeName, cpu).median;
  const made =
    bar.least === undefined
      ? atMost(bar.name, median, bar.most ?? Number.NaN)
      : atLeast(bar.name, median, bar.least);
  const details = `${twoDigits(low)} to ${twoDigits(high)}; by CPU ${twoDigits(byCpu)}`;
  return { ...made, measured: `${made.measured} (${details})` };
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

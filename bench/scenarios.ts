/** The scenarios: the work, the servers that run it, and the results. */
import { type Bench, type Cost, type Round, type RoundResult, rotations } from './bench.ts';
import { post, type Server } from './server.ts';
import { type Spread, spreadOf } from './statistics.ts';
import { bareName, names } from './targets.ts';
import {
  type BookingOf,
  type BookOf,
  bodyOf,
  book,
  booking,
  cancellation,
  comparable,
  type Dialect,
  dashboard,
  search,
} from './work.ts';

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly latencyMs: number;
  readonly connections: number;
  /** The servers that take part. */
  readonly only: readonly string[];
  /** Request bodies, one sequence per connection. `round` counts from 0. */
  sequences(dialect: Dialect, round: number): readonly (readonly string[])[];
  readonly idPattern?: string;
  /** The servers that a bar compares. The others run fewer rounds and a shorter warm-up. @default none */
  readonly compared?: readonly string[];
  /** Number of rounds of the servers that are compared. @default 'some' */
  readonly rounds?: keyof Pace['rounds'];
  /** Maximum warm-up in seconds, so that V8 compiles hot code. Later scenarios profit from it. @default 0 */
  readonly warmSeconds?: number;
  /** Request bodies that these servers must refuse, so that they are known to check. */
  readonly refused?: {
    readonly by: readonly string[];
    readonly bodies: (dialect: Dialect) => readonly string[];
  };
  /** Request bodies whose responses are compared between servers. */
  checked(dialect: Dialect): readonly string[];
}

export interface Pace {
  readonly rounds: { readonly few: number; readonly some: number; readonly many: number };
  readonly seconds: number;
  /** Number of warm-up requests in a scenario with a long warm-up. */
  readonly warmOperations: number;
}

export interface Row {
  readonly name: string;
  /** Why the row does not count: the response differed or was missing. */
  readonly wrong?: string;
  readonly rounds: readonly RoundResult[];
  readonly cost?: Cost;
}

export interface Outcome {
  readonly scenario: Scenario;
  readonly rows: readonly Row[];
}

export const chain = Array.from({ length: 50 }, (_, index) => String(9001 + index));

/** All scenarios of the report. `slots` are the free times for bookings. */
export function scenariosOf(bench: Bench, slots: readonly BookingOf[]): readonly Scenario[] {
  const dayBooks = (dialect: Dialect) =>
    bench.days.map((day) => bodyOf(book, dialect, { site: '1001', from: day, to: day }));
  const searches = (dialect: Dialect) =>
    bench.names.map((name) => bodyOf(search, dialect, { site: '1001', name }));
  const dashboards = (dialect: Dialect) =>
    bench.chainDays.map((date) => bodyOf(dashboard, dialect, { sites: chain, date }));
  const ranges = (dialect: Dialect, days: number) =>
    rangesOf(days).map((range) => bodyOf(book, dialect, range));
  const oneCall = ['halo-graph', names.mercuriusOneCall, names.apolloOneCall, bareName];
  const reading = [...oneCall, names.mercurius, names.apollo, names.hive, names.yoga, names.naive];
  const mutating = [
    'halo-graph',
    names.mercuriusChecks,
    names.mercurius,
    names.apollo,
    names.yoga,
    names.naive,
  ];
  const bookings = (connections: number) => (dialect: Dialect) =>
    Array.from({ length: connections }, () => {
      const slot = slots[used++ % slots.length];
      return slot ? [bodyOf(booking, dialect, slot), bodyOf(cancellation, dialect, slot)] : [];
    });
  let used = 0;
  return [
    {
      id: 'day-book',
      title: 'Day book, 0 ms, 16 connections',
      latencyMs: 0,
      connections: 16,
      rounds: 'many',
      warmSeconds: 12,
      only: [...reading, names.tailcall],
      compared: [...oneCall, names.mercurius, names.apollo],
      sequences: (dialect) => rotations(dayBooks(dialect)),
      checked: (dialect) => dayBooks(dialect).slice(0, 3),
    },
    {
      id: 'day-book-20',
      title: 'Day book, 20 ms, 1 connection',
      latencyMs: 20,
      connections: 1,
      only: [...reading, names.tailcall],
      compared: ['halo-graph', names.tailcall],
      sequences: (dialect) => [dayBooks(dialect)],
      checked: (dialect) => dayBooks(dialect).slice(0, 1),
    },
    {
      id: 'search',
      title: 'Patient search, 0 ms, 16 connections',
      latencyMs: 0,
      connections: 16,
      warmSeconds: 6,
      only: [
        'halo-graph',
        names.mercurius,
        names.tailcall,
        names.apollo,
        names.hive,
        names.yoga,
        names.naive,
        bareName,
      ],
      compared: ['halo-graph', names.mercurius],
      sequences: (dialect) => rotations(searches(dialect)),
      checked: (dialect) => searches(dialect).slice(0, 3),
    },
    {
      id: 'dashboard',
      title: '50 practices, 20 ms, 1 connection',
      latencyMs: 20,
      connections: 1,
      warmSeconds: 8,
      only: reading,
      compared: ['halo-graph', names.mercuriusOneCall],
      sequences: (dialect) => rotations(dashboards(dialect)),
      checked: (dialect) => dashboards(dialect).slice(0, 1),
    },
    {
      id: 'booking',
      title: 'A booking and its cancellation by turns, 20 ms, 1 connection',
      latencyMs: 20,
      connections: 1,
      only: mutating,
      compared: ['halo-graph', names.mercuriusChecks, names.mercurius],
      idPattern: '"pmsId":"(\\d+)"',
      sequences: bookings(1),
      refused: {
        by: ['halo-graph', names.mercuriusChecks],
        bodies: (dialect) => faultyBookings(slots).map((each) => bodyOf(booking, dialect, each)),
      },
      checked: () => [],
    },
    {
      id: 'booking-0',
      title: 'A booking and its cancellation by turns, 0 ms, 4 connections',
      latencyMs: 0,
      connections: 4,
      only: mutating,
      idPattern: '"pmsId":"(\\d+)"',
      sequences: bookings(4),
      checked: () => [],
    },
    {
      id: 'range-1000',
      title: 'About 1,000 appointments, 0 ms, 4 connections',
      latencyMs: 0,
      connections: 4,
      only: oneCall,
      sequences: (dialect) => rotations(ranges(dialect, shortRange)),
      checked: (dialect) => ranges(dialect, shortRange),
    },
    {
      id: 'range-5000',
      title: 'About 5,000 appointments, 0 ms, 4 connections',
      latencyMs: 0,
      connections: 4,
      only: oneCall,
      sequences: (dialect) => rotations(ranges(dialect, longRange)),
      checked: (dialect) => ranges(dialect, longRange).slice(0, 1),
    },
  ];
}

const shortWarmSeconds = 4;

/** Writes before a scenario of writes. The sandbox carries out each of them. */
const warmWrites = 400;

/** A booking of a free time with one fault each: an unknown patient, user, type or location, or a wrong time. */
function faultyBookings(slots: readonly BookingOf[]): readonly BookingOf[] {
  const [slot] = slots;
  if (!slot) return [];
  const { start } = slot;
  return [
    { ...slot, patientId: '99999999' },
    { ...slot, userId: '99999999' },
    { ...slot, typeId: '99' },
    { ...slot, locationId: '99' },
    { ...slot, start: `${start.slice(0, 11)}03:00${start.slice(16)}` },
    { ...slot, start: `2020-01-07${start.slice(10)}` },
    { ...slot, start: `${start.slice(0, 19)}+01:00` },
  ];
}

export const takesPart = (scenario: Scenario, name: string): boolean => scenario.only.includes(name);

/** Compares responses, warms up, then measures all servers in rounds. Each round has another order. */
export async function measure(
  bench: Bench,
  scenario: Scenario,
  servers: readonly Server[],
  pace: Pace,
): Promise<Outcome> {
  const taking = servers.filter(({ name }) => takesPart(scenario, name));
  await bench.upstream.latency(0);
  const wrong = await compared(scenario, taking);
  const running = taking.filter(({ name }) => !wrong.has(name));
  const isCompared = ({ name }: Server) => scenario.compared?.includes(name) ?? false;
  let turn = 0;
  const go = (server: Server, length: Pick<Round, 'seconds' | 'amount'>): Promise<RoundResult> =>
    bench.round(server, { ...scenario, ...length, sequences: scenario.sequences(server.dialect, turn++) });
  const costs = new Map<string, Cost>();
  const amounts = new Map<string, number>();
  // Each connection completes its sequence.
  const unit = scenario.connections * (scenario.idPattern === undefined ? 1 : 2);
  await bench.upstream.latency(scenario.latencyMs);
  for (const server of running) {
    if (scenario.idPattern === undefined)
      await warmUp(
        (length) => go(server, length),
        pace,
        isCompared(server)
          ? (scenario.warmSeconds ?? 0)
          : Math.min(scenario.warmSeconds ?? 0, shortWarmSeconds),
      );
    else {
      await bench.upstream.latency(0);
      await go(server, { amount: Math.min(pace.warmOperations, warmWrites) });
      await bench.upstream.latency(scenario.latencyMs);
    }
    const sequences = scenario.sequences(server.dialect, turn++);
    costs.set(server.name, await bench.count(server, { ...scenario, sequences }));
    const sample = await go(server, { amount: unit * 4 });
    const units = (perSecond(sample) * pace.seconds) / unit;
    amounts.set(server.name, unit * Math.max(2, Math.round(units)));
  }
  const results = new Map<string, RoundResult[]>(running.map(({ name }) => [name, []]));
  const rounds = pace.rounds[scenario.compared ? (scenario.rounds ?? 'some') : 'few'];
  for (let round = 0; round < rounds; round += 1) {
    const shift = round % running.length;
    for (const server of [...running.slice(shift), ...running.slice(0, shift)]) {
      if (round >= pace.rounds.few && !isCompared(server)) continue;
      // An amount, not seconds: requests aborted at the end of a timed round would cost CPU without being counted.
      const result = await go(server, { amount: amounts.get(server.name) ?? unit });
      if (result.failures > 0) wrong.set(server.name, `${result.failures} answers failed`);
      results.get(server.name)?.push(result);
    }
  }
  await bench.upstream.latency(0);
  const rows = taking.map(({ name }): Row => {
    const reason = wrong.get(name);
    const cost = costs.get(name);
    return {
      name,
      rounds: results.get(name) ?? [],
      ...(cost && { cost }),
      ...(reason !== undefined && { wrong: reason }),
    };
  });
  return { scenario, rows };
}

/** Warms up until V8 has compiled hot code. That depends on the number of requests; slow servers stop after a time limit. */
async function warmUp(
  go: (length: Pick<Round, 'seconds'>) => Promise<RoundResult>,
  { warmOperations, seconds }: Pace,
  warmSeconds: number,
): Promise<void> {
  const began = performance.now();
  let operations = 0;
  do operations += (await go({ seconds })).operations;
  while (operations < warmOperations && performance.now() - began < warmSeconds * 1_000);
}

/** Servers whose responses differ from the facade's, by name, with the difference. */
async function compared(scenario: Scenario, servers: readonly Server[]): Promise<Map<string, string>> {
  const wrong = new Map<string, string>();
  const expected = new Map<number, string>();
  for (const server of servers) {
    try {
      const { by = [], bodies } = scenario.refused ?? {};
      for (const body of by.includes(server.name) ? (bodies?.(server.dialect) ?? []) : []) {
        if (!(await isRefused(server, body))) throw new Error(`It does not refuse ${body.slice(-300)}`);
      }
      for (const [index, body] of scenario.checked(server.dialect).entries()) {
        const answer = comparable(await post(server, body), server.dialect);
        const right = expected.get(index);
        if (right === undefined) expected.set(index, answer);
        else if (answer !== right) throw new Error(difference(right, answer));
      }
    } catch (error) {
      wrong.set(server.name, (error as Error).message);
    }
  }
  return wrong;
}

/** Whether a response holds no data, or an error as data. */
async function isRefused(server: Server, body: string): Promise<boolean> {
  const text = await post(server, body);
  try {
    const { data } = JSON.parse(text) as { data: Record<string, unknown> | null };
    if (Object.values(data ?? {}).every((value) => value === null)) return true;
    comparable(text, server.dialect);
    return false;
  } catch {
    return true;
  }
}

function difference(right: string, answer: string): string {
  let at = 0;
  while (right[at] === answer[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
  return `expected ${around(right)}, came ${around(answer)}`;
}

export function spread(row: Row | undefined, value: (round: RoundResult) => number): Spread {
  return spreadOf((row?.rounds ?? []).map(value));
}

export const perSecond = ({ operations, seconds }: RoundResult): number => operations / seconds;

/** Ratio of two rows, round by round: a slow machine slows both. */
export function ratio(
  outcome: Outcome | undefined,
  name: string,
  against: string,
  value: (round: RoundResult) => number,
): Spread {
  const row = (wanted: string) => outcome?.rows.find((each) => each.name === wanted && !each.wrong);
  const others = row(against)?.rounds ?? [];
  return spreadOf(
    (row(name)?.rounds ?? []).flatMap((round, index) => {
      const other = others[index];
      return other ? [value(round) / value(other)] : [];
    }),
  );
}

/** Days, weekends among them, in which practice 1001 has about 1,000 and a little under 5,000 appointments. */
export const shortRange = 14;
export const longRange = 66;

/** Two date ranges of practice 1001. Each starts on a Monday. */
export function rangesOf(days: number): readonly BookOf[] {
  const sunday = 21 - new Date().getUTCDay();
  return [sunday + 1, sunday + 8].map((first) => ({
    site: '1001',
    from: dayAhead(first),
    to: dayAhead(first + days - 1),
  }));
}

function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

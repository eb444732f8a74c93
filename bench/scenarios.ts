/** The scenarios: the work, and the servers that run it. */
import { apart, type Bench } from './bench.ts';
import { bareName, names } from './targets.ts';
import {
  type BookingOf,
  type BookOf,
  bodyOf,
  book,
  booking,
  cancellation,
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
      sequences: (dialect) => apart(dayBooks(dialect), 16),
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
      sequences: (dialect) => apart(searches(dialect), 16),
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
      sequences: (dialect) => [dashboards(dialect)],
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
      sequences: (dialect) => apart(ranges(dialect, shortRange), 4),
      checked: (dialect) => ranges(dialect, shortRange),
    },
    {
      id: 'range-5000',
      title: 'About 5,000 appointments, 0 ms, 4 connections',
      latencyMs: 0,
      connections: 4,
      only: oneCall,
      sequences: (dialect) => apart(ranges(dialect, longRange), 4),
      checked: (dialect) => ranges(dialect, longRange).slice(0, 1),
    },
  ];
}

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

/** Days, weekends among them, in which practice 1001 has about 1,000 and a little under 5,000 appointments. */
export const shortRange = 14;
export const longRange = 66;

/** Four date ranges of practice 1001. Each starts on a Monday. */
export function rangesOf(days: number): readonly BookOf[] {
  const sunday = 21 - new Date().getUTCDay();
  return [1, 8, 15, 22]
    .map((monday) => sunday + monday)
    .map((first) => ({
      site: '1001',
      from: dayAhead(first),
      to: dayAhead(first + days - 1),
    }));
}

function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

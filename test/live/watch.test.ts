/** Whatever happens, a client that applies the events has the practice's book, or knows that it may not have it. */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import type { AppointmentStatus } from '../../src/datasources/domain/appointment.ts';
import type { Selection } from '../../src/datasources/domain/selection.ts';
import { UpstreamFailed } from '../../src/errors.ts';
import { bookRow } from '../../src/live/book-row.ts';
import { Watch } from '../../src/live/watch.ts';
import type { CountLive } from '../../src/telemetry/live-counts.ts';
import { BookClient } from './book-client.ts';
import { ManualTimers, settled } from './manual-timers.ts';
import { type Entry, FaultyDetector, FaultyReader, PracticeBook } from './practice-book.ts';

// The clocks of Sydney go forward on the first of these days.
const range = { from: '2026-10-04', to: '2026-10-05' };
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const selections: readonly Selection[] = [{ reason: {} }, { reason: {}, patient: { fullName: {} } }];
const statuses: AppointmentStatus[] = ['BOOKED', 'ARRIVED', 'IN_CONSULTATION', 'FULFILLED', 'CANCELLED'];

const id = fc.integer({ min: 1, max: 6 }).map(String);
const entry: fc.Arbitrary<Entry> = fc.record({
  date: fc.constantFrom('2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06'),
  hour: fc.integer({ min: 8, max: 10 }),
  status: fc.constantFrom(...statuses),
  userId: fc.constantFrom('1', '2'),
});
const client = fc.integer({ min: 0, max: 3 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      id,
      to: fc.option(entry, { freq: 6 }),
      // How the facade learns of it.
      by: fc.constantFrom('desk', 'api', 'booking', 'lost'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 90 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pull' as const), client }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('reconnect' as const),
      client,
      with: fc.constantFrom('cursor', 'nothing', 'garbage'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), client }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hint' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), id }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('doubt' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('catchUp' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      what: fc.constantFrom('reader', 'detector'),
      fails: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('delay' as const),
      what: fc.constantFrom('reader', 'detector'),
      seconds: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

function scene(count?: CountLive) {
  const timers = new ManualTimers(Date.parse('2026-10-03T15:00:00Z'));
  const practice = new PracticeBook();
  practice.set('1', { date: '2026-10-04', hour: 9, status: 'BOOKED', userId: '1' });
  practice.set('2', { date: '2026-10-04', hour: 9, status: 'BOOKED', userId: '2' });
  const reader = new FaultyReader(practice, timers);
  const detector = new FaultyDetector(() => practice.read(range), timers);
  const watch = new Watch({
    ...{ range, reader, detector, timers, log, maxSnapshotSeconds: 300, count },
    onIdle: () => {},
  });
  const clients = [null, null, ['1'], ['2']].map((userIds) => new BookClient(range, userIds));
  const connect = (each: BookClient, after: string | null) => {
    const fields = selections[clients.indexOf(each) % 2] ?? {};
    each.open(watch.subscribe({ fields, userIds: each.userIds, after }));
  };
  const expected = ({ userIds }: BookClient) =>
    practice
      .read(range)
      .filter(({ userId }) => userIds === null || userIds.includes(userId ?? ''))
      .map((each) => `${each.pmsId} ${bookRow(each).stamp} ${each.reason}`)
      .sort();
  /** Time passes, and those who read read on. */
  const pass = async (seconds: number, reading: readonly BookClient[]) => {
    for (let left = seconds; left > 0; left -= 10) {
      await timers.pass(Math.min(10, left));
      for (const each of reading) await each.pull();
    }
  };
  return { timers, practice, reader, detector, watch, clients, connect, expected, pass };
}

type Scene = ReturnType<typeof scene>;

async function run(each: Step, { timers, practice, reader, detector, watch, clients, connect }: Scene) {
  if (each.do === 'change') {
    if (each.to) practice.set(each.id, each.to);
    else practice.delete(each.id);
    const date = each.to?.date ?? null;
    if (each.by === 'api') watch.written([each.id], date);
    else if (each.by === 'booking') watch.written([], date);
  } else if (each.do === 'pass') await timers.pass(each.seconds);
  else if (each.do === 'hint') watch.hint();
  else if (each.do === 'repeat') watch.written([each.id], null);
  else if (each.do === 'doubt') watch.doubt(new UpstreamFailed(null, { detail: 'a test' }));
  else if (each.do === 'catchUp') watch.catchUp();
  else if (each.do === 'sleep') {
    if (watch.subscribers === 0) await watch.sleep();
  } else if (each.do === 'fail') {
    if (each.what === 'reader') reader.failing = each.fails;
    else detector.failing = each.fails;
  } else if (each.do === 'delay') {
    if (each.what === 'reader') reader.delays = [...each.seconds];
    else detector.delays = [...each.seconds];
  } else {
    const one = clients[each.client] as BookClient;
    if (each.do === 'pull') await one.pull();
    else {
      await one.close();
      if (each.do === 'reconnect')
        connect(one, { cursor: one.cursor, nothing: null, garbage: 'AAAA' }[each.with]);
    }
  }
  await settled();
}

it('snapshot and changes are the book after any sequence of changes, losses, delays, failures and reconnects', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const all = scene();
      const { timers, reader, detector, watch, clients, connect, expected, pass } = all;
      for (const each of clients) connect(each, null);
      for (const each of steps) await run(each, all);
      reader.failing = false;
      detector.failing = false;
      reader.delays = [];
      detector.delays = [];
      for (const each of clients) if (!each.isOpen && each.state !== 'failed') connect(each, each.cursor);
      await pass(400, clients);
      for (const each of clients) {
        expect(each.faults).toEqual([]);
        expect(each.state).toBe('live');
        expect(each.book()).toEqual(expected(each));
        await each.close();
      }
      expect(watch.subscribers).toBe(0);
      await watch.close();
      expect(timers.pending).toBe(0);
      expect(detector.running).toBe(false);
    }),
    { numRuns: 400 },
  );
}, 120_000);

it('a fault that lasts is a gap, whatever happened before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.constantFrom('reader', 'detector'),
      id,
      entry,
      async (steps, fault, changed, to) => {
        const all = scene();
        const { practice, reader, detector, watch, clients, connect, expected, pass } = all;
        for (const each of clients) connect(each, null);
        for (const each of steps) await run(each, all);
        reader.failing = false;
        detector.failing = false;
        for (const each of clients) if (!each.isOpen) connect(each, null);
        await pass(200, clients);
        if (fault === 'reader') reader.failing = true;
        else detector.failing = true;
        practice.set(changed, to);
        await pass(200, clients);
        // A reader that fails is not noticed while nothing changes: then the book is up to date.
        for (const each of clients) {
          expect(each.faults).toEqual([]);
          if (each.state !== 'gap') expect(each.book()).toEqual(expected(each));
          if (fault === 'detector') expect(each.state).toBe('gap');
        }
        await Promise.all(clients.map((each) => each.close()));
        await watch.close();
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);

it('200 clients that stop reading cost a position each: they hold up nobody, and get one merged event when they read on', async () => {
  const { practice, watch, clients, connect, expected } = scene();
  const stalled = Array.from({ length: 200 }, () => new BookClient(range, null));
  for (const each of stalled) {
    each.open(watch.subscribe({ fields: selections[0] ?? {}, userIds: null, after: null }));
    await each.pull();
  }
  const [reading] = clients as [BookClient];
  connect(reading, null);
  await reading.pull();
  const hours = [8, 9, 10, 11, 12];
  for (let change = 0; change < 1_000; change += 1) {
    const id = String((change % 40) + 1);
    practice.set(id, { date: '2026-10-04', hour: hours[change % 5] ?? 8, status: 'BOOKED', userId: '1' });
    watch.written([id], '2026-10-04');
    await settled();
    await reading.pull();
  }
  expect(reading.events.length).toBe(1_001);
  expect(reading.book()).toEqual(expected(reading));
  // The snapshot, and the first change, which they were waiting for.
  for (const each of stalled) expect(each.events.length).toBe(2);
  for (const each of stalled) await each.pull();
  for (const each of stalled) {
    expect(each.events.length).toBe(3);
    const merged = each.events[2];
    // One for each appointment: who is far behind gets no more than the book.
    expect(merged?.kind === 'changed' ? merged.changes.length : 0).toBeLessThanOrEqual(40);
    expect(each.book()).toEqual(expected(each));
  }
  // The same event for all.
  expect(new Set(stalled.map(({ events }) => events[2])).size).toBe(1);
});

it('a day on which the clocks change has its own appointments alone', async () => {
  const { practice, watch, clients, connect, expected, pass } = scene();
  const [one] = clients as [BookClient];
  connect(one, null);
  await one.pull();
  // 23:00 the evening before and 00:00 the day after lie within the 23 hours in UTC, but on other days at the practice.
  practice.set('3', { date: '2026-10-03', hour: 23, status: 'BOOKED', userId: '1' });
  practice.set('4', { date: '2026-10-06', hour: 0, status: 'BOOKED', userId: '1' });
  practice.set('5', { date: '2026-10-04', hour: 3, status: 'BOOKED', userId: '1' });
  for (const id of ['3', '4', '5']) watch.written([id], '2026-10-04');
  await pass(1, [one]);
  expect(one.book()).toEqual(expected(one));
  expect(one.book().map((text) => text.split(' ')[0])).toEqual(['1', '2', '5']);
});

it('a write is read while a look is in progress, and sent at once', async () => {
  const { timers, practice, reader, detector, watch, clients, connect, expected } = scene();
  const [one] = clients as [BookClient];
  connect(one, null);
  await one.pull();
  detector.delays = [9];
  await timers.pass(10);
  const reads = reader.reads;
  practice.set('3', { date: '2026-10-04', hour: 10, status: 'BOOKED', userId: '1' });
  watch.written(['3'], '2026-10-04');
  practice.set('2', { date: '2026-10-04', hour: 11, status: 'BOOKED', userId: '1' });
  watch.written(['2'], '2026-10-04');
  await settled();
  await one.pull();
  // No second has passed, so the look is still in progress.
  expect(one.book()).toEqual(expected(one));
  expect(reader.reads).toBe(reads + 1);
  await timers.pass(9);
  expect(one.faults).toEqual([]);
  expect(one.book()).toEqual(expected(one));
});

it('a write that cannot be read while a look is in progress is a gap, and a snapshot follows', async () => {
  const { timers, practice, reader, detector, watch, clients, connect, expected, pass } = scene();
  const [one] = clients as [BookClient];
  connect(one, null);
  await one.pull();
  detector.delays = [9];
  await timers.pass(10);
  reader.failing = true;
  practice.set('3', { date: '2026-10-04', hour: 10, status: 'BOOKED', userId: '1' });
  watch.written(['3'], '2026-10-04');
  await pass(9, [one]);
  expect(one.state).toBe('gap');
  reader.failing = false;
  await pass(30, [one]);
  expect(one.state).toBe('live');
  expect(one.book()).toEqual(expected(one));
});

it('a client that missed a recovery gets no second gap, and the snapshot after it', async () => {
  const { timers, watch, clients, connect, expected } = scene();
  const [one] = clients as [BookClient];
  const doubt = () => watch.doubt(new UpstreamFailed(null, { detail: 'a test' }));
  connect(one, null);
  await one.pull();
  doubt();
  await timers.pass(5);
  doubt();
  await one.pull();
  await timers.pass(5);
  await one.pull();
  doubt();
  await settled();
  await one.pull();
  expect(one.faults).toEqual([]);
  expect(one.book()).toEqual(expected(one));
  expect(one.events.map(({ kind }) => kind)).toEqual(['snapshot', 'gap', 'snapshot', 'gap']);
});

it('clients that connect during a gap do not make the attempts more frequent', async () => {
  const { detector, reader, clients, watch, connect, expected, pass } = scene();
  const [one] = clients as [BookClient];
  connect(one, null);
  await one.pull();
  detector.failing = true;
  await pass(10, [one]);
  expect(one.state).toBe('gap');
  const start = vi.spyOn(detector, 'start');
  const { reads } = reader;
  const others = Array.from({ length: 20 }, () => new BookClient(range, null));
  for (const each of others) {
    each.open(watch.subscribe({ fields: { reason: {} }, userIds: null, after: null }));
    await each.pull();
    expect(each.state).toBe('gap');
  }
  expect([start.mock.calls.length, reader.reads]).toEqual([0, reads]);
  detector.failing = false;
  await pass(60, [one, ...others]);
  for (const each of [one, ...others]) {
    expect(each.faults).toEqual([]);
    expect(each.book()).toEqual(expected(each));
  }
});

it('a selection that nobody reads for a while is up to date for its next reader', async () => {
  const { practice, watch, clients, connect, expected, pass } = scene();
  const [one, other] = clients as [BookClient, BookClient];
  for (const each of [one, other]) {
    connect(each, null);
    await each.pull();
  }
  await other.close();
  practice.set('1', { date: '2026-10-04', hour: 11, status: 'ARRIVED', userId: '1' });
  watch.written(['1'], '2026-10-04');
  await pass(1, [one]);
  connect(other, other.cursor);
  await pass(1, [other]);
  expect(other.faults).toEqual([]);
  expect(other.book()).toEqual(expected(other));
});

it('a detection that is paused while it starts is paused', async () => {
  const { timers, detector, watch, clients, connect } = scene();
  const [one] = clients as [BookClient];
  detector.startSeconds = 20;
  connect(one, null);
  await settled();
  await one.close();
  await watch.sleep();
  await timers.pass(30);
  expect(watch.detects).toBe(false);
});

it('an unexpected error while an event is made is a gap, and the book goes on', async () => {
  let failures = 1;
  const count: CountLive = {
    event(kind) {
      if (kind === 'changed' && failures-- > 0) throw new Error('a bug');
    },
    hint: () => {},
  };
  const { timers, practice, watch, clients, connect, expected } = scene(count);
  const [one, other] = clients as [BookClient, BookClient];
  for (const each of [one, other]) connect(each, null);
  for (const each of [one, other]) await each.pull();
  practice.set('1', { date: '2026-10-04', hour: 10, status: 'BOOKED', userId: '1' });
  watch.written(['1'], '2026-10-04');
  await settled();
  for (const each of [one, other]) await each.pull();
  expect(one.state).toBe('gap');
  await timers.pass(10);
  for (const each of [one, other]) {
    await each.pull();
    expect(each.state).toBe('live');
    expect(each.book()).toEqual(expected(each));
  }
});

/** After an outage, a book recovers with the practice: about when the circuit breaker lets the next call through. */
import { expect, it } from 'vitest';
import { createAdmissionControl } from '../../src/datasources/halo-cloud/transport/admission-control.ts';
import { PmsError, SiteUnavailable } from '../../src/errors.ts';
import { Stop } from '../../src/lib/stop.ts';
import { bookRow } from '../../src/live/book-row.ts';
import { retryDelayMs } from '../../src/live/recovery.ts';
import { Watch } from '../../src/live/watch.ts';
import { BookClient } from './book-client.ts';
import { ManualTimers } from './manual-timers.ts';
import { FaultyReader, PracticeBook } from './practice-book.ts';

const range = { from: '2026-10-04', to: '2026-10-05' };
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Two books of one practice, whose reads pass the circuit breaker of its site. */
function scene() {
  const timers = new ManualTimers();
  const admission = createAdmissionControl({
    log,
    clock: () => timers.now(),
    random: () => 0,
    connections: 100,
  });
  const practice = new PracticeBook();
  practice.set('1', { date: '2026-10-04', hour: 9, status: 'BOOKED', userId: '1' });
  const site = { isUp: true, calls: 0 };
  async function call(): Promise<void> {
    const ended = await admission.enter({ kind: 'sql', haloGuid: 'site' }, {} as never, new Stop());
    site.calls += 1;
    const outcome = { status: site.isUp ? 200 : 503, failure: null, siteAway: !site.isUp };
    ended(outcome as Parameters<typeof ended>[0]);
    if (!site.isUp) throw new SiteUnavailable({ haloGuid: 'site' });
  }
  const open = () => {
    const reader = new FaultyReader(practice, timers);
    const read = reader.appointments.bind(reader);
    reader.appointments = async (query) => {
      await call();
      return read(query);
    };
    const detector = {
      ...{ intervalSeconds: 10, maxLagSeconds: 100, start: async () => {}, stop: async () => {} },
      detect: async () => {
        await call();
        return new Map(practice.read(range).map((each) => [each.pmsId, bookRow(each)]));
      },
    };
    const watch = new Watch({
      ...{ range, reader, detector, timers, log },
      maxSnapshotSeconds: 300,
      onIdle() {},
    });
    const client = new BookClient(range, null);
    client.open(watch.subscribe({ fields: {}, userIds: null, after: null }));
    return { watch, client };
  };
  return { timers, admission, site, books: [open(), open()] };
}

it.each([20, 60, 100, 150, 200, 300, 600, 777])(
  'after an outage of %i seconds, each book of the practice recovers within 15 seconds of the next probe',
  async (seconds) => {
    const { timers, admission, site, books } = scene();
    for (const { client } of books) await client.pull();
    await timers.pass(20);
    site.isUp = false;
    const before = site.calls;
    await timers.pass(seconds);
    for (const { client } of books) await client.pull();
    expect(books.map(({ watch }) => watch.inGap)).toEqual([true, true]);
    // The circuit breaker sets the pace: failures that open it, then one probe after each pause.
    expect(site.calls - before).toBeLessThanOrEqual(14 + seconds / 60);
    site.isUp = true;
    await timers.pass(admission.sitePauseMs('site') / 1000 + 15);
    expect(books.map(({ watch }) => watch.inGap)).toEqual([false, false]);
    for (const { client, watch } of books) {
      await client.pull();
      expect(client.state).toBe('live');
      await client.close();
      await watch.close();
    }
  },
);

it('the wait is the time that the failure names, and doubles only for calls that were sent', () => {
  const waits = (error: ConstructorParameters<typeof SiteUnavailable>, failures: number) => {
    const ms = retryDelayMs(new SiteUnavailable(...error), failures);
    return Math.floor(ms / 1000);
  };
  const heldBack = { heldBack: true };
  // The circuit breaker's own time. Another call can close it earlier.
  expect([1, 3, 7].map((named) => waits([{ retryAfterSeconds: named }, heldBack], 9))).toEqual([1, 3, 7]);
  expect(waits([{ retryAfterSeconds: 58 }, heldBack], 9)).toBe(10);
  // The practice's own time.
  expect(waits([{ retryAfterSeconds: 58 }], 1)).toBe(58);
  expect([1, 2, 3, 9].map((failures) => waits([], failures))).toEqual([5, 10, 10, 10]);
  // No circuit breaker holds these calls back.
  const failed = new PmsError('sql', 1205);
  expect([1, 2, 3, 4, 5, 9].map((failures) => Math.floor(retryDelayMs(failed, failures) / 1000))).toEqual([
    5, 10, 20, 40, 60, 60,
  ]);
});

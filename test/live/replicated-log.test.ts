/** A replica that follows takes the entries of the leader only if they go on where its own log ends. */
import { expect, it, vi } from 'vitest';
import { BookContents } from '../../src/live/book-contents.ts';
import { ReplicatedLog } from '../../src/live/replicated-log.ts';
import type { SharedBook, SharedChanges } from '../../src/live/shared-book.ts';
import { WorkAccount } from '../../src/live/work-account.ts';
import { ManualTimers } from './manual-timers.ts';
import { FaultyReader, PracticeBook } from './practice-book.ts';

const range = { from: '2026-10-04', to: '2026-10-05' };
const joined: SharedChanges = { run: 'run', seq: 4, failure: null, entries: [] };

async function follow(found: Partial<SharedChanges> | null) {
  const timers = new ManualTimers();
  const reader = new FaultyReader(new PracticeBook(), timers);
  const contents = new BookContents({ range, reader, timers, maxSnapshotSeconds: 300 });
  const onLost = vi.fn();
  const shared = {
    leads: false,
    all: async () => joined,
    since: async () => found && { ...joined, ...found },
  } as unknown as SharedBook;
  const log = new ReplicatedLog({
    ...{ contents, shared, onLost, count: undefined, work: new WorkAccount(reader) },
    isDetecting: () => true,
  });
  await log.join();
  await log.follow();
  return { seq: log.changes.position.seq, isLost: onLost.mock.calls.length > 0 };
}

const entry = (seq: number) => ({ seq, changes: [] });

it.each([
  ['nothing new', {}, { seq: 4, isLost: false }],
  ['the next entries', { seq: 6, entries: [entry(5), entry(6)] }, { seq: 6, isLost: false }],
  ['entries after a hole', { seq: 7, entries: [entry(6), entry(7)] }, { seq: 4, isLost: true }],
  ['a log that began again', { seq: 5, entries: [] }, { seq: 4, isLost: true }],
  ['a log that is behind', { seq: 3, entries: [] }, { seq: 4, isLost: true }],
  ['another run', { run: 'other', seq: 5, entries: [entry(5)] }, { seq: 4, isLost: true }],
  // Another replica will lead, and begin a log.
  ['no log', null, { seq: 4, isLost: false }],
])('%s', async (_name, found, expected) => {
  expect(await follow(found)).toEqual(expected);
});

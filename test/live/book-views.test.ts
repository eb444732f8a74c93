import { expect, it } from 'vitest';
import { BookViews } from '../../src/live/book-views.ts';
import type { LocalDate } from '../../src/time/types.ts';
import { ManualTimers } from './manual-timers.ts';

const day = '2026-11-30' as LocalDate;

it('forgets users without a subscriber, although others still read the same selection', async () => {
  const timers = new ManualTimers();
  const views = new BookViews({ range: { from: day, to: day }, timers, maxSnapshotSeconds: 300 });
  const selection = { start: {} };
  views.enter(selection, null);
  const left = views.enter(selection, ['7']);
  const stays = views.enter(selection, ['8']);
  views.leave(left);
  expect(views.enter(selection, ['7'])).toBe(left);
  views.leave(left);

  await timers.pass(900);
  views.read();

  expect(views.enter(selection, ['7'])).not.toBe(left);
  expect(views.enter(selection, ['8'])).toBe(stays);
});

import { expect, it, vi } from 'vitest';
import { createQueryHints } from '../../src/live/query-hints.ts';

it('a hint reaches those who wait for the query at its site, whatever the case of the ids', () => {
  const hints = createQueryHints();
  const listener = vi.fn();
  hints.listen('site-A', 'query-1', listener);
  expect(hints.onQueryCompleted('QUERY-1', 'SITE-a')).toBe(true);
  expect(listener).toHaveBeenCalledTimes(1);
});

it('a hint for another site or another query reaches no waiter', () => {
  const hints = createQueryHints();
  const listener = vi.fn();
  hints.listen('site-a', 'query-1', listener);
  expect(hints.onQueryCompleted('query-1', 'site-b')).toBe(false);
  expect(hints.onQueryCompleted('query-2', 'site-a')).toBe(false);
  expect(listener).not.toHaveBeenCalled();
});

it('who has ended is not called, and leaves nothing behind', () => {
  const hints = createQueryHints();
  const [first, second] = [vi.fn(), vi.fn()];
  const end = hints.listen('a', '1', first);
  const endSecond = hints.listen('a', '1', second);
  end();
  end();
  hints.onQueryCompleted('1', 'a');
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledTimes(1);
  expect(hints.listeners).toBe(1);
  endSecond();
  expect(hints.listeners).toBe(0);
  expect(hints.onQueryCompleted('1', 'a')).toBe(false);
});

import { expect, test } from 'vitest';
import { createConcurrencyLimit } from '../../src/limits/concurrency-limit.ts';

test('a caller has so many places, and others have theirs', () => {
  const limit = createConcurrencyLimit({ perCaller: 2 });
  const leave = limit.enter('a');
  expect(limit.enter('a')).not.toBeNull();
  expect(limit.enter('a')).toBeNull();
  expect(limit.enter('b')).not.toBeNull();
  leave?.();
  expect(limit.enter('a')).not.toBeNull();
  expect(limit.enter('a')).toBeNull();
});

test('a place that is given back twice is one place', () => {
  const limit = createConcurrencyLimit({ perCaller: 1 });
  const leave = limit.enter('a');
  leave?.();
  expect(limit.enter('a')).not.toBeNull();
  leave?.();
  expect(limit.enter('a')).toBeNull();
});

import { expect, test } from 'vitest';
import { createConcurrencyLimit } from '../../src/limits/concurrency-limit.ts';

test('each caller has a limited number of slots', () => {
  const limit = createConcurrencyLimit({ perCaller: 2 });
  const leave = limit.enter('a');
  expect(limit.enter('a')).not.toBeNull();
  expect(limit.enter('a')).toBeNull();
  expect(limit.enter('b')).not.toBeNull();
  leave?.();
  expect(limit.enter('a')).not.toBeNull();
  expect(limit.enter('a')).toBeNull();
});

test('releasing a slot twice releases one slot', () => {
  const limit = createConcurrencyLimit({ perCaller: 1 });
  const leave = limit.enter('a');
  leave?.();
  expect(limit.enter('a')).not.toBeNull();
  leave?.();
  expect(limit.enter('a')).toBeNull();
});

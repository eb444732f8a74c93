import { describe, expect, test, vi } from 'vitest';
import { NoAnswer } from '../../src/datasources/practice/write-port.ts';
import {
  InvalidInput,
  OutcomeUnknown,
  QueryTimedOut,
  RateLimited,
  SiteUnavailable,
  SlotTaken,
} from '../../src/errors.ts';
import { type KeyedWrite, once } from '../../src/resolvers/writes/once.ts';
import { createMemoryStore } from '../../src/store/memory.ts';

function openPractice() {
  let now = 0;
  const store = createMemoryStore({ clock: () => now });
  const make = vi.fn<KeyedWrite['make']>(async () => ({ id: '7' }));
  const find = vi.fn<KeyedWrite['find']>(async () => null);
  const write = (changes: Partial<KeyedWrite> = {}) =>
    once({
      store,
      scope: ['tester', '1001', 'book'],
      idempotencyKey: 'key',
      input: { start: 1 },
      signal: new AbortController().signal,
      now: () => now,
      make,
      find,
      ...changes,
    });
  const lost = () => make.mockImplementationOnce(() => Promise.reject(new NoAnswer(now, 'cut')));
  return {
    write,
    make,
    find,
    lost,
    pass: (ms: number) => {
      now += ms;
    },
  };
}
const seconds = 1_000;

describe('the same key', () => {
  test('with the same input: written once, however many requests come at once or later', async () => {
    const { write, make } = openPractice();
    const all = await Promise.all(Array.from({ length: 50 }, () => write()));
    expect(new Set(all)).toEqual(new Set(['7']));
    expect(await write()).toBe('7');
    expect(make).toHaveBeenCalledTimes(1);
  });

  test('with another input: InvalidInput of the key', async () => {
    const { write, make } = openPractice();
    await write();
    await expect(write({ input: { start: 2 } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: ['input', 'idempotencyKey'] }],
    });
    expect(make).toHaveBeenCalledTimes(1);
  });

  test('of another caller, practice or mutation is another key', async () => {
    const { write, make } = openPractice();
    await write();
    await write({ scope: ['other', '1001', 'book'], input: { start: 2 } });
    await write({ scope: ['tester', '1002', 'book'], input: { start: 2 } });
    expect(make).toHaveBeenCalledTimes(3);
  });

  test('SlotTaken is an outcome: returned again without a request', async () => {
    const { write, make } = openPractice();
    make.mockRejectedValueOnce(new SlotTaken());
    await expect(write()).rejects.toBeInstanceOf(SlotTaken);
    await expect(write()).rejects.toBeInstanceOf(SlotTaken);
    expect(make).toHaveBeenCalledTimes(1);
  });

  test.each([
    new SiteUnavailable(),
    new RateLimited(1),
    new QueryTimedOut(),
    new InvalidInput([{ path: ['input', 'start'], message: 'No.' }]),
  ])('$code releases it: nothing was written', async (failure) => {
    const { write, make } = openPractice();
    make.mockRejectedValueOnce(failure);
    await expect(write()).rejects.toBe(failure);
    expect(await write({ input: { start: 2 } })).toBe('7');
  });

  test('waiters fail as the first request did, without 49 more requests', async () => {
    const { write, make } = openPractice();
    make.mockRejectedValueOnce(new RateLimited(1));
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => write()));
    expect(all.every((each) => each.status === 'rejected' && each.reason.code === 'RATE_LIMITED')).toBe(true);
    expect(make).toHaveBeenCalledTimes(1);
  });

  test("the first's own deadline is not theirs", async () => {
    const { write, make } = openPractice();
    make.mockRejectedValueOnce(new QueryTimedOut());
    const [first, second] = await Promise.allSettled([write(), write()]);
    expect(first.status).toBe('rejected');
    expect(second).toEqual({ status: 'fulfilled', value: '7' });
  });

  test('a waiter without time left gets OutcomeUnknown, with the key', async () => {
    const { write, make } = openPractice();
    let finish = (_: { id: string }) => {};
    make.mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    const first = write();
    const late = new AbortController();
    const second = write({ signal: late.signal });
    late.abort();
    await expect(second).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', idempotencyKey: 'key' });
    finish({ id: '7' });
    expect(await first).toBe('7');
  });
});

describe('a write without a response', () => {
  test('is found by a retry, and not sent again', async () => {
    const { write, make, find, lost } = openPractice();
    lost();
    await expect(write()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', idempotencyKey: 'key' });
    find.mockResolvedValueOnce({ id: '9' });
    expect(await write()).toBe('9');
    expect(await write()).toBe('9');
    expect(make).toHaveBeenCalledTimes(1);
  });

  test('is not resent while it can still be executed', async () => {
    const { write, make, lost, pass } = openPractice();
    lost();
    await expect(write()).rejects.toBeInstanceOf(OutcomeUnknown);
    pass(120 * seconds);
    await expect(write()).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(make).toHaveBeenCalledTimes(1);
  });

  test('is resent when it can no longer be executed and is not found', async () => {
    const { write, make, find, lost, pass } = openPractice();
    lost();
    await expect(write()).rejects.toBeInstanceOf(OutcomeUnknown);
    pass(120 * seconds + 1);
    expect(await write()).toBe('7');
    expect(make).toHaveBeenCalledTimes(2);
    expect(find).toHaveBeenCalledTimes(1);
  });

  test('is never resent when the look-up fails, however late', async () => {
    const { write, make, find, lost, pass } = openPractice();
    lost();
    await expect(write()).rejects.toBeInstanceOf(OutcomeUnknown);
    pass(600 * seconds);
    find.mockRejectedValueOnce(new SiteUnavailable());
    await expect(write()).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(make).toHaveBeenCalledTimes(1);
    find.mockResolvedValueOnce({ id: '9' });
    expect(await write()).toBe('9');
  });

  test('keeps its input: another one is refused', async () => {
    const { write, lost } = openPractice();
    lost();
    await expect(write()).rejects.toBeInstanceOf(OutcomeUnknown);
    await expect(write({ input: { start: 2 } })).rejects.toBeInstanceOf(InvalidInput);
  });

  test('a refusal after a resend frees the key', async () => {
    const { write, make, lost, pass } = openPractice();
    lost();
    await expect(write()).rejects.toBeInstanceOf(OutcomeUnknown);
    pass(121 * seconds);
    make.mockRejectedValueOnce(new SiteUnavailable());
    await expect(write()).rejects.toBeInstanceOf(SiteUnavailable);
    expect(await write({ input: { start: 2 } })).toBe('7');
  });

  test('after a bug the key stays claimed, as after a lost response', async () => {
    const { write, make, find } = openPractice();
    make.mockRejectedValueOnce(new TypeError('a bug'));
    await expect(write()).rejects.toBeInstanceOf(TypeError);
    find.mockResolvedValueOnce({ id: '9' });
    expect(await write()).toBe('9');
    expect(make).toHaveBeenCalledTimes(1);
  });
});

import { describe, expect, test, vi } from 'vitest';
import { NoAnswer } from '../../src/datasources/practice-writes.ts';
import { AuthoritativeServerChanged, SiteUnavailable } from '../../src/errors.ts';
import { sendOnce, sendWish } from '../../src/writes/outcome.ts';

const lost = () => Promise.reject(new NoAnswer(0, 'cut'));

describe('sendOnce', () => {
  test('an answer is the answer: nothing is read', async () => {
    const find = vi.fn();
    expect(await sendOnce(async () => 'sent', find)).toBe('sent');
    expect(find).not.toHaveBeenCalled();
  });

  test('no answer: what is found is the answer', async () => {
    expect(await sendOnce<string>(lost, async () => 'found')).toBe('found');
  });

  test('no answer and nothing found, or not even a look: it stays open', async () => {
    await expect(sendOnce(lost, async () => null)).rejects.toBeInstanceOf(NoAnswer);
    await expect(sendOnce(lost, () => Promise.reject(new SiteUnavailable()))).rejects.toBeInstanceOf(
      NoAnswer,
    );
  });

  test('a failure that says that nothing was written passes, and is neither sent again nor looked for', async () => {
    const moved = new AuthoritativeServerChanged({ haloGuid: 'guid' });
    const send = vi.fn(() => Promise.reject(moved));
    const find = vi.fn();
    await expect(sendOnce(send, find)).rejects.toBe(moved);
    expect(send).toHaveBeenCalledTimes(1);
    expect(find).not.toHaveBeenCalled();
  });

  test('a bug in the look is no lost answer', async () => {
    await expect(sendOnce(lost, () => Promise.reject(new TypeError('a bug')))).rejects.toBeInstanceOf(
      TypeError,
    );
  });
});

describe('sendWish', () => {
  test('no answer, and it is as wished', async () => {
    await expect(sendWish(lost, async () => true)).resolves.toBeUndefined();
  });

  test('no answer, and it is not as wished: unknown, without a key', async () => {
    await expect(sendWish(lost, async () => false)).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      idempotencyKey: null,
    });
  });
});

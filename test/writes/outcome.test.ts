import { describe, expect, test, vi } from 'vitest';
import { NoAnswer } from '../../src/datasources/practice/write-port.ts';
import { AuthoritativeServerChanged, PmsError, SiteUnavailable } from '../../src/errors.ts';
import { type Look, lookAt, sendIdempotent, sendOnce } from '../../src/resolvers/writes/outcome.ts';

const lost = () => Promise.reject(new NoAnswer(0, 'cut'));
const refused = new PmsError('mssql', 547);
const failed = () => Promise.reject(new NoAnswer(0, refused, true));

describe('sendOnce', () => {
  test('a response is returned, and nothing is read', async () => {
    const look = vi.fn();
    expect(await sendOnce(async () => 'sent', look)).toBe('sent');
    expect(look).not.toHaveBeenCalled();
  });

  test.each([
    ['no answer', lost],
    ['an error from inside the procedure', failed],
  ])('%s: the found record is returned', async (_what, send) => {
    expect(await sendOnce<string>(send, async () => ({ written: 'found' }))).toBe('found');
  });

  test('no response and nothing found, or the look fails: the outcome is unknown', async () => {
    const looks: (() => Promise<Look<never>>)[] = [
      async () => 'UNCHANGED',
      async () => 'UNCLEAR',
      () => Promise.reject(new SiteUnavailable()),
    ];
    for (const look of looks) await expect(sendOnce(lost, look)).rejects.toBeInstanceOf(NoAnswer);
  });

  test('D5: an error from inside the procedure and nothing written: the error is thrown', async () => {
    await expect(sendOnce(failed, async () => 'UNCHANGED')).rejects.toBe(refused);
  });

  test('D5: an error from inside the procedure and a part written, or the look fails: the outcome is unknown', async () => {
    await expect(sendOnce(failed, async () => 'UNCLEAR')).rejects.toBeInstanceOf(NoAnswer);
    await expect(sendOnce(failed, () => Promise.reject(new SiteUnavailable()))).rejects.toBeInstanceOf(
      NoAnswer,
    );
  });

  test('a failure that proves that nothing was written is thrown, without a retry or a look', async () => {
    const moved = new AuthoritativeServerChanged({ haloGuid: 'guid' });
    const send = vi.fn(() => Promise.reject(moved));
    const look = vi.fn();
    await expect(sendOnce(send, look)).rejects.toBe(moved);
    expect(send).toHaveBeenCalledTimes(1);
    expect(look).not.toHaveBeenCalled();
  });

  test('a bug in the look is thrown', async () => {
    await expect(sendOnce(lost, () => Promise.reject(new TypeError('a bug')))).rejects.toBeInstanceOf(
      TypeError,
    );
  });
});

describe('sendIdempotent', () => {
  test('no response, and the record is as requested', async () => {
    await expect(sendIdempotent(lost, async () => lookAt(true, false))).resolves.toBeUndefined();
  });

  test.each([
    [false, true],
    [false, false],
  ])(
    'no response, and the record is not as requested: unknown, without a key',
    async (asRequested, asBefore) => {
      await expect(sendIdempotent(lost, async () => lookAt(asRequested, asBefore))).rejects.toMatchObject({
        code: 'OUTCOME_UNKNOWN',
        idempotencyKey: null,
      });
    },
  );

  test('D5: an error from inside the procedure: the error if the record is unchanged, unknown if it is neither', async () => {
    await expect(sendIdempotent(failed, async () => lookAt(false, true))).rejects.toBe(refused);
    await expect(sendIdempotent(failed, async () => lookAt(false, false))).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    });
  });
});

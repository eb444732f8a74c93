import { describe, expect, it, vi } from 'vitest';
import { asAbortSignal, Stop } from '../../src/lib/stop.ts';

describe('stop', () => {
  it('notifies listeners once, with its first reason', () => {
    const stop = new Stop();
    const [stays, left] = [vi.fn(), vi.fn()];
    stop.removeEventListener('abort', left);
    for (const listener of [stays, left]) stop.addEventListener('abort', listener);
    stop.removeEventListener('abort', left);
    stop.abort('first');
    stop.abort('second');
    expect(stop).toMatchObject({ aborted: true, reason: 'first' });
    expect(stays).toHaveBeenCalledTimes(1);
    expect(left).not.toHaveBeenCalled();
  });

  it('can be converted to an AbortSignal, before and after it is stopped', () => {
    const stop = new Stop();
    const before = asAbortSignal(stop);
    expect(before.aborted).toBe(false);
    stop.abort('gone');
    for (const signal of [before, asAbortSignal(stop)]) {
      expect(signal).toMatchObject({ aborted: true, reason: 'gone' });
      expect(signal).toBeInstanceOf(AbortSignal);
    }
  });
});

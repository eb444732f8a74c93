import { describe, expect, it, vi } from 'vitest';
import { createCoalescer } from '../../../src/datasources/halo-cloud/transport/in-flight.ts';
import type { StopSignal } from '../../../src/lib/stop.ts';
import { failureOf } from './kit.ts';

/** Requests that the test settles itself. */
function setUp() {
  const coalescer = createCoalescer();
  const requests: { signal: StopSignal; resolve(value: string): void; reject(error: Error): void }[] = [];
  const joined = vi.fn();
  const share = (
    signal: StopSignal = new AbortController().signal,
    key = { target: 'target', text: 'text' },
  ) => {
    const caller = { signal, abortedAs: (reason: unknown) => new Error(`left: ${String(reason)}`) };
    const shared = coalescer.join<string>(key, caller);
    if (shared) {
      joined();
      return shared;
    }
    const request = coalescer.open(key);
    const answer = new Promise<string>((resolve, reject) =>
      requests.push({ signal: request.signal, resolve, reject }),
    );
    return request.waitFor(answer, caller);
  };
  return { requests, joined, share };
}

describe('coalescer', () => {
  it('sends one request for identical concurrent calls, and a new one afterwards', async () => {
    const { requests, joined, share } = setUp();
    const both = [share(), share()];
    requests[0]?.resolve('answer');
    expect(await Promise.all(both)).toEqual(['answer', 'answer']);
    expect(requests).toHaveLength(1);
    expect(joined).toHaveBeenCalledTimes(1);
    void share();
    expect(requests).toHaveLength(2);
  });

  it('rejects all waiters with a failure and does not keep it', async () => {
    const { requests, share } = setUp();
    const both = [failureOf(share()), failureOf(share())];
    requests[0]?.reject(new Error('down'));
    expect((await Promise.all(both)).map(({ message }) => message)).toEqual(['down', 'down']);
    void share();
    expect(requests).toHaveLength(2);
  });

  it('lets the first caller give up without affecting the second', async () => {
    const { requests, share } = setUp();
    const first = new AbortController();
    const left = failureOf(share(first.signal));
    const stays = share();
    first.abort('gone');
    expect((await left).message).toBe('left: gone');
    expect(requests[0]?.signal.aborted).toBe(false);
    requests[0]?.resolve('answer');
    expect(await stays).toBe('answer');
  });

  it('aborts the request when the last caller gives up, and sends a new one for the next', async () => {
    const { requests, share } = setUp();
    const controllers = [new AbortController(), new AbortController()];
    const left = controllers.map(({ signal }) => failureOf(share(signal)));
    for (const controller of controllers) controller.abort('gone');
    await Promise.all(left);
    expect(requests[0]?.signal.aborted).toBe(true);
    const next = share();
    requests[0]?.reject(new Error('aborted'));
    requests[1]?.resolve('answer');
    expect(await next).toBe('answer');
  });

  it('does not share requests with the same target and different texts', async () => {
    const { requests, share } = setUp();
    const shared = ['one', 'other', 'one'].map((text) => share(undefined, { target: 'target', text }));
    expect(requests).toHaveLength(2);
    requests[0]?.resolve('first');
    expect(await shared[0]).toBe('first');
    expect(await shared[2]).toBe('first');
    void share(undefined, { target: 'target', text: 'other' });
    expect(requests).toHaveLength(2);
    requests[1]?.resolve('second');
    expect(await shared[1]).toBe('second');
    void share(undefined, { target: 'target', text: 'other' });
    expect(requests).toHaveLength(3);
  });

  it('stops listening to the signals of callers that were answered', async () => {
    const { requests, share } = setUp();
    const listeners = new Set<() => void>();
    const signal: StopSignal = {
      aborted: false,
      reason: undefined,
      addEventListener: (_, listener) => void listeners.add(listener),
      removeEventListener: (_, listener) => void listeners.delete(listener),
    };
    const both = [share(signal), share(signal)];
    expect(listeners.size).toBe(2);
    requests[0]?.resolve('answer');
    await Promise.all(both);
    expect(listeners.size).toBe(0);
  });
});

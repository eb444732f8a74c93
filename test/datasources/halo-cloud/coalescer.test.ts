import { describe, expect, it, vi } from 'vitest';
import { createCoalescer } from '../../../src/datasources/halo-cloud/transport/in-flight.ts';
import type { StopSignal } from '../../../src/lib/stop.ts';
import { failureOf } from './kit.ts';

/** A flight that the test lands by hand. */
function scene() {
  const coalescer = createCoalescer();
  const flights: { signal: StopSignal; resolve(value: string): void; reject(error: Error): void }[] = [];
  const joined = vi.fn();
  const ask = (
    signal: StopSignal = new AbortController().signal,
    asking = { place: 'place', text: 'text' },
  ) =>
    coalescer.share<string>(asking, {
      signal,
      start: (flightSignal) =>
        new Promise<string>((resolve, reject) => flights.push({ signal: flightSignal, resolve, reject })),
      joined,
      abortedAs: (reason) => new Error(`left: ${String(reason)}`),
    });
  return { flights, joined, ask };
}

describe('coalescer', () => {
  it('makes one flight of what is asked at the same time, and a new one afterwards', async () => {
    const { flights, joined, ask } = scene();
    const both = [ask(), ask()];
    flights[0]?.resolve('answer');
    expect(await Promise.all(both)).toEqual(['answer', 'answer']);
    expect(flights).toHaveLength(1);
    expect(joined).toHaveBeenCalledTimes(1);
    void ask();
    expect(flights).toHaveLength(2);
  });

  it('gives a failure to all who wait and keeps it for nobody', async () => {
    const { flights, ask } = scene();
    const both = [failureOf(ask()), failureOf(ask())];
    flights[0]?.reject(new Error('down'));
    expect((await Promise.all(both)).map(({ message }) => message)).toEqual(['down', 'down']);
    void ask();
    expect(flights).toHaveLength(2);
  });

  it('lets the first asker leave without harm to the second', async () => {
    const { flights, ask } = scene();
    const first = new AbortController();
    const left = failureOf(ask(first.signal));
    const stays = ask();
    first.abort('gone');
    expect((await left).message).toBe('left: gone');
    expect(flights[0]?.signal.aborted).toBe(false);
    flights[0]?.resolve('answer');
    expect(await stays).toBe('answer');
  });

  it('stops the flight when the last one leaves, and starts afresh for the next', async () => {
    const { flights, ask } = scene();
    const controllers = [new AbortController(), new AbortController()];
    const left = controllers.map(({ signal }) => failureOf(ask(signal)));
    for (const controller of controllers) controller.abort('gone');
    await Promise.all(left);
    expect(flights[0]?.signal.aborted).toBe(true);
    const next = ask();
    flights[0]?.reject(new Error('aborted'));
    flights[1]?.resolve('answer');
    expect(await next).toBe('answer');
  });

  it('asks nothing for one who has already gone', async () => {
    const { flights, ask } = scene();
    await failureOf(ask(AbortSignal.abort('gone')));
    expect(flights).toHaveLength(0);
  });

  it('keeps apart what is asked at one place in different words', async () => {
    const { flights, ask } = scene();
    const asked = ['one', 'other', 'one'].map((text) => ask(undefined, { place: 'place', text }));
    expect(flights).toHaveLength(2);
    flights[0]?.resolve('first');
    expect(await asked[0]).toBe('first');
    expect(await asked[2]).toBe('first');
    void ask(undefined, { place: 'place', text: 'other' });
    expect(flights).toHaveLength(2);
    flights[1]?.resolve('second');
    expect(await asked[1]).toBe('second');
    void ask(undefined, { place: 'place', text: 'other' });
    expect(flights).toHaveLength(3);
  });

  it('listens no more to whom it has answered', async () => {
    const { flights, ask } = scene();
    const listeners = new Set<() => void>();
    const signal: StopSignal = {
      aborted: false,
      reason: undefined,
      addEventListener: (_, listener) => void listeners.add(listener),
      removeEventListener: (_, listener) => void listeners.delete(listener),
    };
    const both = [ask(signal), ask(signal)];
    expect(listeners.size).toBe(2);
    flights[0]?.resolve('answer');
    await Promise.all(both);
    expect(listeners.size).toBe(0);
  });
});

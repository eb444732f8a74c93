/** Many practices hang at once. Each has more callers than its concurrency limit. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './client.ts';
import { day, dayBook } from './work.ts';

const callersEach = 20;
/** Then one caller per second and practice. Their breakers are open by then. */
const laterEach = 1;

export interface HangingLoad {
  /** Practices that hang. */
  readonly practices: readonly string[];
  /** Period in which all callers arrive. It is shorter than the deadline, so that all wait at the same time. */
  readonly withinMs: number;
  readonly forMs: number;
}

/** Returns the outcome of each caller, in one word. */
export async function queryHanging(client: Client, load: HangingLoad): Promise<readonly string[]> {
  const { practices, withinMs, forMs } = load;
  const began = performance.now();
  const pending: Promise<string>[] = [];
  async function queryAll(callers: number, within: number, at: number): Promise<void> {
    const count = practices.length * callers;
    for (let number = 0; number < count; number += 1) {
      const due = began + at + (number * within) / count;
      if (due > performance.now()) await pause(due - performance.now());
      const site = practices[number % practices.length];
      // Each query differs, so that the facade cannot share one call between them.
      const from = day(Math.floor(number / practices.length) - 10);
      pending.push(client.execute(dayBook, { site, from }).then(({ outcome }) => outcome));
    }
  }
  await queryAll(callersEach, withinMs, 0);
  for (let at = withinMs; at < forMs; at += 1_000) await queryAll(laterEach, 1_000, at);
  return Promise.all(pending);
}

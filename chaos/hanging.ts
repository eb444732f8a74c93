/** Many practices that hang at once, with more callers each than a practice may have calls. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './client.ts';
import { day, dayBook } from './work.ts';

const callersEach = 20;
/** Then a caller a second and practice: their breakers are open by now. */
const laterEach = 1;

export interface HangingLoad {
  /** Practices that hang. */
  readonly practices: readonly string[];
  /** Within which all their callers come: less than the deadline, so that all wait at the same time. */
  readonly withinMs: number;
  readonly forMs: number;
}

/** Gives what each caller met: how it ended, in one word. */
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
      // Each another question, so that none waits for the answer to another's.
      const from = day(Math.floor(number / practices.length) - 10);
      pending.push(client.execute(dayBook, { site, from }).then(({ outcome }) => outcome));
    }
  }
  await queryAll(callersEach, withinMs, 0);
  for (let at = withinMs; at < forMs; at += 1_000) await queryAll(laterEach, 1_000, at);
  return Promise.all(pending);
}

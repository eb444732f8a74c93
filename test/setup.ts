/** Before each test file. Files share a worker, so this module runs again in the same process. */
import { afterAll, vi } from 'vitest';
import { leftRunning, noteStarts } from './left-running.ts';

const worker = globalThis as { hasBegun?: boolean };
if (!worker.hasBegun) {
  worker.hasBegun = true;
  noteStarts();
  waitLonger('waitFor');
  waitLonger('waitUntil');
}

afterAll(async () => {
  const left = await leftRunning();
  if (left.length === 0) return;
  const error = new Error(`This file leaves ${left.length} running:\n${[...new Set(left)].join('\n')}`);
  // The places are in the message; this one says nothing.
  error.stack = '';
  throw error;
});

/** A busy machine is no fault: by default they wait as long as `expect.poll` does in vitest.config.ts, not one second. */
function waitLonger(name: 'waitFor' | 'waitUntil'): void {
  const wait = vi[name] as (check: () => unknown, options?: number | object) => Promise<unknown>;
  const longer = (check: () => unknown, options: number | object = {}) =>
    wait(check, typeof options === 'number' ? options : { timeout: 15_000, ...options });
  Object.assign(vi, { [name]: longer });
}

import type { Answer } from './answer.ts';
import type { Faults } from './faults.ts';
import { faultNumber } from './faults.ts';
import { tookTooLong } from './site-guard.ts';

/** Thrown instead of a response: the socket is closed without one. */
export class ConnectionCut extends Error {}

/** Whether one of the faults affects only writes. */
export function hasWriteFault(faults: Faults): boolean {
  return [...faults].some((fault) => /^(504-after|cut-before|cut-after|late-\d+)$/.test(fault));
}

/** Runs before a write reaches the practice. Throws ConnectionCut. */
export function beforeWrite(faults: Faults): void {
  if (faults.has('cut-before')) throw new ConnectionCut();
}

/**
 * Executes a write, now or later, and returns the response that the active faults allow. Throws ConnectionCut, a Refusal 504, or
 * what executing throws.
 */
export function executeWrite(faults: Faults, execute: () => Answer): Answer {
  const delay = faultNumber(faults, 'late-');
  if (delay !== undefined) {
    setTimeout(() => {
      try {
        execute();
      } catch {
        // No caller waits for the error any more.
      }
    }, delay).unref();
    throw tookTooLong();
  }
  const answer = execute();
  if (faults.has('cut-after')) throw new ConnectionCut();
  if (faults.has('504-after')) throw tookTooLong();
  return answer;
}

import type { Answer } from './answer.ts';
import { Refusal } from './answer.ts';
import type { Faults } from './faults.ts';
import { faultNumber } from './faults.ts';

/** Thrown in place of an answer: the socket is closed without one. */
export class ConnectionCut extends Error {}

function timedOut(): Refusal {
  return new Refusal(504, 'Query took more than 30 seconds to return a result.');
}

/** Whether one of the faults is about writes alone. */
export function hasWriteFault(faults: Faults): boolean {
  return [...faults].some((fault) => /^(504-after|cut-before|cut-after|late-\d+)$/.test(fault));
}

/** Before a write goes on to the practice. Throws ConnectionCut. */
export function beforeWrite(faults: Faults): void {
  if (faults.has('cut-before')) throw new ConnectionCut();
}

/**
 * Executes a write, now or later, and answers what the faults in force let through. Throws ConnectionCut, a Refusal 504, or
 * what executing throws.
 */
export function executeWrite(faults: Faults, execute: () => Answer): Answer {
  const delay = faultNumber(faults, 'late-');
  if (delay !== undefined) {
    setTimeout(() => {
      try {
        execute();
      } catch {
        // Nobody is left to hear of it.
      }
    }, delay).unref();
    throw timedOut();
  }
  const answer = execute();
  if (faults.has('cut-after')) throw new ConnectionCut();
  if (faults.has('504-after')) throw timedOut();
  return answer;
}

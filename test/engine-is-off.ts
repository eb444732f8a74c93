import { engineOn } from '../src/engine/switch.ts';

/** Whether the engine is switched off. Then it prints which tests are skipped, and why. */
export function engineIsOff(tests: string, why: string): boolean {
  if (!engineOn) process.stdout.write(`SKIPPED ${tests}: with ENGINE=off ${why}.\n`);
  return !engineOn;
}

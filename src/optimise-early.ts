import { setFlagsFromString } from 'node:v8';

/** The bytes of bytecode that a function runs before V8 counts one tick of it. V8's default is 67,584. */
const interruptBudget = 5_000;

/**
 * Whether V8 has the flag. Later versions count calls instead, and compile with Maglev after few of them.
 */
export const hasInterruptBudget = process.versions.v8.startsWith('11.');

/**
 * Makes V8 of Node 20 optimise functions after less work. Every call to a practice takes some milliseconds, so a server gets
 * few requests a second and would run code that is not optimised for a long time. Call it after the start: optimising what
 * runs only once would delay the first response.
 */
export function optimiseEarly(): void {
  if (hasInterruptBudget) setFlagsFromString(`--interrupt-budget=${interruptBudget}`);
}

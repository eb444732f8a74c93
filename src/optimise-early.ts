import { setFlagsFromString } from 'node:v8';

/** Set where V8 has both: the versions of Node 20. Later ones count calls, and compile with Maglev after few of them. */
export const earlyFlags: readonly string[] = process.versions.v8.startsWith('11.')
  ? [
      // The bytes of bytecode that a function runs before V8 counts one tick of it. The default is 67,584.
      '--interrupt-budget=3000',
      // The first call of a function makes machine code of it.
      '--always-sparkplug',
    ]
  : [];

/**
 * Makes V8 of Node 20 optimise functions after less work. Every call to a practice takes some milliseconds, so a server gets
 * few requests a second and would run code that is not optimised for a long time. Call it after the start, which it would delay.
 * It delays the first response by some 50 to 80 ms; the next ones gain.
 */
export function optimiseEarly(): void {
  for (const flag of earlyFlags) setFlagsFromString(flag);
}

/** What goes wrong when. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CuttingProxy } from './proxy.ts';

/** Those that pause a breaker come last, so that the others are met by calls. */
export const faults = [
  'moved',
  'slow-2000',
  '429',
  'hang',
  'html',
  '504',
  '503',
  'offline',
  'cut-connection',
];
/** What each third of the broken practices begins with lies so far apart. */
const stride = 3;
/** The last part of each fault's time is free of it: sites come back. */
const mended = 0.2;

/** Breaks each of the practices with each fault in turn, never two in the same way. `set(id, null)` mends. */
export async function storm(
  practices: readonly string[],
  forMs: number,
  set: (bpSiteId: string, fault: string | null) => Promise<void>,
): Promise<void> {
  const turnMs = forMs / faults.length;
  const began = performance.now();
  for (let turn = 0; turn < faults.length; turn += 1) {
    const faultOf = (at: number) => faults[(turn + at * stride) % faults.length] ?? null;
    await Promise.all(practices.map((bpSiteId, at) => set(bpSiteId, faultOf(at))));
    await pause(began + (turn + 1 - mended) * turnMs - performance.now());
    await Promise.all(practices.map((bpSiteId) => set(bpSiteId, null)));
    await pause(began + (turn + 1) * turnMs - performance.now());
  }
}

/** Cuts connections at random, a fifth of them ten times a second; in the middle none can be opened for a fifth of the time. */
export async function cuts(proxy: CuttingProxy, forMs: number): Promise<number> {
  const began = performance.now();
  let cut = 0;
  for (let passed = 0; passed < forMs; passed = performance.now() - began) {
    proxy.refuse(passed > 0.4 * forMs && passed < 0.6 * forMs);
    cut += proxy.cut(0.2);
    await pause(100);
  }
  proxy.refuse(false);
  return cut;
}

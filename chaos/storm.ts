/** The schedule of faults. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CuttingProxy } from './proxy.ts';

/** Faults that open a breaker come last, so that calls reach the other faults. */
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
/** Offset between the first faults of the broken practices. */
const stride = 3;
/** Share of each fault's time at its end in which the site works again. */
const mended = 0.2;

/** Breaks each of the practices with each fault in turn, never two with the same fault. `set(id, null)` ends the fault. */
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

/** Cuts a random fifth of the connections ten times per second. In the middle fifth, new connections are refused. */
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

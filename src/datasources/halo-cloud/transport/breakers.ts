import { lruCache } from '../../../lib/lru-cache.ts';

/** What the outcome of a call says about its target. */
export type Verdict = 'reachable' | 'unreachable' | 'unknown';

/**
 * Circuit breakers, one for each key. Only keys with recent failures use memory. Own code: libraries wrap a function in a
 * breaker object, which would be kept for each of thousands of practices, and they know no verdict `unknown`.
 */
export interface Breakers {
  /** Milliseconds until the next call may be sent; 0 when one may be sent now. */
  pauseMs(key: string): number;
  /**
   * Admits a call and returns the callback that takes its verdict. After a pause the call is the probe: the next pause,
   * twice as long, begins at once, so no other call is sent until the probe has an outcome.
   */
  admit(key: string): (verdict: Verdict) => void;
  /** Open breakers. A breaker that was not used for ten minutes is not counted. */
  openCount(): number;
}

export interface BreakersOptions {
  /** Consecutive `unreachable` verdicts that open a breaker. */
  readonly threshold: number;
  /** Pauses double from the first to the longest. Each is shortened by up to half at random, so they do not all end at once. */
  readonly firstPauseMs: number;
  readonly maxPauseMs: number;
  /** Milliseconds. */
  readonly clock: () => number;
  /** From 0 to below 1. @default Math.random */
  readonly random?: () => number;
  /** Called when a breaker opens or closes. */
  readonly changed: (key: string, state: 'open' | 'closed') => void;
}

interface Breaker {
  failures: number;
  isOpen: boolean;
  pauseMs: number;
  until: number;
}

/** Longer than any pause. */
const forgottenAfterMs = 10 * 60_000;

export function createBreakers(options: BreakersOptions): Breakers {
  const { threshold, firstPauseMs, maxPauseMs, clock, random = Math.random, changed } = options;
  const breakers = lruCache<string, Breaker>(10_000, {
    ttl: forgottenAfterMs,
    updateAgeOnGet: true,
    ttlResolution: 0,
    perf: { now: clock },
  });

  function pause(breaker: Breaker, ms: number): void {
    breaker.pauseMs = Math.min(ms, maxPauseMs);
    breaker.until = clock() + breaker.pauseMs * (1 - random() / 2);
  }

  function failed(key: string, wasProbe: boolean): void {
    const breaker = breakers.get(key) ?? { failures: 0, isOpen: false, pauseMs: 0, until: 0 };
    breakers.set(key, breaker);
    breaker.failures += 1;
    if (breaker.isOpen) {
      // A call that was in flight when the breaker opened adds nothing.
      if (wasProbe) pause(breaker, breaker.pauseMs);
    } else if (breaker.failures >= threshold) {
      breaker.isOpen = true;
      pause(breaker, firstPauseMs);
      changed(key, 'open');
    }
  }

  return {
    pauseMs(key) {
      if (breakers.size === 0) return 0;
      // Only calls count as use of a breaker. Reading its state does not.
      const breaker = breakers.get(key, { updateAgeOnGet: false });
      const leftMs = breaker?.isOpen ? breaker.until - clock() : 0;
      // More is left than the whole pause: the clock was set back.
      return breaker && leftMs <= breaker.pauseMs ? Math.max(0, leftMs) : 0;
    },
    admit(key) {
      // The usual case.
      const breaker = breakers.size === 0 ? undefined : breakers.get(key);
      const isProbe = breaker?.isOpen === true;
      if (isProbe) pause(breaker, 2 * breaker.pauseMs);
      return (verdict) => {
        if (verdict === 'unreachable') failed(key, isProbe);
        if (verdict !== 'reachable' || breakers.size === 0) return;
        const known = breakers.get(key);
        breakers.delete(key);
        if (known?.isOpen) changed(key, 'closed');
      };
    },
    openCount: () => [...breakers.values()].filter(({ isOpen }) => isOpen).length,
  };
}

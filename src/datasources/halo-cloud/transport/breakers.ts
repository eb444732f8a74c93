import { LRUCache } from 'lru-cache';

/** What a call taught of whom it asked: that they answer, that they are away, or nothing. */
export type Verdict = 'here' | 'away' | 'unsure';

/** Keeps calls from those who do not answer. One breaker for each key; only the broken and the suspected take memory. */
export interface Breakers {
  /** For how many milliseconds more nothing is sent there; 0: a call may go. */
  pauseMs(key: string): number;
  /**
   * Lets a call go, when there is no pause, and gives what its verdict is to be told to. After a pause it goes as the probe:
   * the next pause, twice as long, begins with it, so that nobody follows until it has come back.
   */
  admit(key: string): (verdict: Verdict) => void;
  /** How many are broken: none that nobody has asked for ten minutes. */
  broken(): number;
}

export interface BreakersOptions {
  /** Verdicts of `away` in a row that break it. */
  readonly threshold: number;
  /** Pauses double from the first to the longest; each is cut by up to half at random, so that they do not all end at once. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** Milliseconds. */
  readonly clock: () => number;
  /** From 0 to below 1. @default Math.random */
  readonly random?: () => number;
  /** Told when one breaks, and when it mends. */
  readonly changed: (key: string, state: 'broken' | 'mended') => void;
}

interface Breaker {
  failures: number;
  broken: boolean;
  pauseMs: number;
  until: number;
}

/** Longer than any pause. */
const forgottenAfterMs = 10 * 60_000;

export function createBreakers(options: BreakersOptions): Breakers {
  const { threshold, firstPauseMs, longestPauseMs, clock, random = Math.random, changed } = options;
  const breakers = new LRUCache<string, Breaker>({
    max: 10_000,
    ttl: forgottenAfterMs,
    updateAgeOnGet: true,
    ttlResolution: 0,
    perf: { now: clock },
  });

  function pause(breaker: Breaker, ms: number): void {
    breaker.pauseMs = Math.min(ms, longestPauseMs);
    breaker.until = clock() + breaker.pauseMs * (1 - random() / 2);
  }

  function failed(key: string, wasProbe: boolean): void {
    const breaker = breakers.get(key) ?? { failures: 0, broken: false, pauseMs: 0, until: 0 };
    breakers.set(key, breaker);
    breaker.failures += 1;
    if (breaker.broken) {
      // What was under way when it broke says nothing new.
      if (wasProbe) pause(breaker, breaker.pauseMs);
    } else if (breaker.failures >= threshold) {
      breaker.broken = true;
      pause(breaker, firstPauseMs);
      changed(key, 'broken');
    }
  }

  return {
    pauseMs(key) {
      const breaker = breakers.get(key);
      return breaker?.broken ? Math.max(0, breaker.until - clock()) : 0;
    },
    admit(key) {
      const breaker = breakers.get(key);
      const isProbe = breaker?.broken === true;
      if (isProbe) pause(breaker, 2 * breaker.pauseMs);
      return (verdict) => {
        if (verdict === 'away') failed(key, isProbe);
        if (verdict !== 'here') return;
        const known = breakers.get(key);
        breakers.delete(key);
        if (known?.broken) changed(key, 'mended');
      };
    },
    broken: () => [...breakers.values()].filter(({ broken }) => broken).length,
  };
}

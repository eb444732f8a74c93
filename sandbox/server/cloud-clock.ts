/** Halo Cloud's clock, in milliseconds since 1970. Queries run and expire by it. Practices have their own wall clocks. */
export interface CloudClock {
  now(): number;
  /** Puts it forward. */
  advance(ms: number): void;
}

export function cloudClock(): CloudClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance(ms) {
      ahead += ms;
    },
  };
}

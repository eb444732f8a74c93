/** Halo Cloud's own clock, in milliseconds since 1970: queries live and expire by it; practices have wall clocks of their own. */
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

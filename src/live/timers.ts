/** The clock and timers. Tests replace them. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Runs a function once after a number of milliseconds. Returns a function that cancels it. It does not keep the
   * process alive.
   */
  after(ms: number, run: () => void): () => void;
}

export const systemTimers: Timers = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
};

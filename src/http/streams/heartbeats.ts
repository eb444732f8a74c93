/** Proxies close silent connections, often after 30 or 60 seconds. */
export const heartbeatMs = 10_000;

/** One timer for all open streams. */
export class Heartbeats {
  readonly #beats = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  readonly #everyMs: number;

  constructor(everyMs = heartbeatMs) {
    this.#everyMs = everyMs;
  }

  /** The number of open streams. */
  get size(): number {
    return this.#beats.size;
  }

  /** Calls `beat` regularly. Returns a function that stops it. */
  add(beat: () => void): () => void {
    this.#beats.add(beat);
    this.#timer ??= setInterval(() => {
      for (const each of this.#beats) each();
    }, this.#everyMs).unref();
    return () => {
      this.#beats.delete(beat);
      if (this.#beats.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }
}

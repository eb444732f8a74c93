import { Stop } from './stop.ts';

/**
 * Aborted with a TimeoutError after some time. AbortSignal.any is not used for it: Node 20 garbage-collects an
 * AbortSignal.timeout that only AbortSignal.any references, so the deadline never comes.
 */
export class Deadline extends Stop {
  readonly #timer: NodeJS.Timeout;

  constructor(afterMs: number) {
    super();
    this.#timer = setTimeout(pass, afterMs, this).unref();
  }

  override abort(reason: unknown): void {
    this.end();
    super.abort(reason);
  }

  /** Ends its timer. */
  end(): void {
    clearTimeout(this.#timer);
  }
}

function pass(deadline: Deadline): void {
  deadline.abort(new DOMException('The deadline has passed.', 'TimeoutError'));
}

/** Returns a function that gives the milliseconds left of a time that starts now. */
export function countdown(fromMs: number): () => number {
  const endsAt = performance.now() + fromMs;
  return () => endsAt - performance.now();
}

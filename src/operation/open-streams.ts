import type { Operation } from './operation.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { ResultStream } from './result-stream.ts';

export interface StreamLimits {
  /** Maximum number of subscriptions of one caller, in one process. */
  readonly perCaller: number;
  /** Maximum number of subscriptions of one process. */
  readonly perProcess: number;
}

/** Seconds after which a client should retry. */
const retryAfterSeconds = 10;
/** Seconds over which disconnected clients are spread when they reconnect. */
const spreadSeconds = 5;

/** The subscriptions of this process. */
export class OpenStreams {
  readonly #limits: StreamLimits;
  readonly #perCaller = new Map<string, number>();
  readonly #streams = new Set<ResultStream>();
  #count = 0;
  #draining = false;

  constructor(limits: StreamLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#count;
  }

  /** Takes a slot, which the operation releases at its end. Throws a Refusal. */
  enter(operation: Operation, caller: string): void {
    if (this.#draining) throw stopping();
    const { perCaller, perProcess } = this.#limits;
    const own = this.#perCaller.get(caller) ?? 0;
    if (own >= perCaller)
      throw tooMany(`This credential may have ${perCaller} subscriptions at the same time. Close one first.`);
    if (this.#count >= perProcess) throw tooMany('This server has too many subscriptions. Try again later.');
    this.#count += 1;
    this.#perCaller.set(caller, own + 1);
    operation.hold(() => {
      this.#count -= 1;
      const left = (this.#perCaller.get(caller) ?? 1) - 1;
      if (left > 0) this.#perCaller.set(caller, left);
      else this.#perCaller.delete(caller);
    });
  }

  add(stream: ResultStream): void {
    this.#streams.add(stream);
  }

  remove(stream: ResultStream): void {
    this.#streams.delete(stream);
  }

  /** Ends all streams, spread over this time in ms, each with a reason and a time to reconnect. Opens no new ones. */
  async drain(overMs: number): Promise<void> {
    this.#draining = true;
    const streams = [...this.#streams];
    const stepMs = overMs / Math.max(1, streams.length);
    const startedAt = performance.now();
    for (const [index, stream] of streams.entries()) {
      const waitMs = startedAt + index * stepMs - performance.now();
      if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
      stream.end({ errors: stopping().errors });
    }
  }
}

function stopping(): Refusal {
  const seconds = 1 + Math.floor(Math.random() * spreadSeconds);
  const message = 'This server is stopping. Subscribe again with the latest cursor.';
  const http = { headers: { 'retry-after': String(seconds) } };
  return refuse('SERVER_STOPPING', message, http, { retryAfterSeconds: seconds });
}

function tooMany(message: string): Refusal {
  const http = { headers: { 'retry-after': String(retryAfterSeconds) } };
  return refuse('TOO_MANY_SUBSCRIPTIONS', message, http, { retryAfterSeconds });
}

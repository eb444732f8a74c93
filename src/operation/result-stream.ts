import type { ExecutionResult } from 'graphql';

type Next = IteratorResult<ExecutionResult, undefined>;
const done: Next = { done: true, value: undefined };

export interface ResultStreamOptions {
  readonly source: AsyncIterable<unknown>;
  /** The result of one event. A rejection ends the stream. */
  readonly resultOf: (event: unknown) => Promise<ExecutionResult>;
  /** The last result after an error. */
  readonly failure: (error: unknown) => ExecutionResult;
  /** Called once. */
  readonly onEnd: () => void;
}

/**
 * The results of one subscription, one at a time. It does not read ahead: events that the reader has not requested stay with
 * the source. It can end at any moment, also while its reader or its source waits.
 */
export class ResultStream implements AsyncIterableIterator<ExecutionResult, undefined> {
  readonly #options: ResultStreamOptions;
  readonly #events: AsyncIterator<unknown>;
  #waiting: ((next: Next) => void) | undefined;
  /** The last result, to be read after the end. */
  #last: ExecutionResult | undefined;
  #ended = false;

  constructor(options: ResultStreamOptions) {
    this.#options = options;
    this.#events = options.source[Symbol.asyncIterator]();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Next> {
    if (this.#ended) return Promise.resolve(this.#takeLast());
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#pull().then(
        (next) => (next.done ? this.end() : this.#settle(next)),
        (error) => this.end(this.#options.failure(error)),
      );
    });
  }

  /** Called when the reader stops. */
  return(): Promise<Next> {
    this.end();
    this.#last = undefined;
    return Promise.resolve(done);
  }

  /** @param last the last result, if there is one */
  end(last?: ExecutionResult): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#last = last;
    // The stream has ended, so an error of its source no longer matters.
    this.#events.return?.().catch(() => {});
    this.#options.onEnd();
    if (this.#waiting) this.#settle(this.#takeLast());
  }

  async #pull(): Promise<Next> {
    const event = await this.#events.next();
    if (event.done) return done;
    return { done: false, value: await this.#options.resultOf(event.value) };
  }

  #takeLast(): Next {
    const last = this.#last;
    this.#last = undefined;
    return last ? { done: false, value: last } : done;
  }

  #settle(next: Next): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(next);
  }
}

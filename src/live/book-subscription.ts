import type { LogPosition } from '../store/shared-log.ts';
import type { BookEvent } from './book-events.ts';

/** The position of a subscriber. It has no queue: unread changes are merged. */
export interface BookPosition {
  /** Null: it needs a snapshot. */
  at: LogPosition | null;
  /** The gap that it was notified of. */
  reportedGap: object | null;
  /** After a cursor, the first event is sent at once, even without changes. */
  resumed: boolean;
}

/** The part of a watch that its subscribers use. */
export interface BookSource {
  /** The next event for this position, which is then advanced. Undefined: there is none. */
  next(position: BookPosition): BookEvent | undefined;
  leave(subscription: BookSubscription): void;
}

type Result = IteratorResult<BookEvent, undefined>;
const done: Result = { done: true, value: undefined };

export class BookSubscription implements AsyncIterableIterator<BookEvent, undefined> {
  readonly position: BookPosition;
  readonly #source: BookSource;
  #waiting: ((result: Result) => void) | null = null;
  #ended = false;

  constructor(source: BookSource, position: BookPosition) {
    this.#source = source;
    this.position = position;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** One call at a time. */
  next(): Promise<Result> {
    const result = this.#take();
    if (result) return Promise.resolve(result);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Releases everything at once. A waiting `next` then returns `done`. */
  return(): Promise<Result> {
    if (!this.#ended) {
      this.#ended = true;
      this.#source.leave(this);
      this.#settle(done);
    }
    return Promise.resolve(done);
  }

  /** Wakes the reader, because there may be a new event. */
  wake(): void {
    if (!this.#waiting) return;
    const result = this.#take();
    if (result) this.#settle(result);
  }

  #take(): Result | undefined {
    if (this.#ended) return done;
    const event = this.#source.next(this.position);
    if (!event) return undefined;
    if (event.kind === 'failed') {
      this.#ended = true;
      this.#source.leave(this);
    }
    return { done: false, value: event };
  }

  #settle(result: Result): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.(result);
  }
}

import { AuthoritativeServerChanged, HaloError, UpstreamFailed } from '../errors.ts';
import type { Log } from '../log.ts';
import type { BookEvent, BookFailed, BookGap } from './book-events.ts';
import type { BookPosition } from './book-subscription.ts';
import { gapOf, isFinal, movedNotice, retryDelayMs } from './recovery.ts';
import type { WorkAccount } from './work-account.ts';

type State =
  | { readonly kind: 'starting' | 'live' }
  | { readonly kind: 'gap'; readonly event: BookGap }
  | { readonly kind: 'failed'; readonly event: BookFailed };

export interface BookHealthOptions {
  readonly log: Log;
  readonly work: WorkAccount;
  /** Called when a gap begins. */
  readonly onGap: (error: HaloError) => void;
}

/** Whether a book is up to date, in a gap, or can no longer be watched. */
export class BookHealth {
  /** The latest moment at which the book was up to date, in milliseconds since 1970. */
  confirmedAt: number;
  readonly #options: BookHealthOptions;
  #state: State = { kind: 'starting' };
  #wasEverLive = false;
  #failures = 0;

  constructor(options: BookHealthOptions, now: number) {
    this.#options = options;
    this.confirmedAt = now;
  }

  get kind(): State['kind'] {
    return this.#state.kind;
  }

  get isLive(): boolean {
    return this.#state.kind === 'live';
  }

  /** Subscribers wait for the next attempt. */
  forgetGap(): void {
    if (this.#state.kind === 'gap') this.#state = { kind: 'starting' };
  }

  /** The event of a gap or a failure for a subscriber at this position. Undefined: it has the event already. */
  eventFor(position: BookPosition): BookEvent | undefined {
    const state = this.#state;
    if (state.kind === 'failed') return state.event;
    // A subscriber that missed the recovery in between already has a gap event.
    if (state.kind !== 'gap' || position.reportedGap !== null) return undefined;
    position.reportedGap = state.event;
    position.at = null;
    return state.event;
  }

  /** The whole book was read. @param at milliseconds since 1970 */
  recovered(at: number): void {
    this.confirmedAt = at;
    this.#failures = 0;
    this.#state = { kind: 'live' };
    this.#wasEverLive = true;
  }

  /** The book may be out of date. Returns the milliseconds until the next attempt; null if there is none. */
  fail(error: unknown): number | null {
    const { log, work, onGap } = this.#options;
    work.hasMoved = false;
    if (error instanceof AuthoritativeServerChanged && error.currentHaloGuid !== null) {
      work.addNotice(movedNotice(error, error.currentHaloGuid));
    }
    if (!(error instanceof HaloError))
      log.error({ err: error }, 'Unexpected error in a watched appointment book');
    const failure =
      error instanceof HaloError
        ? error
        : new UpstreamFailed(null, { detail: 'a bug in the watch', cause: error });
    if (isFinal(failure, this.#wasEverLive)) {
      this.#state = { kind: 'failed', event: { kind: 'failed', error: failure, ...work.take() } };
      return null;
    }
    if (!failure.heldBack) this.#failures += 1;
    log.warn(
      { code: failure.code, failures: this.#failures },
      'A watched appointment book may be out of date',
    );
    const delayMs = retryDelayMs(failure, this.#failures);
    if (this.#state.kind !== 'gap') {
      onGap(failure);
      this.#state = { kind: 'gap', event: gapOf(failure, { delayMs, since: this.confirmedAt, work }) };
    }
    return delayMs;
  }
}

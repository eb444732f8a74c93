/**
 * One practice's appointment book for a range of dates, for all its subscribers. Changes are detected, read once for
 * each distinct selection, and sent to every subscriber.
 */
import type { Selection } from '../datasources/domain/selection.ts';
import { AuthoritativeServerChanged, type HaloError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { CountLive } from '../telemetry/live-counts.ts';
import type { LocalDate } from '../time/types.ts';
import type { Audience } from './audience.ts';
import { BookContents, type BookContentsOptions } from './book-contents.ts';
import type { BookEvent } from './book-events.ts';
import { BookHealth } from './book-health.ts';
import { type BookPosition, BookSubscription } from './book-subscription.ts';
import { Detection } from './detection.ts';
import type { Detector } from './detector.ts';
import { firstPosition, nextEvent } from './next-event.ts';
import { movedNotes } from './recovery.ts';
import { ReplicatedLog } from './replicated-log.ts';
import type { SharedBook } from './shared-book.ts';
import { WorkAccount } from './work-account.ts';

/** Milliseconds that a book counts as up to date after it was read. */
const freshMs = 1_000;
/** Milliseconds between two checks whether another replica leads. */
const leaderMs = 1_000;

export interface WatchOptions extends BookContentsOptions {
  readonly detector: Detector;
  readonly log: Log;
  /** Called when the last subscriber has left. */
  readonly onIdle: () => void;
  /** The same book in other replicas. @default there are none */
  readonly shared?: SharedBook | undefined;
  readonly count?: CountLive | undefined;
}

export interface BookRequest {
  readonly fields: Selection;
  /** Null: all. */
  readonly userIds: readonly string[] | null;
  /** A cursor of an earlier event. */
  readonly after: string | null;
  /** The reader wants one event only and returns later with the cursor. @default false */
  readonly isPoll?: boolean;
}

export class Watch {
  readonly #options: WatchOptions;
  readonly #work: WorkAccount;
  readonly #contents: BookContents;
  readonly #log: ReplicatedLog;
  readonly #detection: Detection;
  readonly #health: BookHealth;
  readonly #subscriptions = new Set<BookSubscription>();
  /** Subscribers that want more than one event. */
  #stayers = 0;
  /** `start`: everything is read, and earlier data is in doubt. `catchUp`: everything is read and compared. */
  #due: 'start' | 'catchUp' | 'detect' | null = 'start';
  #busy = false;
  /** Whether something may be due since the current step began. */
  #isWoken = false;
  #cancelTimer: () => void = () => {};

  constructor(options: WatchOptions) {
    const { reader, detector, timers, log, shared, count } = options;
    const work = new WorkAccount(reader);
    const contents = new BookContents(options);
    this.#options = options;
    this.#work = work;
    this.#contents = contents;
    this.#log = new ReplicatedLog({
      ...{ contents, work, shared, count },
      isDetecting: () => this.#detection.isRunning,
      onLost: () => {
        this.#due = 'start';
      },
    });
    this.#detection = new Detection({
      ...{ detector, contents, log: this.#log, work },
      notify: () => this.#notify(),
    });
    this.#health = new BookHealth({ log, work, onGap: (error) => this.#log.fail(error) }, timers.now());
  }

  get subscribers(): number {
    return this.#subscriptions.size;
  }

  /** Whether it cannot be watched now. */
  get failed(): boolean {
    return this.#health.kind === 'failed';
  }

  /** Whether it may be out of date. */
  get inGap(): boolean {
    return this.#health.kind === 'gap';
  }

  /** Whether this replica detects its changes. */
  get detects(): boolean {
    return this.#detection.isRunning && !this.#log.follows;
  }

  subscribe({ fields, userIds, after, isPoll = false }: BookRequest): BookSubscription {
    const audience = this.#contents.views.enter(fields, userIds);
    const source = {
      next: (position: BookPosition) => this.#next(position, audience),
      leave: (left: BookSubscription) => this.#leave(left, audience, isPoll),
    };
    const subscription = new BookSubscription(source, firstPosition(after, audience));
    if (!isPoll) this.#stayers += 1;
    if (this.#isBehind()) this.#due = 'catchUp';
    // The first subscriber after a failure waits for the next attempt.
    if (this.#subscriptions.size === 0) this.#health.forgetGap();
    this.#subscriptions.add(subscription);
    // During a gap, clients that connect again must not make the attempts more frequent than planned.
    if (!this.inGap) this.#wakeUp();
    return subscription;
  }

  /** Whether changes may have been missed. */
  #isBehind(): boolean {
    if (this.#due === 'start' || this.#due === 'catchUp') return false;
    if (this.#detection.isRunning) return this.#subscriptions.size === 0 && this.#due === 'detect';
    return this.#stayers > 0 || this.#options.timers.now() - this.#health.confirmedAt > freshMs;
  }

  /** A write through this API may have changed these appointments, one of which may now be on this date. */
  written(ids: readonly string[], date: LocalDate | null): void {
    // The leader reads them. This replica follows.
    if (this.#log.follows) return;
    const { from, to } = this.#options.range;
    const isHere = date !== null && date >= from && date <= to;
    const concerned = ids.filter((id) => isHere || this.#contents.rows.has(id));
    if (concerned.length > 0 || isHere) this.#options.count?.hint('write');
    // The id of the possible booking is not known.
    if (ids.length === 0 && isHere) this.hint();
    else if (concerned.length > 0) {
      this.#detection.written(concerned);
      this.#wakeUp();
    }
  }

  /** Changes may have been missed. Everything is read and compared. */
  catchUp(): void {
    if (this.#due !== 'start') this.#due = 'catchUp';
    this.#wakeUp();
  }

  /** Another replica leads from now on. */
  follow(): void {
    this.#due = 'start';
    this.#wakeUp();
  }

  /** It is not known whether the book is up to date. */
  doubt(error: HaloError): void {
    if (!this.#health.isLive) return;
    this.#fail(error);
    this.#notify();
  }

  /** Wakes the subscribers, because there may be a new event. */
  hint(): void {
    this.#due ??= 'detect';
    this.#wakeUp();
  }

  /** Pauses the detection until the next subscriber, who then gets the changes since then. Never rejects. */
  async sleep(): Promise<void> {
    this.#cancelTimer();
    await this.#detection.stop();
  }

  /** Ends detection and reads. Never rejects. */
  async close(): Promise<void> {
    this.#cancelTimer();
    await this.#detection.close();
  }

  #leave(left: BookSubscription, audience: Audience<BookEvent>, isPoll: boolean): void {
    if (!this.#subscriptions.delete(left)) return;
    if (!isPoll) this.#stayers -= 1;
    this.#contents.views.leave(audience);
    if (this.#subscriptions.size === 0) this.#options.onIdle();
  }

  #next(position: BookPosition, audience: Audience<BookEvent>): BookEvent | undefined {
    const event = this.#eventFor(position, audience);
    if (event) this.#options.count?.event(event.kind);
    return event;
  }

  /** The next event for this position, which is then advanced. */
  #eventFor(position: BookPosition, audience: Audience<BookEvent>): BookEvent | undefined {
    if (!this.#health.isLive) return this.#health.eventFor(position);
    if (this.#due === 'catchUp') return undefined;
    const { range, detector } = this.#options;
    const event = nextEvent(position, audience, {
      range,
      log: this.#log.changes,
      work: this.#work,
      maxLagSeconds: detector.maxLagSeconds,
      confirmedAt: this.#health.confirmedAt,
    });
    if (event) position.reportedGap = null;
    return event;
  }

  #wakeUp(): void {
    this.#isWoken = true;
    if (this.#busy || this.#detection.isClosed) return;
    this.#busy = true;
    // Everything that arrives at the same moment is handled together.
    queueMicrotask(() => void this.#workOff());
  }

  /** Runs the due tasks one after the other, and then waits for the next check. Never rejects. */
  async #workOff(): Promise<void> {
    let isDone = false;
    while (!isDone && !this.#detection.isClosed && this.#subscriptions.size > 0) {
      this.#isWoken = false;
      try {
        const wasLive = this.#health.isLive;
        isDone = !(await this.#step()) && !this.#isWoken;
        this.#work.collect();
        if (this.#work.hasMoved && wasLive)
          throw new AuthoritativeServerChanged({ haloGuid: '' }, movedNotes);
        this.#work.hasMoved = false;
        this.#notify();
      } catch (error) {
        this.#work.collect();
        this.#fail(error);
        isDone = true;
        this.#notify();
      }
    }
    this.#busy = false;
    if (!this.#health.isLive || !this.#detection.isRunning || this.#detection.isClosed) return;
    this.#plan(this.#options.detector.intervalSeconds * 1000, () => this.hint());
  }

  /** False: nothing is due. */
  async #step(): Promise<boolean> {
    if (this.failed) return false;
    if (this.#due === 'start' || this.#due === 'catchUp') return this.#readAll(this.#due);
    const loading = this.#contents.loadMissing();
    if (loading) {
      await loading;
      return true;
    }
    if (this.#detection.hasWritten) {
      await this.#detection.readWritten();
      return true;
    }
    if (this.#due !== 'detect') return false;
    this.#due = null;
    const startedAt = this.#options.timers.now();
    await (this.#log.follows ? this.#log.follow() : this.#detection.detect());
    if (this.#due !== 'start') this.#health.confirmedAt = startedAt;
    return true;
  }

  /**
   * Starts the detection, then reads the book, so that no change between them is missed. False: no replica leads yet.
   */
  async #readAll(how: 'start' | 'catchUp'): Promise<boolean> {
    const startedAt = this.#options.timers.now();
    // Without lasting subscribers, nothing is detected.
    if (this.#stayers > 0) await this.#detection.start();
    this.#detection.forgetWritten();
    if (this.#contents.views.read().length === 0) return false;
    const { follows } = this.#log;
    const isDone = await (follows ? this.#log.join() : this.#log.readAndCompare(how));
    if (!isDone && follows) this.#plan(leaderMs, () => this.#wakeUp());
    if (!isDone) return this.#due !== how;
    this.#detection.bookWasRead();
    this.#due = null;
    this.#health.recovered(startedAt);
    return true;
  }

  #fail(error: unknown): void {
    const delayMs = this.#health.fail(error);
    if (delayMs === null) return;
    this.#due = 'start';
    this.#plan(delayMs, () => this.#wakeUp());
  }

  /** Replaces what was planned before. */
  #plan(ms: number, task: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.timers.after(ms, task);
  }

  #notify(): void {
    for (const subscription of [...this.#subscriptions]) subscription.wake();
  }
}

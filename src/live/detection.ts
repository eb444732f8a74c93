import { changedIds } from './book-changes.ts';
import type { BookContents } from './book-contents.ts';
import type { BookRow, BookRows } from './book-row.ts';
import type { Detector } from './detector.ts';
import type { ReplicatedLog } from './replicated-log.ts';
import type { WorkAccount } from './work-account.ts';

export interface DetectionOptions {
  readonly detector: Detector;
  readonly contents: BookContents;
  readonly log: ReplicatedLog;
  readonly work: WorkAccount;
  /** Wakes the subscribers, because there may be a new event. */
  readonly notify: () => void;
}

/** Finds the changes of a book: by checks of the practice, and by the writes through this API. */
export class Detection {
  readonly #options: DetectionOptions;
  /** The rows of the latest check. Null: the next check is compared with the whole book. */
  #lastRows: Map<string, BookRow> | null = null;
  /** The number of next checks that are compared with the whole book, not only with the check before them. */
  #fullChecks = 2;
  readonly #written = new Set<string>();
  /** Interrupts a check in progress. */
  #onWrite: () => void = () => {};
  #isRunning = false;
  #isClosed = false;
  #stops = 0;

  constructor(options: DetectionOptions) {
    this.#options = options;
  }

  /** Whether the detector runs. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  async start(): Promise<void> {
    const stops = this.#stops;
    await this.#options.detector.start();
    // It may have been stopped while it started.
    if (stops === this.#stops) this.#isRunning = true;
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    this.#stops += 1;
    this.#isRunning = false;
    await this.#options.detector.stop();
  }

  /** Ends a check in progress too. Never rejects. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.stop();
  }

  /** A write through this API may have changed these appointments. They are read soon, also during a check. */
  written(ids: readonly string[]): void {
    for (const id of ids) this.#written.add(id);
    this.#onWrite();
  }

  get hasWritten(): boolean {
    return this.#written.size > 0;
  }

  /** The whole book will be read. */
  forgetWritten(): void {
    this.#written.clear();
  }

  /** The whole book was read. The first check after it can return older data than was read. The second one does not. */
  bookWasRead(): void {
    this.#lastRows = null;
    this.#fullChecks = 2;
    this.#options.detector.bookChanged?.();
  }

  /** Reads what was written through this API. Returns the ids. */
  async readWritten(): Promise<readonly string[]> {
    const { log, detector } = this.#options;
    const ids = [...this.#written];
    this.#written.clear();
    // The leader reads them.
    if (log.follows) return [];
    await this.#refresh(ids);
    detector.bookChanged?.();
    this.#compareAgain(ids);
    return ids;
  }

  /** Checks the practice for changes, and reads and logs them. */
  async detect(): Promise<void> {
    const { log } = this.#options;
    const { leads } = log;
    const { rows, written } = await this.#check();
    // Redis has lost the log, or another replica has written it.
    if (leads && !(await log.isOwn())) return;
    if (!rows) return;
    const ids = this.#suspects(rows);
    if (ids.length > 0) await this.#refresh(ids);
    this.#fullChecks -= 1;
    this.#lastRows = this.#fullChecks > 0 ? null : new Map(rows);
    this.#compareAgain(written);
  }

  /** Checks the practice. What is written through this API meanwhile is read and sent at once. Returns its ids too. */
  async #check() {
    const { detector, work, notify } = this.#options;
    const written: string[] = [];
    const check = detector.detect();
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    const over = check.then(end, end);
    for (;;) {
      const anyWrite = new Promise<void>((resolve) => {
        this.#onWrite = resolve;
      });
      if (!this.hasWritten) await Promise.race([over, anyWrite]);
      if (isOver || this.#isClosed) return { rows: await check, written };
      try {
        written.push(...(await this.readWritten()));
      } catch (error) {
        await over;
        throw error;
      }
      work.collect();
      notify();
    }
  }

  /**
   * The rows that differ both from the previous check and from the book. A check can be older than the book, which a write
   * through this API may have changed since. It can also come from another source, which knows less.
   */
  #suspects(rows: BookRows): readonly string[] {
    const differs = changedIds(this.#options.contents.rows, rows);
    if (!this.#lastRows) return differs;
    const sinceCheck = new Set(changedIds(this.#lastRows, rows));
    return differs.filter((id) => sinceCheck.has(id));
  }

  /** The next check compares these appointments with the book. */
  #compareAgain(ids: readonly string[]): void {
    for (const id of ids) this.#lastRows?.set(id, unknownRow);
  }

  async #refresh(ids: readonly string[]): Promise<void> {
    const { contents, log, work } = this.#options;
    const changes = await contents.refresh(ids);
    // Subscribers can read the event as soon as it is logged.
    work.collect();
    if (changes.length > 0) await log.add(changes);
  }
}

const unknownRow: BookRow = { pmsId: '', start: '', status: 'UNKNOWN', userId: null, stamp: '' };

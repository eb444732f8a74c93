/**
 * One practice's appointment book for a range of dates, for all its subscribers. Changes are detected, read once for
 * each distinct selection, and sent to every subscriber.
 */
import { type Appointment, appointmentStatuses } from '../datasources/domain/appointment.ts';
import type { Selection } from '../datasources/domain/selection.ts';
import { AuthoritativeServerChanged, HaloError, ResultTooLarge, UpstreamFailed } from '../errors.ts';
import type { Log } from '../log.ts';
import type { CountLive } from '../telemetry/live-counts.ts';
import type { LocalDate } from '../time/types.ts';
import type { Audience } from './audience.ts';
import { changedIds, type RowChange } from './book-changes.ts';
import type { BookEvent, BookFailed, BookGap } from './book-events.ts';
import type { BookReader } from './book-reader.ts';
import { type BookRange, type BookRow, bookRow, isInBook } from './book-row.ts';
import { type BookPosition, BookSubscription } from './book-subscription.ts';
import { BookViews } from './book-views.ts';
import { ChangeLog } from './change-log.ts';
import type { Detector } from './detector.ts';
import { firstPosition, nextEvent } from './next-event.ts';
import { gapOf, isFinal, movedNotes, movedNotice, retryDelayMs } from './recovery.ts';
import type { SharedBook, SharedChanges } from './shared-book.ts';
import type { Timers } from './timers.ts';
import type { View } from './view.ts';
import { WorkAccount } from './work-account.ts';

/** Maximum number of rows of one book. */
const maxRows = 10_000;
/** Milliseconds that a book counts as up to date after it was read. */
const freshMs = 1_000;
/** Number of changes that a reader may be behind. After that it gets a snapshot. */
const maxChanges = 5_000;
/** Milliseconds between two checks whether another replica leads. */
const leaderMs = 1_000;

export interface WatchOptions {
  readonly range: BookRange;
  readonly reader: BookReader;
  readonly detector: Detector;
  readonly timers: Timers;
  readonly log: Log;
  /** Maximum age of people's details in a snapshot, in seconds. Only appointments are watched. */
  readonly maxSnapshotSeconds: number;
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

type State =
  | { readonly kind: 'starting' | 'live' }
  | { readonly kind: 'gap'; readonly event: BookGap }
  | { readonly kind: 'failed'; readonly event: BookFailed };

export class Watch {
  readonly #options: WatchOptions;
  readonly #log = new ChangeLog(maxChanges);
  readonly #views: BookViews;
  readonly #subscriptions = new Set<BookSubscription>();
  readonly #work = new WorkAccount();
  #book: Map<string, BookRow> = new Map();
  /** The rows of the latest look. Null before the first look. */
  #looked: Map<string, BookRow> | null = null;
  /** The next looks that are compared with the whole book, whatever the look before them found. */
  #wholeLooks = 2;
  #state: State = { kind: 'starting' };
  #everLive = false;
  /** Whether a read found the practice at another site. */
  #hasMoved = false;
  /** Whether the detector runs. */
  #detecting = false;
  /** Subscribers that want more than one event. */
  #stayers = 0;
  #confirmedAt: number;
  #failures = 0;
  readonly #written = new Set<string>();
  /** Interrupts a look in progress. */
  #onWrite: () => void = () => {};
  /** `start`: everything is read, and earlier data is in doubt. `catchUp`: everything is read and compared. */
  #due: 'start' | 'catchUp' | 'detect' | null = 'start';
  #busy = false;
  /** Whether something may be due since the current step began. */
  #isWoken = false;
  #closed = false;
  #cancelTimer: () => void = () => {};

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#views = new BookViews(options);
    this.#confirmedAt = options.timers.now();
  }

  get subscribers(): number {
    return this.#subscriptions.size;
  }

  /** Whether it cannot be watched now. */
  get failed(): boolean {
    return this.#state.kind === 'failed';
  }

  /** Whether it may be out of date. */
  get inGap(): boolean {
    return this.#state.kind === 'gap';
  }

  /** Whether this replica detects its changes. */
  get detects(): boolean {
    return this.#detecting && !this.#follows;
  }

  subscribe({ fields, userIds, after, isPoll = false }: BookRequest): BookSubscription {
    const audience = this.#views.enter(fields, userIds);
    const source = {
      next: (position: BookPosition) => this.#next(position, audience),
      leave: (left: BookSubscription) => this.#leave(left, audience, isPoll),
    };
    const subscription = new BookSubscription(source, firstPosition(after, audience));
    if (!isPoll) this.#stayers += 1;
    if (this.#isBehind()) this.#due = 'catchUp';
    // The first subscriber after a failure waits for the next attempt.
    if (this.#state.kind === 'gap' && this.#subscriptions.size === 0) this.#state = { kind: 'starting' };
    this.#subscriptions.add(subscription);
    this.#wakeUp();
    return subscription;
  }

  /** Whether changes may have been missed. */
  #isBehind(): boolean {
    if (this.#due === 'start' || this.#due === 'catchUp') return false;
    if (this.#detecting) return this.#subscriptions.size === 0 && this.#due === 'detect';
    return this.#stayers > 0 || this.#options.timers.now() - this.#confirmedAt > freshMs;
  }

  /** A write through this API may have changed these appointments, one of which may now be on this date. */
  written(ids: readonly string[], date: LocalDate | null): void {
    // The leader reads them. This replica follows.
    if (this.#follows) return;
    const { from, to } = this.#options.range;
    const isHere = date !== null && date >= from && date <= to;
    const concerned = ids.filter((id) => isHere || this.#book.has(id));
    if (concerned.length > 0 || isHere) this.#options.count?.hint('write');
    for (const id of concerned) this.#written.add(id);
    // The id of the possible booking is not known.
    if (ids.length === 0 && isHere) this.hint();
    else if (concerned.length > 0) {
      this.#wakeUp();
      this.#onWrite();
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
    if (this.#state.kind !== 'live') return;
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
    this.#detecting = false;
    await this.#options.detector.stop();
  }

  /** Ends detection and reads. Never rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.sleep();
  }

  get #follows(): boolean {
    return this.#detecting && this.#options.shared?.leads === false;
  }

  /** The other replicas, while this one leads. */
  get #followers(): SharedBook | undefined {
    return this.#detecting && !this.#follows ? this.#options.shared : undefined;
  }

  #leave(left: BookSubscription, audience: Audience<BookEvent>, isPoll: boolean): void {
    if (!this.#subscriptions.delete(left)) return;
    if (!isPoll) this.#stayers -= 1;
    this.#views.leave(audience);
    if (this.#subscriptions.size === 0) this.#options.onIdle();
  }

  #next(position: BookPosition, audience: Audience<BookEvent>): BookEvent | undefined {
    const event = this.#eventFor(position, audience);
    if (event) this.#options.count?.event(event.kind);
    return event;
  }

  /** The next event for this position, which is then advanced. */
  #eventFor(position: BookPosition, audience: Audience<BookEvent>): BookEvent | undefined {
    const state = this.#state;
    if (state.kind === 'failed') return state.event;
    if (state.kind === 'gap') {
      // A subscriber that missed the recovery in between is in a gap already.
      if (position.reportedGap !== null) return undefined;
      position.reportedGap = state.event;
      position.at = null;
      return state.event;
    }
    if (state.kind === 'starting' || this.#due === 'catchUp') return undefined;
    const { range, detector } = this.#options;
    const event = nextEvent(position, audience, {
      range,
      log: this.#log,
      work: this.#work,
      maxLagSeconds: detector.maxLagSeconds,
      confirmedAt: this.#confirmedAt,
    });
    if (event) position.reportedGap = null;
    return event;
  }

  #wakeUp(): void {
    this.#isWoken = true;
    if (this.#busy || this.#closed) return;
    this.#busy = true;
    // Everything that arrives at the same moment is handled together.
    queueMicrotask(() => void this.#workOff());
  }

  /** Runs the due tasks one after the other, and then waits for the next look. Never rejects. */
  async #workOff(): Promise<void> {
    let isDone = false;
    while (!isDone && !this.#closed && this.#subscriptions.size > 0) {
      this.#isWoken = false;
      try {
        const wasLive = this.#state.kind === 'live';
        isDone = !(await this.#step()) && !this.#isWoken;
        this.#collectWork();
        if (this.#hasMoved && wasLive) throw new AuthoritativeServerChanged({ haloGuid: '' }, movedNotes);
        this.#hasMoved = false;
      } catch (error) {
        this.#collectWork();
        this.#fail(error);
        isDone = true;
      }
      this.#collectWork();
      this.#notify();
    }
    this.#busy = false;
    if (this.#state.kind === 'live' && this.#detecting && !this.#closed) this.#planLook();
  }

  /** False: nothing is due. */
  async #step(): Promise<boolean> {
    if (this.#state.kind === 'failed') return false;
    if (this.#due === 'start' || this.#due === 'catchUp') return this.#readAll(this.#due);
    const unread = this.#views.read().filter((view) => !view.loaded || view.stale);
    if (unread.length > 0) {
      await Promise.all(unread.map((view) => this.#load(view)));
      return true;
    }
    const behind = this.#views.read().filter(({ dirty }) => dirty.size > 0);
    if (behind.length > 0) {
      await Promise.all(behind.map((view) => this.#read(view, [...view.dirty])));
      return true;
    }
    if (this.#written.size > 0) {
      await this.#readWritten();
      return true;
    }
    if (this.#due !== 'detect') return false;
    this.#due = null;
    const startedAt = this.#options.timers.now();
    const { shared } = this.#options;
    if (shared && this.#follows) await this.#followLog(shared);
    else await this.#detect();
    if (this.#due !== 'start') this.#confirmedAt = startedAt;
    return true;
  }

  /**
   * Starts the detection, then reads the book, so that no change between them is missed. False: no replica leads yet.
   */
  async #readAll(how: 'start' | 'catchUp'): Promise<boolean> {
    const { timers, detector, shared } = this.#options;
    const startedAt = timers.now();
    // Without lasting subscribers, nothing is detected.
    if (this.#stayers > 0) {
      await detector.start();
      this.#detecting = true;
    }
    this.#written.clear();
    if (this.#views.read().length === 0) return false;
    const isDone = shared && this.#follows ? await this.#joinLog(shared) : await this.#readAndCompare(how);
    if (!isDone) return this.#due !== how;
    this.#looked = null;
    // The first look after it can be older than what was read. The second one is not.
    this.#wholeLooks = 2;
    detector.bookChanged?.();
    this.#due = null;
    this.#confirmedAt = startedAt;
    this.#failures = 0;
    this.#state = { kind: 'live' };
    this.#everLive = true;
    return true;
  }

  /** False: it must start again. */
  async #readAndCompare(how: 'start' | 'catchUp'): Promise<boolean> {
    const followers = this.#followers;
    const found = how === 'catchUp' && followers ? await followers.since(this.#log.position) : null;
    const restarts = how === 'start' || (followers !== undefined && !this.#continues(found));
    // Clients of other replicas know the entries of the earlier leader.
    if (!restarts) for (const { changes } of found?.entries ?? []) this.#take(changes);
    const book = await this.#loadAll();
    if (restarts) {
      this.#log.restart();
      await followers?.begin(this.#log.position);
    } else {
      // Appointments that left the book are not read again. They are logged as gone.
      const changes = changedIds(this.#book, book).map((pmsId) => ({
        pmsId,
        before: this.#book.get(pmsId) ?? null,
        after: book.get(pmsId) ?? null,
      }));
      // An entry, even an empty one, shows other replicas that this one leads.
      if ((changes.length > 0 || followers) && !(await this.#add(changes))) return false;
    }
    this.#book = book;
    return true;
  }

  /** Starts at the position of the leader. False: no replica leads yet. */
  async #joinLog(shared: SharedBook): Promise<boolean> {
    const found = await shared.all();
    if (found?.failure) throw found.failure;
    if (!found) {
      this.#cancelTimer();
      this.#cancelTimer = this.#options.timers.after(leaderMs, () => this.#wakeUp());
      return false;
    }
    this.#book = await this.#loadAll();
    this.#log.continue(found, found.entries);
    return true;
  }

  /** Reads the new entries of the leader. */
  async #followLog(shared: SharedBook): Promise<void> {
    const found = await shared.since(this.#log.position);
    if (found?.failure) throw found.failure;
    // Another replica will lead within seconds.
    if (!found) return;
    if (!this.#continues(found)) {
      this.#due = 'start';
      return;
    }
    if (found.entries.length > 0) this.#options.count?.hint('replica');
    for (const { seq, changes } of found.entries) {
      const ids = changes.map(({ pmsId }) => pmsId);
      const at = { run: found.run, seq };
      const views = ids.length > 0 ? this.#views.read() : [];
      await Promise.all(
        views.map(async (view) => {
          const load = () => this.#fetch(view, ids);
          view.update(ids, byId(await shared.read(at, view.key, load)));
        }),
      );
      this.#views.markUnread(ids, views);
      this.#take(changes);
    }
  }

  /** Whether the own log and the entries of the leader are contiguous. */
  #continues(found: SharedChanges | null): boolean {
    const { run, seq } = this.#log.position;
    return found !== null && !found.failure && found.run === run && found.seq - found.entries.length === seq;
  }

  /** Applies changes that the leader has written. */
  #take(changes: readonly RowChange[]): void {
    for (const { pmsId, after } of changes) this.#put(pmsId, after);
    this.#log.add(changes);
  }

  /** The first view defines the book. The others are read after it, so that no view is older than the book. */
  async #loadAll(): Promise<Map<string, BookRow>> {
    this.#views.forgetUnread(0);
    const [first, ...others] = this.#views.read();
    if (!first) return new Map();
    const book = rowsOf(await this.#load(first));
    await Promise.all(others.map((view) => this.#load(view)));
    this.#collectWork();
    return book;
  }

  async #load(view: View): Promise<readonly Appointment[]> {
    const { range, reader, timers } = this.#options;
    const at = timers.now();
    const { appointments, complete } = await reader.appointments({
      ...range,
      fields: view.fields,
      limit: maxRows + 1,
    });
    if (appointments.length > maxRows) {
      throw new ResultTooLarge({ message: `A book of more than ${maxRows} appointments cannot be watched.` });
    }
    view.load(appointments, complete, at);
    return appointments;
  }

  /** Returns the ids. */
  async #readWritten(): Promise<readonly string[]> {
    const ids = [...this.#written];
    this.#written.clear();
    if (this.#follows) return [];
    await this.#refresh(ids);
    this.#options.detector.bookChanged?.();
    // The next look compares these appointments with the book.
    for (const id of ids) this.#looked?.set(id, unknownRow);
    return ids;
  }

  /** Looks for changes. What is written through this API meanwhile is read and sent at once. Returns its ids too. */
  async #look() {
    const written: string[] = [];
    const look = this.#options.detector.detect();
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    const over = look.then(end, end);
    for (;;) {
      const anyWrite = new Promise<void>((resolve) => {
        this.#onWrite = resolve;
      });
      if (this.#written.size === 0) await Promise.race([over, anyWrite]);
      if (isOver || this.#closed) return { rows: await look, written };
      try {
        written.push(...(await this.#readWritten()));
      } catch (error) {
        await over;
        throw error;
      }
      this.#collectWork();
      this.#notify();
    }
  }

  async #detect(): Promise<void> {
    const followers = this.#followers;
    const { rows, written } = await this.#look();
    if (followers && !this.#continues(await followers.since(this.#log.position))) {
      // Redis has lost the log, or another replica has written it.
      this.#due = 'start';
      return;
    }
    if (!rows) return;
    const ids = this.#suspects(rows);
    if (ids.length > 0) await this.#refresh(ids);
    this.#wholeLooks -= 1;
    this.#looked = this.#wholeLooks > 0 ? null : new Map(rows);
    for (const id of written) this.#looked?.set(id, unknownRow);
  }

  /**
   * The differences from the previous look, and from the book. A look can be older than the book, which a write
   * through this API may have changed since. It can also come from another source, which knows less.
   */
  #suspects(rows: ReadonlyMap<string, BookRow>): readonly string[] {
    const differs = changedIds(this.#book, rows);
    if (!this.#looked) return differs;
    const sinceLook = new Set(changedIds(this.#looked, rows));
    return differs.filter((id) => sinceLook.has(id));
  }

  /**
   * Reads these appointments once for each selection. The first read updates the book. The others follow, so that no
   * view is older than the book.
   */
  async #refresh(ids: readonly string[]): Promise<void> {
    const views = this.#views.read();
    const [first, ...others] = views;
    if (!first) return;
    const found = await this.#read(first, ids);
    await Promise.all(others.map((view) => this.#read(view, ids)));
    this.#views.markUnread(ids, views);
    const changes = ids.flatMap((id) => this.#changeTo(id, found.get(id)) ?? []);
    // Subscribers can read the event now.
    this.#collectWork();
    if (changes.length > 0) await this.#add(changes);
  }

  /** False: another replica leads now, and this one must start again. */
  async #add(changes: readonly RowChange[]): Promise<boolean> {
    const followers = this.#followers;
    if (followers) {
      const { run, seq } = this.#log.position;
      const ids = changes.map(({ pmsId }) => pmsId);
      const next = { run, seq: seq + 1 };
      await Promise.all(
        this.#views.read().map((view) => followers.offer(next, view.key, view.appointmentsOf(ids))),
      );
      if (!(await followers.append({ run, seq }, changes))) {
        this.#due = 'start';
        return false;
      }
    }
    this.#log.add(changes);
    return true;
  }

  async #read(view: View, ids: readonly string[]): Promise<ReadonlyMap<string, Appointment>> {
    const found = byId((await this.#fetch(view, ids)).appointments);
    view.update(ids, found);
    return found;
  }

  #fetch(view: View, ids: readonly string[]) {
    return this.#options.reader.appointments({ ids, statuses: appointmentStatuses, fields: view.fields });
  }

  /** Undefined: it did not change, or was never in this book. */
  #changeTo(pmsId: string, appointment: Appointment | undefined): RowChange | undefined {
    const before = this.#book.get(pmsId) ?? null;
    const after = appointment ? bookRow(appointment) : null;
    const isIn = this.#put(pmsId, after);
    if (!before && !isIn) return undefined;
    return before?.stamp === after?.stamp ? undefined : { pmsId, before, after };
  }

  /** Whether the book contains it now. */
  #put(pmsId: string, row: BookRow | null): boolean {
    const isIn = row !== null && isInBook(row, this.#options.range);
    if (isIn) this.#book.set(pmsId, row);
    else this.#book.delete(pmsId);
    return isIn;
  }

  #fail(error: unknown): void {
    this.#hasMoved = false;
    if (error instanceof AuthoritativeServerChanged && error.currentHaloGuid !== null) {
      this.#work.addNotice(movedNotice(error, error.currentHaloGuid));
    }
    const { log, timers } = this.#options;
    if (!(error instanceof HaloError))
      log.error({ err: error }, 'Unexpected error in a watched appointment book');
    const failure =
      error instanceof HaloError
        ? error
        : new UpstreamFailed(null, { detail: 'a bug in the watch', cause: error });
    if (isFinal(failure, this.#everLive)) {
      this.#state = { kind: 'failed', event: { kind: 'failed', error: failure, ...this.#work.take() } };
      return;
    }
    if (!failure.heldBack) this.#failures += 1;
    log.warn(
      { code: failure.code, failures: this.#failures },
      'A watched appointment book may be out of date',
    );
    this.#due = 'start';
    const delayMs = retryDelayMs(failure, this.#failures);
    if (this.#state.kind !== 'gap') {
      void this.#followers?.fail(failure);
      const event = gapOf(failure, { delayMs, since: this.#confirmedAt, work: this.#work });
      this.#state = { kind: 'gap', event };
    }
    this.#cancelTimer();
    this.#cancelTimer = timers.after(delayMs, () => this.#wakeUp());
  }

  #planLook(): void {
    this.#cancelTimer();
    const { timers, detector } = this.#options;
    this.#cancelTimer = timers.after(detector.intervalSeconds * 1000, () => this.hint());
  }

  #collectWork(): void {
    if (this.#work.add(this.#options.reader.takeWork())) this.#hasMoved = true;
  }

  #notify(): void {
    for (const subscription of [...this.#subscriptions]) subscription.wake();
  }
}

const unknownRow: BookRow = { pmsId: '', start: '', status: 'UNKNOWN', userId: null, stamp: '' };

const byId = (appointments: readonly Appointment[]): ReadonlyMap<string, Appointment> =>
  new Map(appointments.map((each) => [each.pmsId, each]));

const rowsOf = (appointments: readonly Appointment[]): Map<string, BookRow> =>
  new Map(appointments.map((each) => [each.pmsId, bookRow(each)]));

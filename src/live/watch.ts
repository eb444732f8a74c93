/**
 * One practice's appointment book for a range of dates, watched for all who subscribe to it. Changes are detected, then read
 * once for each distinct selection, then shown to every subscriber.
 */
import { randomBytes } from 'node:crypto';
import { type Appointment, appointmentStatuses } from '../datasources/domain/appointment.ts';
import type { Selection } from '../datasources/domain/selection.ts';
import type { Notice } from '../datasources/halo-cloud/halo-session.ts';
import { AuthoritativeServerChanged, HaloError, ResultTooLarge, UpstreamFailed } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Instant, LocalDate } from '../time/types.ts';
import { Audience } from './audience.ts';
import { changedIds, type RowChange } from './book-changes.ts';
import { decodeCursor, encodeCursor, usersName } from './book-cursor.ts';
import type { BookEvent, BookFailed, BookGap } from './book-events.ts';
import type { BookReader } from './book-reader.ts';
import { type BookRange, type BookRow, bookRow, isInBook } from './book-row.ts';
import { type BookPosition, BookSubscription } from './book-subscription.ts';
import { ChangeLog } from './change-log.ts';
import type { Detector } from './detector.ts';
import { isFinal, retryDelayMs } from './recovery.ts';
import type { Timers } from './timers.ts';
import { View } from './view.ts';
import { WorkAccount } from './work-account.ts';

/** Rows of one book. */
const maxRows = 10_000;
/** Milliseconds for which a selection is known after its last reader: whoever polls comes back. */
const keptMs = 900_000;
/** Milliseconds for which a book that was just read is taken for up to date. */
const freshMs = 1_000;
/** Changes that a reader may be behind before it gets a snapshot instead. */
const maxChanges = 5_000;

export interface WatchOptions {
  readonly range: BookRange;
  readonly reader: BookReader;
  readonly detector: Detector;
  readonly timers: Timers;
  readonly log: Log;
  /** For how long people's details in a snapshot may lag behind, in seconds: only appointments are watched. */
  readonly maxSnapshotSeconds: number;
  /** Called when the last subscriber has left. */
  readonly onIdle: () => void;
  /** Called with the ids of appointments that a look found to be different. */
  readonly onDetected?: ((ids: readonly string[]) => void) | undefined;
}

export interface BookRequest {
  readonly fields: Selection;
  /** Null: all. */
  readonly userIds: readonly string[] | null;
  /** A cursor of an earlier event. */
  readonly after: string | null;
  /** One event is all that is wanted. Its reader comes back with the cursor. @default false */
  readonly isPoll?: boolean;
}

type State =
  | { readonly kind: 'starting' | 'live' }
  | { readonly kind: 'gap'; readonly event: BookGap }
  | { readonly kind: 'failed'; readonly event: BookFailed };

export class Watch {
  readonly #options: WatchOptions;
  /** Positions of another run, be it of another process, are not of this one. */
  readonly #run = randomBytes(6).toString('base64url');
  readonly #log = new ChangeLog(maxChanges);
  readonly #views = new Map<string, View>();
  readonly #audiences = new Map<string, Audience<BookEvent>>();
  readonly #subscriptions = new Set<BookSubscription>();
  readonly #work = new WorkAccount();
  #book: Map<string, BookRow> = new Map();
  /** What the latest look found; null before the first one. */
  #looked: Map<string, BookRow> | null = null;
  #state: State = { kind: 'starting' };
  #everLive = false;
  /** Whether a read found the practice at another site. */
  #hasMoved = false;
  /** Whether the detector runs. */
  #detecting = false;
  /** Subscribers who stay for more than one event. */
  #stayers = 0;
  #confirmedAt: number;
  #failures = 0;
  readonly #written = new Set<string>();
  /** `start`: everything is read, and what was known before is in doubt. `catchUp`: everything is read and compared. */
  #due: 'start' | 'catchUp' | 'detect' | null = 'start';
  #busy = false;
  #closed = false;
  #cancelTimer: () => void = () => {};

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#confirmedAt = options.timers.now();
  }

  get subscribers(): number {
    return this.#subscriptions.size;
  }

  /** Whether it cannot be watched. */
  get failed(): boolean {
    return this.#state.kind === 'failed';
  }

  subscribe({ fields, userIds, after, isPoll = false }: BookRequest): BookSubscription {
    const audience = this.#audienceOf(fields, userIds);
    audience.subscribers += 1;
    audience.view.subscribers += 1;
    const source = {
      next: (position: BookPosition) => this.#next(position, audience),
      leave: (left: BookSubscription) => this.#leave(left, audience, isPoll),
    };
    const seq = this.#positionOf(after, audience);
    const subscription = new BookSubscription(source, { seq, toldGap: null, resumed: seq !== null });
    if (!isPoll) this.#stayers += 1;
    if (this.#isBehind()) this.#due = 'catchUp';
    // Whoever comes when nobody waits for the recovery waits for the next attempt.
    if (this.#state.kind === 'gap' && this.#subscriptions.size === 0) this.#state = { kind: 'starting' };
    this.#subscriptions.add(subscription);
    this.#wakeUp();
    return subscription;
  }

  /** Whether changes may have happened that nobody detects. */
  #isBehind(): boolean {
    if (this.#due === 'start' || this.#due === 'catchUp') return false;
    if (this.#detecting) return this.#subscriptions.size === 0 && this.#due === 'detect';
    return this.#stayers > 0 || this.#options.timers.now() - this.#confirmedAt > freshMs;
  }

  /** A write through this API may have changed these appointments, one of which may now be on this date. */
  written(ids: readonly string[], date: LocalDate | null): void {
    const { from, to } = this.#options.range;
    const isHere = date !== null && date >= from && date <= to;
    const concerned = ids.filter((id) => isHere || this.#book.has(id));
    for (const id of concerned) this.#written.add(id);
    // Nobody knows the id of what may have been booked.
    if (ids.length === 0 && isHere) this.hint();
    else if (concerned.length > 0) this.#wakeUp();
  }

  /** These appointments changed. */
  changed(ids: readonly string[]): void {
    for (const id of ids) this.#written.add(id);
    this.#wakeUp();
  }

  /** Changes may have been missed. Everything is read and compared. */
  catchUp(): void {
    if (this.#due !== 'start') this.#due = 'catchUp';
    this.#wakeUp();
  }

  /** It is not known whether the book is up to date. */
  doubt(error: HaloError): void {
    if (this.#state.kind !== 'live') return;
    this.#fail(error);
    this.#notify();
  }

  /** There may be something new. */
  hint(): void {
    this.#due ??= 'detect';
    this.#wakeUp();
  }

  /** Nothing is detected until somebody comes back, who is told what changed meanwhile. Never rejects. */
  async sleep(): Promise<void> {
    this.#cancelTimer();
    this.#detecting = false;
    await this.#options.detector.stop();
  }

  /** Nothing is detected or read any more. Never rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.sleep();
  }

  #audienceOf(fields: Selection, userIds: readonly string[] | null): Audience<BookEvent> {
    const made = new View(fields, this.#options.range);
    const view = this.#views.get(made.key) ?? made;
    this.#views.set(view.key, view);
    const { maxSnapshotSeconds, timers } = this.#options;
    // Nobody watches patients and users: what a snapshot says of them must not be too old.
    if (view.loaded && timers.now() - view.loadedAt > maxSnapshotSeconds * 1000) view.stale = true;
    const users = usersName(userIds);
    const key = `${users} ${view.key}`;
    let audience = this.#audiences.get(key);
    if (audience?.view !== view) {
      audience = new Audience(view, userIds, users);
      this.#audiences.set(key, audience);
    }
    return audience;
  }

  #positionOf(after: string | null, { users }: Audience<BookEvent>): number | null {
    const cursor = after === null ? undefined : decodeCursor(after);
    if (cursor?.run !== this.#run || cursor.users !== users) return null;
    return this.#log.knows(cursor.seq) ? cursor.seq : null;
  }

  #leave(left: BookSubscription, audience: Audience<BookEvent>, isPoll: boolean): void {
    if (!this.#subscriptions.delete(left)) return;
    if (!isPoll) this.#stayers -= 1;
    audience.view.subscribers -= 1;
    audience.view.usedAt = this.#options.timers.now();
    audience.subscribers -= 1;
    if (this.#subscriptions.size === 0) this.#options.onIdle();
  }

  /** The next event for this position, which it moves on. */
  #next(position: BookPosition, audience: Audience<BookEvent>): BookEvent | undefined {
    const state = this.#state;
    if (state.kind === 'failed') return state.event;
    if (state.kind === 'gap') {
      if (position.toldGap === state.event) return undefined;
      position.toldGap = state.event;
      return state.event;
    }
    const { view } = audience;
    if (state.kind === 'starting' || this.#due === 'catchUp' || !view.loaded || view.dirty.size > 0)
      return undefined;
    const { seq } = this.#log;
    if (position.seq !== null && position.seq !== seq) {
      const from = position.seq;
      const changed = audience.once(from, seq, () => this.#changed(audience, from));
      if (changed?.kind !== 'changed') position.seq = null;
      else {
        position.seq = seq;
        if (changed.changes.length > 0 || position.resumed) {
          position.resumed = false;
          return changed;
        }
      }
    }
    if (position.seq === seq) {
      if (!position.resumed) return undefined;
      position.resumed = false;
      return audience.once(seq, seq, () => this.#changed(audience, seq)) ?? undefined;
    }
    if (view.stale) return undefined;
    position.seq = seq;
    position.resumed = false;
    return audience.once(null, seq, () => this.#snapshot(audience)) ?? undefined;
  }

  /** Null: a snapshot has to do. */
  #changed(audience: Audience<BookEvent>, from: number): BookEvent | null {
    const merged = this.#log.since(from, (row) => isInBook(row, this.#options.range));
    const changes = merged && audience.changes(merged);
    return changes && { kind: 'changed', ...this.#stamp(audience), changes, ...this.#work.take() };
  }

  #snapshot(audience: Audience<BookEvent>): BookEvent {
    const { view, userIds } = audience;
    const { cost, notices } = this.#work.take();
    return {
      kind: 'snapshot',
      ...this.#stamp(audience),
      maxLagSeconds: this.#options.detector.maxLagSeconds,
      complete: view.complete,
      appointments: view.appointments(userIds),
      cost,
      notices,
    };
  }

  #stamp({ users }: Audience<BookEvent>) {
    return {
      cursor: encodeCursor({ run: this.#run, seq: this.#log.seq, users }),
      asOf: utcInstant(this.#confirmedAt),
    };
  }

  #wakeUp(): void {
    if (this.#busy || this.#closed) return;
    this.#busy = true;
    // Whatever else comes in this moment is done with it.
    queueMicrotask(() => void this.#workOff());
  }

  /** Does what is due, one after the other, and then waits for the next look. Never rejects. */
  async #workOff(): Promise<void> {
    let isDone = false;
    while (!isDone && !this.#closed && this.#subscriptions.size > 0) {
      try {
        const wasLive = this.#state.kind === 'live';
        isDone = !(await this.#step());
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
    if (this.#due === 'start' || this.#due === 'catchUp') {
      await this.#readAll(this.#due);
      return true;
    }
    const unread = this.#readViews().filter((view) => !view.loaded || view.stale);
    if (unread.length > 0) {
      await Promise.all(unread.map((view) => this.#load(view)));
      return true;
    }
    const behind = this.#readViews().filter(({ dirty }) => dirty.size > 0);
    if (behind.length > 0) {
      await Promise.all(behind.map((view) => this.#read(view, [...view.dirty])));
      return true;
    }
    if (this.#written.size > 0) {
      const ids = [...this.#written];
      this.#written.clear();
      await this.#refresh(ids);
      // Whatever the next look finds of them is compared with the book.
      for (const id of ids) this.#looked?.set(id, unknownRow);
      return true;
    }
    if (this.#due !== 'detect') return false;
    this.#due = null;
    await this.#detect();
    return true;
  }

  /** Starts to detect, then reads the book: no change is missed between the two. */
  async #readAll(how: 'start' | 'catchUp'): Promise<void> {
    const startedAt = this.#options.timers.now();
    // For those who ask once and go, nothing has to be detected.
    if (this.#stayers > 0) {
      await this.#options.detector.start();
      this.#detecting = true;
    }
    this.#written.clear();
    this.#forgetUnread(0);
    const [first, ...others] = this.#readViews();
    if (!first) return;
    const book = rowsOf(await this.#load(first));
    await Promise.all(others.map((view) => this.#load(view)));
    this.#collectWork();
    if (how === 'start') this.#log.restart();
    else this.#logDifference(book);
    this.#book = book;
    this.#looked = null;
    this.#due = null;
    this.#confirmedAt = startedAt;
    this.#failures = 0;
    this.#state = { kind: 'live' };
    this.#everLive = true;
  }

  /** What left the book is not read again: it is logged as gone. */
  #logDifference(book: ReadonlyMap<string, BookRow>): void {
    const changes = changedIds(this.#book, book).map((pmsId) => ({
      pmsId,
      before: this.#book.get(pmsId) ?? null,
      after: book.get(pmsId) ?? null,
    }));
    if (changes.length > 0) this.#log.add(changes);
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

  async #detect(): Promise<void> {
    const startedAt = this.#options.timers.now();
    const rows = await this.#options.detector.detect();
    if (rows) {
      const ids = this.#suspects(rows);
      if (ids.length > 0) {
        this.#options.onDetected?.(ids);
        await this.#refresh(ids);
      }
      this.#looked = new Map(rows);
    }
    this.#confirmedAt = startedAt;
  }

  /**
   * What differs from the look before, and from the book. A look can be older than the book, which a write through this API
   * has changed since, or come from another source, which knows less.
   */
  #suspects(rows: ReadonlyMap<string, BookRow>): readonly string[] {
    const differs = changedIds(this.#book, rows);
    if (!this.#looked) return differs;
    const sinceLook = new Set(changedIds(this.#looked, rows));
    return differs.filter((id) => sinceLook.has(id));
  }

  /**
   * Reads these appointments once for each selection. The first read says what the book is; the others come after it, so
   * that no view is ever older than the book.
   */
  async #refresh(ids: readonly string[]): Promise<void> {
    const [first, ...others] = this.#readViews();
    if (!first) return;
    const found = await this.#read(first, ids);
    await Promise.all(others.map((view) => this.#read(view, ids)));
    for (const view of this.#views.values()) {
      if (view.subscribers === 0) for (const id of ids) view.dirty.add(id);
    }
    const changes = ids.flatMap((id) => this.#changeTo(id, found.get(id)) ?? []);
    // A subscriber can read the event in the next moment.
    this.#collectWork();
    if (changes.length > 0) this.#log.add(changes);
  }

  async #read(view: View, ids: readonly string[]): Promise<ReadonlyMap<string, Appointment>> {
    const query = { ids, statuses: appointmentStatuses, fields: view.fields };
    const { appointments } = await this.#options.reader.appointments(query);
    const byId = new Map(appointments.map((each) => [each.pmsId, each]));
    view.update(ids, byId);
    return byId;
  }

  /** Undefined: it did not change, or never was in this book. */
  #changeTo(pmsId: string, appointment: Appointment | undefined): RowChange | undefined {
    const before = this.#book.get(pmsId) ?? null;
    const after = appointment ? bookRow(appointment) : null;
    const isIn = after !== null && isInBook(after, this.#options.range);
    if (isIn) this.#book.set(pmsId, after);
    else this.#book.delete(pmsId);
    if (!before && !isIn) return undefined;
    return before?.stamp === after?.stamp ? undefined : { pmsId, before, after };
  }

  /** Views without readers are not read, and after some time forgotten. */
  #readViews(): readonly View[] {
    this.#forgetUnread(keptMs);
    return [...this.#views.values()].filter(({ subscribers }) => subscribers > 0);
  }

  /** @param keptMs milliseconds since the last reader */
  #forgetUnread(keptMs: number): void {
    const now = this.#options.timers.now();
    for (const [key, { subscribers, usedAt }] of this.#views) {
      if (subscribers === 0 && now - usedAt >= keptMs) this.#views.delete(key);
    }
    for (const [key, { subscribers, view }] of this.#audiences) {
      if (subscribers === 0 && this.#views.get(view.key) !== view) this.#audiences.delete(key);
    }
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
    this.#failures += 1;
    log.warn(
      { code: failure.code, failures: this.#failures },
      'A watched appointment book may be out of date',
    );
    this.#due = 'start';
    const delayMs = retryDelayMs(failure, this.#failures);
    if (this.#state.kind !== 'gap') this.#state = { kind: 'gap', event: this.#gapFor(failure, delayMs) };
    this.#cancelTimer();
    this.#cancelTimer = timers.after(delayMs, () => this.#wakeUp());
  }

  #gapFor(error: HaloError, delayMs: number): BookGap {
    const { code, message } = error;
    return {
      error,
      kind: 'gap',
      since: utcInstant(this.#confirmedAt),
      reason: code,
      message,
      retryAfterSeconds: Math.ceil(delayMs / 1000),
      ...this.#work.take(),
    };
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

const movedNotes = {
  retryable: true,
  message: 'The practice has moved to another server. The book is read again.',
};

const movedNotice = (
  { haloGuid, bpSiteId }: AuthoritativeServerChanged,
  currentHaloGuid: string,
): Notice => ({
  code: 'SITE_MOVED',
  message: 'The practice has moved to another server. This data comes from the current one.',
  bpSiteId,
  previousHaloGuid: haloGuid,
  currentHaloGuid,
});

const unknownRow: BookRow = { pmsId: '', start: '', status: 'UNKNOWN', userId: null, stamp: '' };

const rowsOf = (appointments: readonly Appointment[]): Map<string, BookRow> =>
  new Map(appointments.map((each) => [each.pmsId, bookRow(each)]));

const utcInstant = (ms: number): Instant => `${new Date(ms).toISOString().slice(0, 19)}Z`;

import type { HaloError } from '../errors.ts';
import type { CountLive } from '../telemetry/live-counts.ts';
import { changedIds, type RowChange } from './book-changes.ts';
import type { BookContents } from './book-contents.ts';
import { ChangeLog } from './change-log.ts';
import type { SharedBook, SharedChanges } from './shared-book.ts';
import type { WorkAccount } from './work-account.ts';

/** Number of changes that a reader may be behind. After that it gets a snapshot. */
const maxChanges = 5_000;

export interface ReplicatedLogOptions {
  readonly contents: BookContents;
  readonly work: WorkAccount;
  /** The same book in other replicas. Undefined: there are none. */
  readonly shared: SharedBook | undefined;
  readonly count: CountLive | undefined;
  /** Whether the detector runs. Otherwise this replica neither leads nor follows. */
  readonly isDetecting: () => boolean;
  /** The log was lost, or another replica has written it. This replica must start again. */
  readonly onLost: () => void;
}

/**
 * The changes of a book. The replica that leads writes them into the log that all replicas share, and the others read them
 * there. Methods that use the shared log throw a HaloError if Redis does not answer.
 */
export class ReplicatedLog {
  readonly changes = new ChangeLog(maxChanges);
  readonly #options: ReplicatedLogOptions;

  constructor(options: ReplicatedLogOptions) {
    this.#options = options;
  }

  /** Whether another replica detects the changes. */
  get follows(): boolean {
    return this.#options.isDetecting() && this.#options.shared?.leads === false;
  }

  /** Whether other replicas may read what this one writes. */
  get leads(): boolean {
    return this.#followers !== undefined;
  }

  /** The other replicas, while this one leads. */
  get #followers(): SharedBook | undefined {
    return this.#options.isDetecting() && !this.follows ? this.#options.shared : undefined;
  }

  /**
   * Reads the book as the replica that leads, or as the only one. False: this replica must start again.
   * @param how `start`: earlier data is in doubt, so the log begins again. `catchUp`: the book is compared with the rows
   */
  async readAndCompare(how: 'start' | 'catchUp'): Promise<boolean> {
    const { contents, work } = this.#options;
    const followers = this.#followers;
    const found = how === 'catchUp' && followers ? await followers.since(this.changes.position) : null;
    const restarts = how === 'start' || (followers !== undefined && !this.#continues(found));
    // Clients of other replicas know the entries of the earlier leader.
    if (!restarts) for (const { changes } of found?.entries ?? []) this.#take(changes);
    const rows = await contents.loadAll();
    work.collect();
    if (restarts) {
      this.changes.restart();
      await followers?.begin(this.changes.position);
    } else {
      // Appointments that left the book are not read again. They are logged as gone.
      const changes = changedIds(contents.rows, rows).map((pmsId) => ({
        pmsId,
        before: contents.rows.get(pmsId) ?? null,
        after: rows.get(pmsId) ?? null,
      }));
      // An entry, even an empty one, shows other replicas that this one leads.
      if ((changes.length > 0 || followers) && !(await this.add(changes))) return false;
    }
    contents.replaceRows(rows);
    return true;
  }

  /** Reads the book, and starts at the position of the leader. False: no replica leads yet. */
  async join(): Promise<boolean> {
    const { contents, work, shared } = this.#options;
    const found = await shared?.all();
    if (found?.failure) throw found.failure;
    if (!found) return false;
    const rows = await contents.loadAll();
    work.collect();
    contents.replaceRows(rows);
    this.changes.continue(found, found.entries);
    return true;
  }

  /** Reads the new entries of the leader. */
  async follow(): Promise<void> {
    const { contents, shared, count, onLost } = this.#options;
    const found = await shared?.since(this.changes.position);
    if (found?.failure) throw found.failure;
    // Another replica will lead within seconds.
    if (!shared || !found) return;
    if (!this.#continues(found)) {
      onLost();
      return;
    }
    if (found.entries.length > 0) count?.hint('replica');
    for (const { seq, changes } of found.entries) {
      const at = { run: found.run, seq };
      const ids = changes.map(({ pmsId }) => pmsId);
      await contents.updateViews(ids, (view, load) => shared.read(at, view.key, load));
      this.#take(changes);
    }
  }

  /** Logs changes that this replica has read. False: another replica leads now, and this one must start again. */
  async add(changes: readonly RowChange[]): Promise<boolean> {
    const followers = this.#followers;
    if (followers) {
      const { run, seq } = this.changes.position;
      const ids = changes.map(({ pmsId }) => pmsId);
      const next = { run, seq: seq + 1 };
      const views = this.#options.contents.views.read();
      await Promise.all(views.map((view) => followers.offer(next, view.key, view.appointmentsOf(ids))));
      if (!(await followers.append({ run, seq }, changes))) {
        this.#options.onLost();
        return false;
      }
    }
    this.changes.add(changes);
    return true;
  }

  /** Whether the shared log still ends where this replica ended it. If not, this replica must start again. */
  async isOwn(): Promise<boolean> {
    const { shared, onLost } = this.#options;
    const isOwn = this.#continues((await shared?.since(this.changes.position)) ?? null);
    if (!isOwn) onLost();
    return isOwn;
  }

  /** Other replicas learn that the book may be out of date. */
  fail(error: HaloError): void {
    void this.#followers?.fail(error);
  }

  /** Whether the own log and the entries of the leader are contiguous. */
  #continues(found: SharedChanges | null): boolean {
    const { run, seq } = this.changes.position;
    return found !== null && !found.failure && found.run === run && found.seq - found.entries.length === seq;
  }

  /** Applies changes that the leader has written. */
  #take(changes: readonly RowChange[]): void {
    for (const { pmsId, after } of changes) this.#options.contents.put(pmsId, after);
    this.changes.add(changes);
  }
}

import { randomBytes } from 'node:crypto';
import type { LogPosition } from '../store/shared-log.ts';
import { mergeChanges, type RowChange } from './book-changes.ts';
import type { BookRow } from './book-row.ts';

interface Entry {
  readonly seq: number;
  readonly changes: readonly RowChange[];
}

/** The latest changes of a book. Its length is limited: readers that are too far behind get a snapshot. */
export class ChangeLog {
  readonly #maxChanges: number;
  #entries: Entry[] = [];
  #size = 0;
  #position: LogPosition = { run: randomBytes(6).toString('base64url'), seq: 0 };
  /** The oldest number since which all changes are known. */
  #first = 0;

  constructor(maxChanges: number) {
    this.#maxChanges = maxChanges;
  }

  /** The position after all changes. */
  get position(): LogPosition {
    return this.#position;
  }

  add(changes: readonly RowChange[]): void {
    const { run, seq } = this.#position;
    this.#position = { run, seq: seq + 1 };
    this.#entries.push({ seq: seq + 1, changes });
    this.#size += changes.length;
    while (this.#size > this.#maxChanges && this.#entries.length > 0) this.#drop();
  }

  /** Drops all changes before this moment. */
  restart(): void {
    const { run, seq } = this.#position;
    this.#begin({ run, seq: seq + 1 });
  }

  /** Continues the log of another replica, whose entries are known up to a position. */
  continue({ run, seq }: LogPosition, entries: readonly Entry[]): void {
    this.#begin({ run, seq: seq - entries.length });
    for (const { changes } of entries) this.add(changes);
  }

  /** Whether changes since this position are known. */
  knows({ run, seq }: LogPosition): boolean {
    return run === this.#position.run && seq >= this.#first && seq <= this.#position.seq;
  }

  /** All changes after this position as one list. Null if they are not known. */
  since(position: LogPosition, isIn: (row: BookRow) => boolean): readonly RowChange[] | null {
    if (!this.knows(position)) return null;
    const from = this.#entries.findIndex(({ seq }) => seq > position.seq);
    if (from === -1) return [];
    return mergeChanges(
      this.#entries.slice(from).map(({ changes }) => changes),
      isIn,
    );
  }

  #begin(position: LogPosition): void {
    this.#entries = [];
    this.#size = 0;
    this.#position = position;
    this.#first = position.seq;
  }

  #drop(): void {
    const dropped = this.#entries.shift();
    if (!dropped) return;
    this.#size -= dropped.changes.length;
    this.#first = dropped.seq;
  }
}

import { mergeChanges, type RowChange } from './book-changes.ts';
import type { BookRow } from './book-row.ts';

interface Entry {
  readonly seq: number;
  readonly changes: readonly RowChange[];
}

/** The latest changes of a book. Bounded: whoever is too far behind gets a snapshot. */
export class ChangeLog {
  readonly #maxChanges: number;
  #entries: Entry[] = [];
  #size = 0;
  #seq: number;
  /** The oldest position from which everything is known. */
  #first: number;

  constructor(maxChanges: number, seq = 0) {
    this.#maxChanges = maxChanges;
    this.#seq = seq;
    this.#first = seq;
  }

  /** The position after all changes. */
  get seq(): number {
    return this.#seq;
  }

  /** Gives the new position. */
  add(changes: readonly RowChange[]): number {
    this.#seq += 1;
    this.#entries.push({ seq: this.#seq, changes });
    this.#size += changes.length;
    while (this.#size > this.#maxChanges && this.#entries.length > 0) this.#drop();
    return this.#seq;
  }

  /** Whatever was known before this moment is not known any more. */
  restart(): void {
    this.#entries = [];
    this.#size = 0;
    this.#seq += 1;
    this.#first = this.#seq;
  }

  /** Whether changes since this position are known. */
  knows(position: number): boolean {
    return position >= this.#first && position <= this.#seq;
  }

  /** Everything after this position as one list; null when it is not known. */
  since(position: number, isIn: (row: BookRow) => boolean): readonly RowChange[] | null {
    if (!this.knows(position)) return null;
    const from = this.#entries.findIndex(({ seq }) => seq > position);
    if (from === -1) return [];
    return mergeChanges(
      this.#entries.slice(from).map(({ changes }) => changes),
      isIn,
    );
  }

  #drop(): void {
    const dropped = this.#entries.shift();
    if (!dropped) return;
    this.#size -= dropped.changes.length;
    this.#first = dropped.seq;
  }
}

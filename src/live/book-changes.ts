/** What changed between two states of a book, keyed by id. */
import type { BookRow, BookRows } from './book-row.ts';

/** One appointment before and after. */
export interface RowChange {
  readonly pmsId: string;
  /** Null: it was not in the book. */
  readonly before: BookRow | null;
  /** Null: the practice has no such appointment any more. A row that left the book is here with its new start or status. */
  readonly after: BookRow | null;
}

export type ChangeKind = 'BOOKED' | 'MOVED' | 'UPDATED' | 'STATUS_CHANGED' | 'CANCELLED';

/** The ids whose rows differ, in either direction. */
export function changedIds(before: BookRows, after: BookRows): readonly string[] {
  const ids: string[] = [];
  for (const [id, row] of after) if (before.get(id)?.stamp !== row.stamp) ids.push(id);
  for (const id of before.keys()) if (!after.has(id)) ids.push(id);
  return ids;
}

/** An appointment that enters from another day is `BOOKED`: nobody knows where it was before. */
export function kindOf({ before, after }: RowChange): ChangeKind {
  if (after === null || after.status === 'CANCELLED') return 'CANCELLED';
  if (before === null) return 'BOOKED';
  if (before.start !== after.start || before.userId !== after.userId) return 'MOVED';
  return before.status === after.status ? 'UPDATED' : 'STATUS_CHANGED';
}

/**
 * Several lists of changes, in order, as if they had been one. What came and went again cancels out; two moves are one
 * from the first start.
 * @param isIn whether a row is in the book
 */
export function mergeChanges(
  lists: Iterable<readonly RowChange[]>,
  isIn: (row: BookRow) => boolean,
): readonly RowChange[] {
  const merged = new Map<string, RowChange>();
  for (const list of lists) {
    for (const change of list) {
      const earlier = merged.get(change.pmsId);
      // A later change comes later in the result too.
      merged.delete(change.pmsId);
      merged.set(change.pmsId, earlier ? { ...change, before: earlier.before } : change);
    }
  }
  return [...merged.values()].filter(({ before, after }) =>
    before === null ? after !== null && isIn(after) : before.stamp !== after?.stamp,
  );
}

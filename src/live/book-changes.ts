/** The changes between two states of a book, by id. */
import type { BookRow, BookRows } from './book-row.ts';

/** One appointment before and after. */
export interface RowChange {
  readonly pmsId: string;
  /** Null: it was not in the book. */
  readonly before: BookRow | null;
  /** Null: the appointment no longer exists. A row that left the book has its new start or status here. */
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

/** An appointment that moves in from another day is `BOOKED`, because its earlier place is not known. */
export function kindOf({ before, after }: RowChange): ChangeKind {
  if (after === null || after.status === 'CANCELLED') return 'CANCELLED';
  if (before === null) return 'BOOKED';
  if (before.start !== after.start || before.userId !== after.userId) return 'MOVED';
  return before.status === after.status ? 'UPDATED' : 'STATUS_CHANGED';
}

/**
 * Merges several lists of changes, in order. Changes that cancel out are removed. Two moves become one move from the
 * first start.
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

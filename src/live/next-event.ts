import type { Instant } from '../time/types.ts';
import type { Audience } from './audience.ts';
import { decodeCursor, encodeCursor } from './book-cursor.ts';
import type { BookEvent } from './book-events.ts';
import { type BookRange, isInBook } from './book-row.ts';
import type { BookPosition } from './book-subscription.ts';
import type { ChangeLog } from './change-log.ts';
import type { WorkAccount } from './work-account.ts';

/** A book that is up to date. */
export interface LiveBook {
  readonly range: BookRange;
  readonly log: ChangeLog;
  readonly work: WorkAccount;
  readonly maxLagSeconds: number;
  /** Milliseconds since 1970. */
  readonly confirmedAt: number;
}

/** The start position of a subscriber with this cursor. */
export function firstPosition(after: string | null, { users }: Audience<BookEvent>): BookPosition {
  const cursor = after === null ? undefined : decodeCursor(after);
  const at = cursor?.users === users ? { run: cursor.run, seq: cursor.seq } : null;
  return { at, reportedGap: null, resumed: at !== null };
}

/** The next event for this position, which is then advanced. Undefined: there is none. */
export function nextEvent(
  position: BookPosition,
  audience: Audience<BookEvent>,
  book: LiveBook,
): BookEvent | undefined {
  const { view } = audience;
  if (!view.loaded || view.dirty.size > 0) return undefined;
  const { position: now } = book.log;
  const { at, resumed } = position;
  if (at !== null && book.log.knows(at)) {
    if (at.seq === now.seq && !resumed) return undefined;
    const event = audience.once(at.seq, now, () => changed(audience, at, book));
    if (event?.kind === 'changed') {
      position.at = now;
      position.resumed = false;
      return event.changes.length > 0 || resumed ? event : undefined;
    }
  }
  position.at = null;
  if (view.stale) return undefined;
  position.at = now;
  position.resumed = false;
  return audience.once(null, now, () => snapshot(audience, book)) ?? undefined;
}

/** Null: a snapshot is needed. */
function changed(
  audience: Audience<BookEvent>,
  from: NonNullable<BookPosition['at']>,
  book: LiveBook,
): BookEvent | null {
  const merged = book.log.since(from, (row) => isInBook(row, book.range));
  const changes = merged && audience.changes(merged);
  return changes && { kind: 'changed', ...stamp(audience, book), changes, ...book.work.take() };
}

function snapshot(audience: Audience<BookEvent>, book: LiveBook): BookEvent {
  const { view, userIds } = audience;
  return {
    kind: 'snapshot',
    ...stamp(audience, book),
    maxLagSeconds: book.maxLagSeconds,
    complete: view.complete,
    appointments: view.appointments(userIds),
    ...book.work.take(),
  };
}

const stamp = ({ users }: Audience<BookEvent>, { log, confirmedAt }: LiveBook) => ({
  cursor: encodeCursor({ ...log.position, users }),
  asOf: utcInstant(confirmedAt),
});

export const utcInstant = (ms: number): Instant => `${new Date(ms).toISOString().slice(0, 19)}Z`;

import type { LogPosition } from '../store/shared-log.ts';
import { kindOf, type RowChange } from './book-changes.ts';
import type { BookChange } from './book-events.ts';
import type { BookRow } from './book-row.ts';
import type { View } from './view.ts';

/** Subscribers who get the same events: the same selection of the same users. */
export class Audience<Event> {
  readonly view: View;
  /** Null: all. */
  readonly userIds: ReadonlySet<string> | null;
  /** Names the users in cursors. */
  readonly users: string;
  subscribers = 0;
  /** When the last subscriber left, in milliseconds since 1970. */
  usedAt = 0;
  /** Events for the current position, by the position where they begin. */
  readonly #made = new Map<number | null, Event | null>();
  #madeFor = '';

  constructor(view: View, userIds: readonly string[] | null, users: string) {
    this.view = view;
    this.userIds = userIds && new Set(userIds);
    this.users = users;
  }

  /** The event from a number of the log to a position. It is created once. */
  once(from: number | null, { run, seq }: LogPosition, make: () => Event | null): Event | null {
    const now = `${run} ${seq} ${this.view.loadedAt}`;
    if (now !== this.#madeFor) this.#made.clear();
    this.#madeFor = now;
    const known = this.#made.get(from);
    if (known !== undefined) return known;
    const made = make();
    this.#made.set(from, made);
    return made;
  }

  /** The changes that these users get. Null if some of them are no longer known. */
  changes(changes: readonly RowChange[]): readonly BookChange[] | null {
    const shown: BookChange[] = [];
    for (const change of changes) {
      const { before, after } = change;
      if (!this.#concerns(before) && !this.#concerns(after)) continue;
      const appointment = this.view.appointmentOf(change);
      if (!appointment) return null;
      shown.push({
        kind: kindOf(change),
        appointment,
        previousStart: before && before.start !== appointment.start ? before.start : null,
        previousStatus: before && before.status !== appointment.status ? before.status : null,
        previousUserId: before && before.userId !== appointment.userId ? before.userId : null,
      });
    }
    return shown;
  }

  #concerns(row: BookRow | null): boolean {
    return row !== null && (this.userIds === null || (row.userId !== null && this.userIds.has(row.userId)));
  }
}

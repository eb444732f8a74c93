import type { Selection } from '../datasources/domain/selection.ts';
import { Audience } from './audience.ts';
import { usersName } from './book-cursor.ts';
import type { BookEvent } from './book-events.ts';
import type { BookRange } from './book-row.ts';
import type { Timers } from './timers.ts';
import { View } from './view.ts';

/** Milliseconds that a selection is kept after its last reader, because clients that poll return. */
const keptMs = 900_000;

export interface BookViewsOptions {
  readonly range: BookRange;
  readonly timers: Timers;
  /** Maximum age of people's details in a snapshot, in seconds. Only appointments are watched. */
  readonly maxSnapshotSeconds: number;
}

/** The views of a book, one for each selection, with their readers. */
export class BookViews {
  readonly #options: BookViewsOptions;
  readonly #views = new Map<string, View>();
  readonly #audiences = new Map<string, Audience<BookEvent>>();

  constructor(options: BookViewsOptions) {
    this.#options = options;
  }

  /** Adds a subscriber of this selection and these users. */
  enter(fields: Selection, userIds: readonly string[] | null): Audience<BookEvent> {
    const { maxSnapshotSeconds, timers, range } = this.#options;
    const made = new View(fields, range);
    const view = this.#views.get(made.key) ?? made;
    this.#views.set(view.key, view);
    // Patients and users are not watched, so their details in a snapshot must not be too old.
    if (view.loaded && timers.now() - view.loadedAt > maxSnapshotSeconds * 1000) view.stale = true;
    const users = usersName(userIds);
    const key = `${users} ${view.key}`;
    let audience = this.#audiences.get(key);
    if (audience?.view !== view) {
      audience = new Audience(view, userIds, users);
      this.#audiences.set(key, audience);
    }
    audience.subscribers += 1;
    view.subscribers += 1;
    return audience;
  }

  leave(audience: Audience<BookEvent>): void {
    const now = this.#options.timers.now();
    audience.view.subscribers -= 1;
    audience.view.usedAt = now;
    audience.subscribers -= 1;
    audience.usedAt = now;
  }

  /** The views with readers. Others are not updated, and are dropped after some time. */
  read(): readonly View[] {
    this.forgetUnread(keptMs);
    return [...this.#views.values()].filter(({ subscribers }) => subscribers > 0);
  }

  /** Marks changed appointments in all views but these, which have them. They are read once the view has a reader. */
  markUnread(ids: readonly string[], updated: readonly View[]): void {
    for (const view of this.#views.values()) {
      if (!updated.includes(view)) for (const id of ids) view.dirty.add(id);
    }
  }

  /** @param sinceMs milliseconds since the last reader */
  forgetUnread(sinceMs: number): void {
    const now = this.#options.timers.now();
    for (const [key, { subscribers, usedAt }] of this.#views) {
      if (subscribers === 0 && now - usedAt >= sinceMs) this.#views.delete(key);
    }
    // A view can have readers for days, whose subscriptions name more and more different users.
    for (const [key, { subscribers, usedAt, view }] of this.#audiences) {
      if (subscribers > 0) continue;
      if (now - usedAt >= sinceMs || this.#views.get(view.key) !== view) this.#audiences.delete(key);
    }
  }
}

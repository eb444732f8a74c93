import type { Appointment } from '../datasources/domain/appointment.ts';
import { mergeSelections, selectionKey } from '../datasources/domain/merge-selections.ts';
import { compareAppointmentKeys, keyOfAppointment } from '../datasources/domain/order.ts';
import type { Selection } from '../datasources/domain/selection.ts';
import type { RowChange } from './book-changes.ts';
import { type BookRange, bookRow, detectedFields, isInBook } from './book-row.ts';

/** Number of appointments that left the book and are kept for readers that are behind. */
const maxLeft = 2_000;

/** The book as one selection reads it. Its rows are never older than those of the watch. */
export class View {
  readonly fields: Selection;
  readonly #range: BookRange;
  #rows: Map<string, Appointment> | null = null;
  readonly #left = new Map<string, Appointment>();
  /** The readers of the view. */
  subscribers = 0;
  /** The time of the last read, in milliseconds since 1970. */
  usedAt = 0;
  /** Appointments that changed while it had no readers. They are read when it gets one. */
  readonly dirty = new Set<string>();
  /** The time of the last complete read, in milliseconds since 1970. */
  loadedAt = 0;
  /** The view must be read again before it can be a snapshot. */
  stale = false;
  /** False: records that cannot be read are left out. */
  complete = true;

  constructor(fields: Selection, range: BookRange) {
    this.fields = mergeSelections([fields, detectedFields]);
    this.#range = range;
  }

  /** A key that is equal for equal selections. */
  get key(): string {
    return selectionKey(this.fields);
  }

  get loaded(): boolean {
    return this.#rows !== null;
  }

  /** @param at milliseconds since 1970 */
  load(appointments: readonly Appointment[], complete: boolean, at: number): void {
    const rows = new Map(appointments.map((each) => [each.pmsId, each]));
    for (const [id, before] of this.#rows ?? []) if (!rows.has(id)) this.#leave(before);
    this.#rows = rows;
    this.complete = complete;
    this.loadedAt = at;
    this.stale = false;
    this.dirty.clear();
  }

  /** Stores appointments that were read again. Ids without an appointment no longer exist. */
  update(ids: Iterable<string>, appointments: ReadonlyMap<string, Appointment>): void {
    if (!this.#rows) return;
    for (const id of ids) {
      this.dirty.delete(id);
      const before = this.#rows.get(id);
      const now = appointments.get(id);
      if (now && isInBook(bookRow(now), this.#range)) {
        this.#rows.set(id, now);
        this.#left.delete(id);
        continue;
      }
      this.#rows.delete(id);
      if (now) this.#keep(now);
      else if (before) this.#leave(before);
    }
  }

  /** In the order of the book, for these users or all. */
  appointments(userIds: ReadonlySet<string> | null): readonly Appointment[] {
    const all = [...(this.#rows?.values() ?? [])];
    const found = userIds ? all.filter(({ userId }) => userId !== null && userIds.has(userId)) : all;
    return found.sort((a, b) => compareAppointmentKeys(keyOfAppointment(a), keyOfAppointment(b)));
  }

  /** The existing ones of these appointments. */
  appointmentsOf(ids: readonly string[]): readonly Appointment[] {
    return ids.flatMap((id) => this.#rows?.get(id) ?? this.#left.get(id) ?? []);
  }

  /** Its new place is not known. */
  #leave(appointment: Appointment): void {
    this.#keep({ ...appointment, status: 'CANCELLED' });
  }

  #keep(left: Appointment): void {
    this.#left.delete(left.pmsId);
    this.#left.set(left.pmsId, left);
    const [oldest] = this.#left.keys();
    if (this.#left.size > maxLeft && oldest !== undefined) this.#left.delete(oldest);
  }

  /** The current appointment, also if it left the book. Undefined if it is no longer known. */
  appointmentOf({ pmsId }: RowChange): Appointment | undefined {
    return this.#rows?.get(pmsId) ?? this.#left.get(pmsId);
  }
}

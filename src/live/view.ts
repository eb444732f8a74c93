import type { Appointment } from '../datasources/domain/appointment.ts';
import { mergeSelections, selectionKey } from '../datasources/domain/merge-selections.ts';
import { compareAppointmentKeys, keyOfAppointment } from '../datasources/domain/order.ts';
import type { Selection } from '../datasources/domain/selection.ts';
import type { RowChange } from './book-changes.ts';
import { type BookRange, bookRow, detectedFields, isInBook } from './book-row.ts';

/** Appointments that left the book are kept for readers who are behind. */
const maxLeft = 2_000;

/** The book as one selection reads it. Its rows are never older than those of the watch. */
export class View {
  readonly fields: Selection;
  readonly #range: BookRange;
  #rows: Map<string, Appointment> | null = null;
  readonly #left = new Map<string, Appointment>();
  /** Who reads it. */
  subscribers = 0;
  /** Milliseconds since 1970: when somebody read it last. */
  usedAt = 0;
  /** Appointments that changed while nobody read it. They are read when somebody does. */
  readonly dirty = new Set<string>();
  /** Milliseconds since 1970: when all of it was read last. */
  loadedAt = 0;
  /** Has to be read once more before it is a snapshot. */
  stale = false;
  /** False: records that cannot be read are left out. */
  complete = true;

  constructor(fields: Selection, range: BookRange) {
    this.fields = mergeSelections([fields, detectedFields]);
    this.#range = range;
  }

  /** The same for selections that read the same. */
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

  /** These ids were read again; those that are not among the appointments do not exist any more. */
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

  /** In the order of the book; of these users, or all. */
  appointments(userIds: ReadonlySet<string> | null): readonly Appointment[] {
    const all = [...(this.#rows?.values() ?? [])];
    const found = userIds ? all.filter(({ userId }) => userId !== null && userIds.has(userId)) : all;
    return found.sort((a, b) => compareAppointmentKeys(keyOfAppointment(a), keyOfAppointment(b)));
  }

  /** These, as far as they exist. */
  appointmentsOf(ids: readonly string[]): readonly Appointment[] {
    return ids.flatMap((id) => this.#rows?.get(id) ?? this.#left.get(id) ?? []);
  }

  /** It is not known where it went. */
  #leave(appointment: Appointment): void {
    this.#keep({ ...appointment, status: 'CANCELLED' });
  }

  #keep(left: Appointment): void {
    this.#left.delete(left.pmsId);
    this.#left.set(left.pmsId, left);
    const [oldest] = this.#left.keys();
    if (this.#left.size > maxLeft && oldest !== undefined) this.#left.delete(oldest);
  }

  /** As it is now, also when it has left the book; undefined when that is not known any more. */
  appointmentOf({ pmsId }: RowChange): Appointment | undefined {
    return this.#rows?.get(pmsId) ?? this.#left.get(pmsId);
  }
}

import { type Appointment, appointmentStatuses } from '../datasources/domain/appointment.ts';
import { ResultTooLarge } from '../errors.ts';
import type { RowChange } from './book-changes.ts';
import type { BookReader, ReadAppointments } from './book-reader.ts';
import { type BookRow, type BookRows, bookRow, isInBook } from './book-row.ts';
import { BookViews, type BookViewsOptions } from './book-views.ts';
import type { View } from './view.ts';

/** Maximum number of rows of one book. */
const maxRows = 10_000;

export interface BookContentsOptions extends BookViewsOptions {
  readonly reader: BookReader;
}

/** The rows of a book and its views, one for each selection. No view is older than the rows. */
export class BookContents {
  readonly views: BookViews;
  readonly #options: BookContentsOptions;
  #rows: Map<string, BookRow> = new Map();

  constructor(options: BookContentsOptions) {
    this.#options = options;
    this.views = new BookViews(options);
  }

  get rows(): BookRows {
    return this.#rows;
  }

  replaceRows(rows: Map<string, BookRow>): void {
    this.#rows = rows;
  }

  /** Reads the whole book. The first view gives the rows, which are not stored yet. The other views are read after it. */
  async loadAll(): Promise<Map<string, BookRow>> {
    this.views.forgetUnread(0);
    const [first, ...others] = this.views.read();
    if (!first) return new Map();
    const appointments = await this.#load(first);
    await Promise.all(others.map((view) => this.#load(view)));
    return new Map(appointments.map((each) => [each.pmsId, bookRow(each)]));
  }

  /** Reads what views with readers lack. Undefined: they lack nothing. */
  loadMissing(): Promise<unknown> | undefined {
    const views = this.views.read();
    const unread = views.filter((view) => !view.loaded || view.stale);
    if (unread.length > 0) return Promise.all(unread.map((view) => this.#load(view)));
    const behind = views.filter(({ dirty }) => dirty.size > 0);
    if (behind.length === 0) return undefined;
    return Promise.all(behind.map((view) => this.#read(view, [...view.dirty])));
  }

  /**
   * Reads these appointments once for each selection, and returns how the rows changed. The first read gives the rows. The
   * others follow it.
   */
  async refresh(ids: readonly string[]): Promise<readonly RowChange[]> {
    const views = this.views.read();
    const [first, ...others] = views;
    if (!first) return [];
    const found = await this.#read(first, ids);
    await Promise.all(others.map((view) => this.#read(view, ids)));
    this.views.markUnread(ids, views);
    return ids.flatMap((id) => this.#changeTo(id, found.get(id)) ?? []);
  }

  /** Updates the views alone. @param get returns the appointments of a view, loaded or from another replica */
  async updateViews(
    ids: readonly string[],
    get: (view: View, load: () => Promise<ReadAppointments>) => Promise<readonly Appointment[]>,
  ): Promise<void> {
    const views = ids.length > 0 ? this.views.read() : [];
    await Promise.all(
      views.map(async (view) => view.update(ids, byId(await get(view, () => this.#fetch(view, ids))))),
    );
    this.views.markUnread(ids, views);
  }

  /** Stores a row. Returns whether it is in the book now. */
  put(pmsId: string, row: BookRow | null): boolean {
    const isIn = row !== null && isInBook(row, this.#options.range);
    if (isIn) this.#rows.set(pmsId, row);
    else this.#rows.delete(pmsId);
    return isIn;
  }

  /** Undefined: it did not change, or was never in this book. */
  #changeTo(pmsId: string, appointment: Appointment | undefined): RowChange | undefined {
    const before = this.#rows.get(pmsId) ?? null;
    const after = appointment ? bookRow(appointment) : null;
    const isIn = this.put(pmsId, after);
    if (!before && !isIn) return undefined;
    return before?.stamp === after?.stamp ? undefined : { pmsId, before, after };
  }

  async #load(view: View): Promise<readonly Appointment[]> {
    const { range, reader, timers } = this.#options;
    const at = timers.now();
    const { appointments, complete } = await reader.appointments({
      ...range,
      fields: view.fields,
      limit: maxRows + 1,
    });
    if (appointments.length > maxRows) {
      throw new ResultTooLarge({
        message: `This appointment book has more than ${maxRows} appointments. That is too many for live updates. Choose a shorter range.`,
      });
    }
    view.load(appointments, complete, at);
    return appointments;
  }

  async #read(view: View, ids: readonly string[]): Promise<ReadonlyMap<string, Appointment>> {
    const found = byId((await this.#fetch(view, ids)).appointments);
    view.update(ids, found);
    return found;
  }

  #fetch(view: View, ids: readonly string[]): Promise<ReadAppointments> {
    return this.#options.reader.appointments({ ids, statuses: appointmentStatuses, fields: view.fields });
  }
}

const byId = (appointments: readonly Appointment[]): ReadonlyMap<string, Appointment> =>
  new Map(appointments.map((each) => [each.pmsId, each]));

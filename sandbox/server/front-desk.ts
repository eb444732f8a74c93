import {
  addEntry,
  cancelEntry,
  changeEntry,
  deleteEntry,
  type NewEntry,
  type Stamp,
} from '../database/appointment-book.ts';
import type { PracticeDatabase } from '../database/practice-database.ts';
import type { Values } from '../database/write-row.ts';

/** A change that the front desk makes in the appointment book. The columns have the names of APPOINTMENTS. */
export type DeskChange =
  /** Books without checking the time. `columns` are set too, such as `APPOINTMENTCODE` 0 for blocked time. */
  | { readonly add: NewEntry; readonly columns?: Values }
  | { readonly change: number; readonly columns: Values }
  | { readonly cancel: number }
  /** Deletes the row. */
  | { readonly delete: number }
  /** A cancelled appointment is current again. */
  | { readonly restore: number };

/** When the change happens: now, just before the next write, or between that write's check and its call. */
export const deskTimes = ['now', 'before-next-write', 'during-next-write'] as const;
export type DeskTime = (typeof deskTimes)[number];

/** Front-desk changes that wait for the next write through Halo Cloud. */
export class FrontDesk {
  readonly #waiting = new Map<string, DeskChange[]>();

  plan(bpSiteId: string, change: DeskChange, when: Exclude<DeskTime, 'now'>): void {
    const key = `${when} ${bpSiteId}`;
    this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), change]);
  }

  /** Whether a change waits for the start of a write. */
  waitsFor(bpSiteId: string): boolean {
    return this.#waiting.has(`before-next-write ${bpSiteId}`);
  }

  /** Drops the waiting changes. Returns whether there were any. */
  forget(bpSiteId: string): boolean {
    return deskTimes.map((when) => this.#waiting.delete(`${when} ${bpSiteId}`)).includes(true);
  }

  /** Does what waits for this moment of a write. */
  work(bpSiteId: string, when: Exclude<DeskTime, 'now'>, database: PracticeDatabase, now: string): void {
    const key = `${when} ${bpSiteId}`;
    const changes = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    for (const change of changes) atDesk(database, change, now);
  }
}

/** The id of the appointment. */
export function atDesk(database: PracticeDatabase, change: DeskChange, now: string): number {
  const stamp: Stamp = { now, by: 1 };
  if ('cancel' in change) {
    cancelEntry(database, change.cancel, stamp);
    return change.cancel;
  }
  if ('delete' in change) {
    deleteEntry(database, change.delete);
    return change.delete;
  }
  if ('restore' in change) {
    changeEntry(database, change.restore, { RECORDSTATUS: 1 }, stamp);
    return change.restore;
  }
  if ('change' in change) {
    changeEntry(database, change.change, change.columns, stamp);
    return change.change;
  }
  const id = addEntry(database, change.add, stamp);
  if (change.columns) changeEntry(database, id, change.columns, stamp);
  return id;
}

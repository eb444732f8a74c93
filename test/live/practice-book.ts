/** A practice's book in memory, read as the facade reads it, with faults. */
import type {
  Appointment,
  AppointmentQuery,
  AppointmentStatus,
} from '../../src/datasources/domain/appointment.ts';
import { type HaloError, SiteUnavailable } from '../../src/errors.ts';
import type { BookReader } from '../../src/live/book-reader.ts';
import { type BookRow, bookRow } from '../../src/live/book-row.ts';
import type { Detector } from '../../src/live/detector.ts';
import type { Timers } from '../../src/live/timers.ts';
import { wallDate } from '../../src/time/local.ts';

export interface Entry {
  readonly date: string;
  readonly hour: number;
  readonly status: AppointmentStatus;
  readonly userId: string;
}

export class PracticeBook {
  readonly #rows = new Map<string, Appointment>();
  #version = 0;

  set(pmsId: string, entry: Entry): void {
    this.#version += 1;
    this.#rows.set(pmsId, appointment(pmsId, entry, this.#version));
  }

  delete(pmsId: string): void {
    this.#rows.delete(pmsId);
  }

  read({ ids, from = '', to = from, statuses }: Partial<AppointmentQuery>): Appointment[] {
    const all = ids ? ids.flatMap((id) => this.#rows.get(id) ?? []) : [...this.#rows.values()];
    return all.filter(({ start, status }) => {
      const date = wallDate(start);
      return (
        (ids !== undefined || (date >= from && date <= to)) &&
        (statuses?.includes(status) ?? status !== 'CANCELLED')
      );
    });
  }
}

function appointment(pmsId: string, { date, hour, status, userId }: Entry, version: number): Appointment {
  const at = (each: number) => `${date}T${String(each).padStart(2, '0')}:00:00+11:00`;
  return {
    ...{ pmsId, status, userId, start: at(hour), end: at(hour + 1), durationMinutes: 60 },
    ...{ pmsStatus: null, type: null, reason: `version ${version}`, comment: null, urgent: null },
    ...{ telehealthUrl: null, arrivedAt: null, consultationStartedAt: null, bookedAt: null },
    updatedAt: `2026-11-22T00:00:00Z#${version}`,
    patientId: '1',
    locationId: '1',
  };
}

const offline = (): HaloError => new SiteUnavailable({}, { detail: 'a test' });

/** Reads take the seconds that `delays` gives one after the other. */
export class FaultyReader implements BookReader {
  readonly #practice: PracticeBook;
  readonly #timers: Timers;
  failing = false;
  reads = 0;
  delays: number[] = [];

  constructor(practice: PracticeBook, timers: Timers) {
    this.#practice = practice;
    this.#timers = timers;
  }

  async appointments(query: AppointmentQuery) {
    this.reads += 1;
    const seconds = this.delays.shift() ?? 0;
    // Even delays end with what the practice had at the beginning, odd ones with what it has at the end.
    const early = this.#practice.read(query);
    if (seconds > 0) await new Promise<void>((resolve) => this.#timers.after(seconds * 1000, resolve));
    if (this.failing) throw offline();
    return { appointments: seconds % 2 === 0 ? early : this.#practice.read(query), complete: true };
  }

  run = (): Promise<never> => Promise.reject(offline());
  takeWork = () => [];
}

/** As a registered query: it runs once a minute, and its result can be older than the book. */
export class FaultyDetector implements Detector {
  readonly intervalSeconds = 10;
  readonly maxLagSeconds = 100;
  readonly #run: () => readonly Appointment[];
  readonly #timers: Timers;
  #last: { readonly at: number; readonly rows: ReadonlyMap<string, BookRow> } | null = null;
  #seen: string | null = null;
  #runsToCompare = 0;
  failing = false;
  running = false;
  delays: number[] = [];
  /** How long a start takes. */
  startSeconds = 0;

  constructor(run: () => readonly Appointment[], timers: Timers) {
    this.#run = run;
    this.#timers = timers;
  }

  async start(): Promise<void> {
    await this.#wait(this.startSeconds);
    if (this.failing) throw offline();
    this.running = true;
    this.#seen = null;
  }

  async detect(): Promise<ReadonlyMap<string, BookRow> | null> {
    const seconds = this.delays.shift() ?? 0;
    // Even delays are before the look, odd ones after it.
    if (seconds % 2 === 0) await this.#wait(seconds);
    if (this.failing) throw offline();
    const rows = this.#look();
    if (seconds % 2 === 1) await this.#wait(seconds);
    return rows;
  }

  async #wait(seconds: number): Promise<void> {
    if (seconds > 0) await new Promise<void>((resolve) => this.#timers.after(seconds * 1000, resolve));
  }

  #look(): ReadonlyMap<string, BookRow> | null {
    const now = this.#timers.now();
    if (!this.#last || now - this.#last.at >= 60_000) {
      if (this.#runsToCompare > 0) this.#seen = null;
      this.#runsToCompare -= 1;
      this.#last = { at: now, rows: new Map(this.#run().map((each) => [each.pmsId, bookRow(each)])) };
    }
    const text = JSON.stringify([...this.#last.rows]);
    if (text === this.#seen) return null;
    this.#seen = text;
    return this.#last.rows;
  }

  bookChanged(): void {
    this.#runsToCompare = 2;
  }

  async stop(): Promise<void> {
    this.running = false;
  }
}

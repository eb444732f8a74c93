import { z } from 'zod';
import type { Appointment } from '../datasources/domain/appointment.ts';
import { AuthoritativeServerChanged, type HaloError, SiteUnavailable, UpstreamFailed } from '../errors.ts';
import { jsonOf } from '../store/seal.ts';
import type { LogPosition, SharedEntries, SharedLogs } from '../store/shared-log.ts';
import type { RowChange } from './book-changes.ts';
import type { ReadAppointments } from './book-reader.ts';
import type { LedDetector } from './led-detector.ts';

/** The entries that the leader has written since a position. */
export interface SharedChanges extends LogPosition {
  /** The error that keeps the leader from watching the book. Null if there is none. */
  readonly failure: HaloError | null;
  readonly entries: readonly { readonly seq: number; readonly changes: readonly RowChange[] }[];
}

export interface SharedBookOptions {
  readonly logs: SharedLogs;
  /** The name of the book, which is the same in all replicas. */
  readonly name: string;
  readonly leadership: Pick<LedDetector, 'leads' | 'leader'>;
  /** Called after the leader has written entries. */
  readonly onWritten: () => void;
}

/**
 * A book that several replicas watch. The leader writes its changes into a log, and the others follow the log. So a
 * cursor means the same position on all of them. The data of a change is shared too. Each method throws a HaloError
 * if Redis does not answer.
 */
export class SharedBook {
  readonly #options: SharedBookOptions;

  constructor(options: SharedBookOptions) {
    this.#options = options;
  }

  get leads(): boolean {
    return this.#options.leadership.leads;
  }

  async begin(position: LogPosition): Promise<void> {
    const { logs, name, onWritten } = this.#options;
    await reached(logs.begin(name, position));
    onWritten();
  }

  /** False: another replica leads now. */
  async append(position: LogPosition, changes: readonly RowChange[]): Promise<boolean> {
    const { logs, name, onWritten } = this.#options;
    const isAppended = await reached(logs.append(name, position, JSON.stringify(changes)));
    if (isAppended) onWritten();
    return isAppended;
  }

  /** The book may be out of date from now on. Never rejects. */
  async fail({ code, message }: HaloError): Promise<void> {
    const { logs, name, onWritten } = this.#options;
    await logs.stop(name, JSON.stringify({ code, message })).then(onWritten, () => {});
  }

  /** All known entries. Null: the leader has not begun. */
  async all(): Promise<SharedChanges | null> {
    const { logs, name, leadership } = this.#options;
    const found = await reached(logs.since(name, null));
    // After a leader is gone, its log does not show later changes.
    return found && found.writer === leadership.leader ? changesIn(found) : null;
  }

  /** Null: the log is lost. */
  async since(position: LogPosition): Promise<SharedChanges | null> {
    const { logs, name } = this.#options;
    const found = await reached(logs.since(name, position));
    return found && changesIn(found);
  }

  /** The data of an entry for one selection. One replica loads it for all. */
  async read(
    position: LogPosition,
    selection: string,
    load: () => Promise<ReadAppointments>,
  ): Promise<readonly Appointment[]> {
    let own: HaloError | undefined;
    const loaded = async () => {
      try {
        return JSON.stringify((await load()).appointments);
      } catch (error) {
        own = error as HaloError;
        throw error;
      }
    };
    const found = this.#options.logs.once(this.#nameOf(position, selection), loaded);
    const content = await found.catch((error: unknown) => {
      throw own ?? away(error);
    });
    return jsonOf(content) as readonly Appointment[];
  }

  /** Shares the data of an entry for one selection with the other replicas. Never rejects. */
  offer(position: LogPosition, selection: string, appointments: readonly Appointment[]): Promise<void> {
    return this.#options.logs.offer(this.#nameOf(position, selection), JSON.stringify(appointments));
  }

  #nameOf({ run, seq }: LogPosition, selection: string): string {
    return JSON.stringify([this.#options.name, run, seq, selection]);
  }
}

function changesIn({ run, seq, entries, stopped }: SharedEntries): SharedChanges {
  return {
    ...{ run, seq, failure: failureIn(stopped) },
    entries: entries.map((each) => ({
      seq: each.seq,
      changes: jsonOf(each.content) as readonly RowChange[],
    })),
  };
}

const failureSchema = z.object({ code: z.string(), message: z.string() });

function failureIn(text: string): HaloError | null {
  const { data } = failureSchema.safeParse(jsonOf(text));
  if (!data) return null;
  const notes = {
    message: data.message,
    retryable: true,
    detail: 'the replica that leads has lost the book',
  };
  if (data.code === 'SITE_UNAVAILABLE') return new SiteUnavailable({}, notes);
  if (data.code === 'AUTHORITATIVE_SERVER_CHANGED')
    return new AuthoritativeServerChanged({ haloGuid: '' }, notes);
  return new UpstreamFailed(null, notes);
}

const away = (cause: unknown): HaloError =>
  new UpstreamFailed(null, { detail: 'Redis does not answer: replicas cannot share a book', cause });

async function reached<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw away(error);
  }
}
